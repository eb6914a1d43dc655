/** Many made bills in every format. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { madeBills } from "./made-bill.ts";
import { shareOf } from "../share.ts";
import { FORMATS, expectMade } from "./made-bills.ts";

const SEED = 19;
const BILLS = 40;

test.each(FORMATS)("%s", async (format) => {
  await fc.assert(
    fc.asyncProperty(madeBills, async (bill) => {
      await expect(expectMade(bill, format)).resolves.toBeUndefined();
    }),
    { seed: SEED, numRuns: shareOf(BILLS) },
  );
});
