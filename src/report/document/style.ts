import { styleText } from "node:util";

/** How text may look: whether ANSI colours are understood, and how many columns there are. */
export interface Style {
  colour: boolean;
  width: number;
}

export type Paint = "bold" | "dim" | "red" | "green" | "yellow";

/** The text in one colour or weight, or as it is when colour is off. Paint last: widths are counted on plain text. */
export const paint = ({ colour }: Style, how: Paint, text: string): string =>
  // Whether there are colours was decided with the style; by default styleText asks stdout.
  colour && text !== "" ? styleText(how, text, { validateStream: false }) : text;

/** Lines shorter than 60 columns cannot hold the tables; lines longer than 120 are hard to read. */
export const textWidth = (style: Style): number =>
  Math.min(120, Math.max(60, Math.floor(style.width) || 100));
