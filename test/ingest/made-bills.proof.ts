/** Many made bills in every format; `MADE_BILLS` says how many of each. */
import * as fc from "fast-check";
import { test } from "vitest";
import { madeBills } from "./made-bill.ts";
import { FORMATS, holds } from "./made-bills.ts";

const SEED = 19;
const BILLS = Number(process.env["MADE_BILLS"] ?? 40);

test.each(FORMATS)("%s", async (format) => {
  await fc.assert(
    fc.asyncProperty(madeBills, (bill) => holds(bill, format)),
    { seed: SEED, numRuns: BILLS },
  );
});
