/** The pages that are printed from the code, by their names under `docs`. */
import { dictionaryMarkdown } from "../../src/index.ts";
import { apiMarkdown } from "./api.ts";
import { cliMarkdown } from "./cli.ts";
import { codesMarkdown } from "./codes.ts";
import { faultsMarkdown } from "./faults.ts";
import { jsonMarkdown } from "./json.ts";

export const PRINTED: Readonly<Record<string, () => string>> = {
  "dictionary.md": dictionaryMarkdown,
  "reference/api.md": apiMarkdown,
  "reference/cli.md": cliMarkdown,
  "reference/codes.md": codesMarkdown,
  "reference/faults.md": faultsMarkdown,
  "reference/json.md": jsonMarkdown,
};
