import type { Cells } from "./table.ts";

/** A part of a result, for every medium. */
export interface Section {
  title: string;
  /** Each a paragraph. */
  text: string[];
  tables: Cells[];
  /** What a person would run, to be copied. */
  commands: string[];
}

export const section = (title: string, parts: Partial<Omit<Section, "title">>): Section => ({
  title,
  text: [],
  tables: [],
  commands: [],
  ...parts,
});
