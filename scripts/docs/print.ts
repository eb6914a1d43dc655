/** Writes the pages that are printed from the code: `npm run docs`. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PRINTED } from "./printed.ts";

for (const [name, print] of Object.entries(PRINTED)) {
  writeFileSync(join(import.meta.dirname, "../../docs", name), print());
}
