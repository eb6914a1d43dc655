/** What every figure means: behind the columns of the CSV files, the workbook's sheet and `docs/dictionary.md`. */
import { entry, type DictionaryEntry, type Unit } from "./dictionary-entry.ts";
import { FIGURES } from "./figures.ts";
import { MONTH_ENTRIES } from "./month-entries.ts";
import { CHOICE_ENTRIES, HOUR_ENTRIES, PURCHASE_ENTRIES } from "./purchase-entries.ts";

const [ON_DEMAND, ...OTHER_FIGURES] = FIGURES.filter(({ meaning }) => meaning !== "").map(
  ({ name, unit, meaning, formula = "", key, credit = "" }) =>
    entry(name, unit, meaning, formula, key + credit),
);

export const DICTIONARY: readonly DictionaryEntry[] = [
  ...PURCHASE_ENTRIES,
  ON_DEMAND!,
  ...HOUR_ENTRIES,
  ...OTHER_FIGURES,
  ...CHOICE_ENTRIES,
  ...MONTH_ENTRIES,
];

const DECIMALS: Readonly<Record<Unit, number | undefined>> = {
  USD: 2,
  "USD per hour": 5,
  "USD of one hour": 6,
  "share of 1": 6,
  count: 0,
  hours: 0,
  month: 0,
  months: 1,
  text: undefined,
};

const BY_NAME: ReadonlyMap<string, DictionaryEntry> = new Map(DICTIONARY.map((each) => [each.name, each]));

/** The CSV column of this name, with the decimals of its unit. */
export function dictionaryColumn(name: string): { name: string; decimals?: number } {
  const found = BY_NAME.get(name);
  if (found === undefined) throw new Error(`No entry of the data dictionary is called ${name}.`);
  const decimals = DECIMALS[found.unit];
  return decimals === undefined ? { name } : { name, decimals };
}

const cell = (text: string): string => text.replaceAll("|", "\\|") || "—";

/** `docs/dictionary.md` */
export const dictionaryMarkdown = (): string =>
  [
    "# Data dictionary",
    "",
    "What the figures of the CSV files and of the workbook mean. Made from `src/report/document/dictionary.ts`, which the files themselves are made",
    "from; `npm run docs` writes this page. Money is after any negotiated discount unless it says otherwise, and in the bill's currency: for USD",
    "read its code where the bill is in another. Names stay as they are.",
    "",
    "| name | unit | meaning | formula | source |",
    "| --- | --- | --- | --- | --- |",
    ...DICTIONARY.map(
      ({ name, unit, meaning, formula, source }) =>
        `| \`${name}\` | ${unit} | ${cell(meaning)} | ${cell(formula)} | ${cell(source)} |`,
    ),
    "",
  ].join("\n");
