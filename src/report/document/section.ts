/** A result as sections, each written once: a medium shows any section, and knows none by name. */
import type { Finding } from "../../domain/documents/finding.ts";
import { right, type Cells } from "./table.ts";

/** How much of a result is shown: for a ticket, on a page, or everything. */
const DEPTHS = ["brief", "long", "whole"] as const;
export type Depth = (typeof DEPTHS)[number];

export type NotedRow = readonly [label: string, value: string, note: string];

/** Drawn by the media that can. */
export type PictureKind = "curve" | "frontier" | "expiries";

export type SectionPart = (
  | { kind: "text"; text: string; look?: "good" | "bad" }
  /** A few words that are never wrapped. */
  | { kind: "line"; text: string }
  /** `uncut`: the same for a medium with room for long names. */
  | { kind: "table"; table: Cells; uncut?: Cells }
  | { kind: "rows"; rows: readonly NotedRow[] }
  /** What a person would run, to be copied. */
  | { kind: "commands"; commands: readonly string[] }
  | { kind: "picture"; picture: PictureKind }
  /** Where a medium without other means leaves a line empty. */
  | { kind: "gap" }
) & { depth?: Depth };

export interface Section {
  /** Where a link can lead. */
  id?: string;
  title: string;
  /** "brief" unless it says otherwise. */
  depth?: Depth;
  /** In the order in which they are read; a medium may put the commands last. */
  parts: readonly SectionPart[];
}

/** A result for every medium. */
export interface DocumentPage {
  headline: readonly string[];
  /** Whether the headline is good news, or asks for something. */
  tone: "good" | "attention" | null;
  /** The answer in sentences, and what it stands on. */
  text: readonly string[];
  /** What makes the figures unfit to act on. */
  warning: string | null;
  /** What weakens the answer. */
  cautions: readonly string[];
  /** Those that have nothing to show in a medium are left out there. */
  sections: readonly Section[];
  findings: readonly Finding[];
  currency: string;
}

export const texts = (...all: readonly string[]): SectionPart[] =>
  all.filter((text) => text !== "").map((text) => ({ kind: "text", text }));

/** Tables without rows are left out. */
export const tables = (...all: readonly Cells[]): SectionPart[] =>
  all.filter(({ rows }) => rows.length > 0).map((table) => ({ kind: "table", table }));

/** Only what is shown in full, and nothing in short. */
export const wholeOnly = (parts: readonly SectionPart[]): SectionPart[] =>
  parts.map((part) => ({ ...part, depth: "whole" }));

export const commandsPart = (commands: readonly string[]): SectionPart[] =>
  commands.length === 0 ? [] : [{ kind: "commands", commands }];

const reaches = (depth: Depth, { depth: own = "brief" }: { depth?: Depth }): boolean =>
  DEPTHS.indexOf(own) <= DEPTHS.indexOf(depth);

/** What a medium of this depth shows. */
export const shownAt = (depth: Depth, sections: readonly Section[]): Section[] =>
  sections
    .filter((section) => reaches(depth, section))
    .map((section) => ({ ...section, parts: section.parts.filter((part) => reaches(depth, part)) }));

/** The tables, uncut, for a medium that shows them first. */
export const tablesOf = ({ parts }: Section): Cells[] =>
  parts.flatMap((part) =>
    part.kind === "table" ? [part.uncut ?? part.table] : part.kind === "rows" ? [notedCells(part.rows)] : [],
  );

const notedCells = (rows: readonly NotedRow[]): Cells => ({
  head: [{ title: "" }, right("Value"), { title: "Note" }],
  rows: rows.map((row) => [...row]),
});

/** Whatever is said, as sentences. */
export const sentencesOf = ({ parts }: Section): string[] =>
  parts.flatMap((part) =>
    part.kind === "text" ? [part.text] : part.kind === "line" ? [asSentence(part.text)] : [],
  );

const asSentence = (words: string): string =>
  words[0]!.toUpperCase() + words.slice(1) + (/[.:]$/.test(words) ? "" : ".");

export const commandsOf = ({ parts }: Section): string[] =>
  parts.flatMap((part) => (part.kind === "commands" ? part.commands : []));

export const picturesOf = ({ parts }: Section): PictureKind[] =>
  parts.flatMap((part) => (part.kind === "picture" ? [part.picture] : []));
