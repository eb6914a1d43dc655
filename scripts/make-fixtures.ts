/**
 * Makes the fixtures in `fixtures/`; `npm run fixtures -- DIR [NAME]` makes one of them, ml-company unless named, in DIR.
 * Same seed, same bytes. Imports nothing of `src`, so that the fixtures can bear witness.
 */
import { join } from "node:path";
import { makeHeadroom } from "./fixtures/headroom/make.ts";
import { makeMlCompany } from "./fixtures/ml-company.ts";
import { makeTwoYears } from "./fixtures/two-years/make.ts";

const MAKERS: Readonly<Record<string, (home: string) => Promise<void>>> = {
  "ml-company": makeMlCompany,
  "two-years": makeTwoYears,
  headroom: makeHeadroom,
};

const [folder, name = "ml-company"] = process.argv.slice(2);
if (folder === undefined) {
  for (const [fixture, make] of Object.entries(MAKERS)) {
    await make(join(import.meta.dirname, "..", "fixtures", fixture));
  }
} else {
  const make = MAKERS[name];
  if (!make) throw new Error(`There is no fixture ${name}; there are ${Object.keys(MAKERS).join(" and ")}`);
  await make(folder);
}
