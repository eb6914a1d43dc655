/** Words of the help that several commands share. */
import type { Command } from "commander";

/** What AWS delivers by the month, and restates. */
export const DELIVERED =
  "billing exports: files, folders or globs; CUR, CUR 2.0, FOCUS or the normalized table, mixed as you like";
export const EXPORTS =
  "billing exports: files, folders or globs; CUR, CUR 2.0, FOCUS, Cost Explorer (JSON or the console's CSV) or the normalized table, mixed as you like";
export const RATES =
  "Savings Plans rates: AWS's JSON, a price list, or CSV; takes every name up to the next option";
export const OWNED =
  'plans you own: what "aws savingsplans describe-savings-plans" prints (default: the fee rows of the export)';
export const MEMORY = "memory for the query engine, such as 2GB";
export const CSV =
  "write hourly.csv, curve.csv, offerings.csv, alternatives.csv, frontier.csv, cash-flow.csv and aws-recommendation.csv into this folder";
export const XLSX =
  "write a workbook that recalculates: change the commitment, a discount or the growth in it, and savings and cash flow follow";
export const HTML =
  "write one page that works offline: charts, tables, and a slider that recomputes the figures at other commitments";
export const MARKDOWN = "write the answer as Markdown, for a ticket or a chat message";
export const JSON_ONLY = "one JSON document on standard output, and nothing else there";

export const examples = (...lines: string[]): string =>
  `\nExamples:\n${lines.map((line) => `  $ ${line}`).join("\n")}`;

export const hint = (command: Command): Command =>
  command.showHelpAfterError(`"sageplan ${command.name()} --help" shows the options.`);
