/** A figure of a settled purchase: what it means, and where and how it shows. */
import type { Expected, Risk } from "../../domain/documents/outcome.ts";
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { tailName } from "./answer.ts";
import type { Unit } from "./dictionary-entry.ts";
import { decimal, percent } from "./format.ts";
import type { Money } from "./money.ts";

/** What figures are of. The month of break-even is not known of a commitment that a page tries. */
export interface FiguresOf {
  expected: Omit<Expected, "breakEvenMonth"> & Partial<Expected>;
  risk: Risk;
}

/** Of the document, where they depend on it. */
type Words = string | ((r: Recommendation) => string);

/** `TAIL` in a label is the name of the worst futures. */
interface Place {
  label: string;
  /** Its place among the others, by tens; without it, it follows them in the order of the dictionary. */
  at?: number;
}

export interface RowPlace {
  at?: number;
  label: Words;
  note?: Words;
  /** False: the row is left out. */
  when?: (r: Recommendation) => boolean;
}

export interface FigureSpec {
  /** As the CSV files and the dictionary have it. */
  name: string;
  unit: Unit;
  /** Empty: not in the dictionary. */
  meaning: string;
  formula?: string;
  /** Whose definition it is, after its key in the document. */
  credit?: string;
  /** A loss, which people read as a net saving, with the other sign. */
  isLoss?: true;
  /** How futures differ: nothing to show where there is one. */
  isSpread?: true;
  /** Label, value and note, in the answer's table of money. */
  money?: RowPlace;
  /** The same in its table of risk. */
  risk?: RowPlace;
  /** A line that follows the reader's own commitment. */
  whatIf?: Place & { id: string; digits?: number };
  /** A column beside other ways to decide; `dash`: where nothing is bought there is no figure. */
  alternatives?: Place & { dash?: true };
  /** A column of the six offerings. */
  offerings?: Place & { dash?: true };
  /** A column of `alternatives.csv` and `offerings.csv`; "late" ones came later, and stand behind the others. */
  csv?: "early" | "late";
  /** A column of the workbook's offerings. */
  sheet?: Place;
  /** A line of the workbook's summary; `called`: its name in formulas. */
  summary?: Place & { called: string; note: string };
}

export interface Figure extends FigureSpec {
  /** Where `--json` has it. */
  key: string;
  /** Null: never, or not known. */
  valueOf: (of: FiguresOf) => number | null;
}

/** As people read it. */
export const seenValue = ({ isLoss, valueOf }: Figure, of: FiguresOf): number | null => {
  const value = valueOf(of);
  return value !== null && isLoss ? 0 - value : value;
};

/** With cents. */
export function figureText(figure: Figure, of: FiguresOf, { cents }: Money, digits = 1): string {
  const value = seenValue(figure, of);
  if (value === null) return "never";
  switch (figure.unit) {
    case "USD":
      return cents(value);
    case "share of 1":
      return percent(value, digits);
    case "months":
      return `${decimal(value, 1).replace(/\.0$/, "")} months`;
    default:
      return decimal(value, 0);
  }
}

/** Without, for tables. */
export const columnText = (figure: Figure, of: FiguresOf, money: Money): string =>
  figure.unit === "USD" ? money.whole(seenValue(figure, of)!) : figureText(figure, of, money);

/** `tail`: `worst tenth`. */
export const labelText = (label: string, tail: string): string => label.replace("TAIL", tail);

export const wordsText = (words: Words | undefined, r: Recommendation): string =>
  labelText(typeof words === "function" ? words(r) : (words ?? ""), tailName(r.risk.tail));
