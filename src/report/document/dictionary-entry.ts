/** A line of the data dictionary. */
export type Unit =
  | "USD"
  | "USD per hour"
  | "USD of one hour"
  | "share of 1"
  | "count"
  | "hours"
  | "month"
  | "months"
  | "text";

export interface DictionaryEntry {
  /** Column of the CSV files. */
  name: string;
  unit: Unit;
  meaning: string;
  /** In the names of other entries; "" where it is counted, read or chosen. */
  formula: string;
  /** Where `--json` has it, and whose definition it is. */
  source: string;
}

export const entry = (
  name: string,
  unit: Unit,
  meaning: string,
  formula: string,
  source: string,
): DictionaryEntry => ({ name, unit, meaning, formula, source });

export const SETTLED = "settled by AWS's rule over the scenarios, their mean";
