/** Writes `docs/dictionary.md` from the dictionary that the files are made from: `npm run dictionary`. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { dictionaryMarkdown } from "../src/index.ts";

writeFileSync(join(import.meta.dirname, "../docs/dictionary.md"), dictionaryMarkdown());
