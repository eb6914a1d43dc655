/**
 * Numbers as a console writes them in the language of its user: 1,234.56 or 1.234,56, 1 234,56 or 1'234.56. Which of
 * them a file uses is told by all of its numbers together; nothing is guessed of one alone.
 */
import { picoOfText, type Picodollars } from "../../domain/money.ts";

export interface NumberStyle {
  decimal: "." | ",";
  /** As a class of a regular expression. */
  thousands: string;
}

const STYLES: readonly NumberStyle[] = [
  { decimal: ".", thousands: "," },
  { decimal: ",", thousands: "\\." },
  { decimal: ".", thousands: "'’" },
  { decimal: ",", thousands: " \\u00a0\\u202f" },
];

const plainPattern = ({ decimal }: NumberStyle): RegExp =>
  new RegExp(`^-?\\d+(?:\\${decimal}\\d+)?(?:[eE][+-]?\\d+)?$`);
/** Groups of three; no group begins with a zero, so that 0.123 is a decimal in every style. */
const groupedPattern = ({ decimal, thousands }: NumberStyle): RegExp =>
  new RegExp(`^-?[1-9]\\d{0,2}(?:[${thousands}]\\d{3})+(?:\\${decimal}\\d+)?$`);

/** Picodollars; null when it is no number in this style. */
export function picoOfLocal(text: string, style: NumberStyle): Picodollars | null {
  if (plainPattern(style).test(text)) return picoOfText(text.replace(style.decimal, "."));
  if (!groupedPattern(style).test(text)) return null;
  return picoOfText(text.replaceAll(new RegExp(`[${style.thousands}]`, "g"), "").replace(style.decimal, "."));
}

/** The styles in which every one of these is a number; those that read them all alike count once. */
export function stylesOf(texts: readonly string[]): NumberStyle[] {
  const fitting = new Map<string, NumberStyle>();
  for (const style of STYLES) {
    const values = texts.map((text) => picoOfLocal(text, style));
    const key = values.join(" ");
    if (!values.includes(null) && !fitting.has(key)) fitting.set(key, style);
  }
  return [...fitting.values()];
}

/** A text that is a number in no style; null: each is in some. */
export const noNumber = (texts: readonly string[]): number | null => {
  const at = texts.findIndex((text) => STYLES.every((style) => picoOfLocal(text, style) === null));
  return at < 0 ? null : at;
};

/** Decimals that a number shows. */
export const decimalsOf = (text: string, { decimal }: NumberStyle): number =>
  /^\d+/.exec(text.split(decimal)[1] ?? "")?.[0].length ?? 0;
