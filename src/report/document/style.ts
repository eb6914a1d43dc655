/** How text may look: whether ANSI colours are understood, and how many columns there are. */
export interface Style {
  colour: boolean;
  width: number;
}

const SGR = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] } as const;

export type Paint = keyof typeof SGR;

/** The text in one colour or weight, or as it is when colour is off. Paint last: widths are counted on plain text. */
export function paint(style: Style, how: Paint, text: string): string {
  if (!style.colour || text === "") return text;
  const [on, off] = SGR[how];
  return `\u001b[${on}m${text}\u001b[${off}m`;
}

/** Lines shorter than 60 columns cannot hold the tables; lines longer than 120 are hard to read. */
export const textWidth = (style: Style): number =>
  Math.min(120, Math.max(60, Math.floor(style.width) || 100));
