/**
 * Makes `fixtures/ml-company`: one month of an invented company, in five spellings of AWS's billing exports, the maker's own
 * account of it, and the company's own futures; `npm run fixtures -- DIR` makes it elsewhere. Same seed, same bytes. Imports nothing of `src`, so that it can bear witness.
 */
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { billOf } from "./fixtures/bill.ts";
import { EARLIER_LAST_HOUR, LAST_HOUR } from "./fixtures/company.ts";
import {
  writeCur2Csv,
  writeCur2Parquet,
  writeFocus10,
  writeFocus12,
  writeLegacy,
  type Deliveries,
} from "./fixtures/deliveries.ts";
import { futuresCsvGz } from "./fixtures/futures.ts";
import { truthOf } from "./fixtures/truth.ts";
import { monthOfUsage } from "./fixtures/usage.ts";

const SEED = 20_261_001;

const SPELLINGS = {
  "legacy-cur": writeLegacy,
  "cur2-csv": writeCur2Csv,
  "cur2-parquet": writeCur2Parquet,
  "focus-1.0": writeFocus10,
  "focus-1.2": writeFocus12,
} as const;

const home = process.argv[2] ?? join(import.meta.dirname, "..", "fixtures", "ml-company");
const month = monthOfUsage(SEED);
const deliveries: Deliveries = {
  newest: billOf(month, LAST_HOUR),
  earlier: billOf(month, EARLIER_LAST_HOUR),
};

const rows: Record<string, number> = {};
for (const [spelling, write] of Object.entries(SPELLINGS)) {
  const folder = join(home, spelling);
  await rm(folder, { recursive: true, force: true });
  rows[spelling] = await write(folder, deliveries);
}
await writeFile(join(home, "truth.json"), `${JSON.stringify(truthOf(deliveries.newest, rows), null, 2)}\n`);
await writeFile(join(home, "futures.csv.gz"), futuresCsvGz(month));
