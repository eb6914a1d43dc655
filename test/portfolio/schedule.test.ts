/** What to buy now and what to queue, around plans that end: by hand, on flat usage. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { portfolioAmong } from "../../src/domain/portfolio.ts";
import { recommend, simulate } from "../../src/index.ts";
import { at, flatCase, planFile, type Future } from "../scenario/flat-futures.ts";

/** $40/h, all of which $28/h cover. */
const FLAT: Future[] = [{ probability: 1, usdAt: () => 40 }];
const END = 3_650;
const ARN = "arn:aws:savingsplans::444455556666:savingsplan/p";

const owned = planFile({
  savingsPlanArn: ARN,
  commitment: "28",
  start: at(END - 8_760),
  end: at(END),
});

describe("flat usage that one plan covers", () => {
  test("buy nothing now: queue the same for its end", async () => {
    const { recommendation: r } = await recommend({
      ...flatCase(FLAT, { plan: owned }),
      payment: "no-upfront",
    });
    expect(r.purchases).toEqual([]);
    expect(r.queued).toMatchObject([
      { term: "1yr", paymentOption: "no-upfront", start: at(END), account: "111122223333", renews: [ARN] },
    ]);
    expect(r.queued[0]!.commitmentUsdPerHour).toBeCloseTo(28, 4);
    expect(r.worth.now.netSavingsUsd).toBeCloseTo(0, 1);
    expect(r.worth.schedule.netSavingsUsd).toBeCloseTo((8_760 - END) * 12, 0);
    expect(r.expected.netSavingsUsd).toBeCloseTo(r.worth.schedule.netSavingsUsd, 6);
    expect(r.certificate.relativeGap).toBeLessThan(1e-6);
  });

  test("--no-queue asks the old question: only today's purchase can fill the gap", async () => {
    const asked = { ...flatCase(FLAT, { plan: owned }), payment: "no-upfront" as const, queue: false };
    const { recommendation: r } = await recommend(asked);
    expect(r.queued).toEqual([]);
    // $28/h for a year avoid $40/h after the plan's end: 40 · 5,110 < 28 · 8,760, so it buys nothing and leaves the gap.
    expect(r.purchases).toEqual([]);
    expect(r.expected.netSavingsUsd).toBe(0);
  });

  test("usage that has grown is bought now, and no more than that", async () => {
    const grown: Future[] = [{ probability: 1, usdAt: () => 50 }];
    const { recommendation: r } = await recommend({
      ...flatCase(grown, { plan: owned }),
      payment: "no-upfront",
    });
    expect(r.purchases[0]!.commitmentUsdPerHour).toBeCloseTo(7, 4);
    expect(r.queued[0]!.commitmentUsdPerHour).toBeCloseTo(28, 4);
    // Waiting, $35/h would be queued for the plan's end: what is lost are the hours before it.
    expect(r.worth.now.netSavingsUsd).toBeCloseTo(3 * END, 0);
  });

  test("cash is limited within a year: upfront now and upfront queued share it", async () => {
    const asked = { ...flatCase(FLAT, { plan: owned }), payment: "all-upfront" as const, maxUpfront: 10_000 };
    const { recommendation: r } = await recommend(asked);
    const upfront = [...r.purchases, ...r.queued].reduce((usd, each) => usd + each.upfrontUsd, 0);
    expect(upfront).toBeLessThanOrEqual(10_000);
    expect(upfront).toBeGreaterThan(9_900);
  });
});

test("a schedule of one's own is settled with its starts: what recommend queues, simulate says the same of", async () => {
  const asked = { ...flatCase(FLAT, { plan: owned }), payment: "no-upfront" as const };
  const { recommendation: found } = await recommend(asked);
  const { recommendation: own } = await simulate({
    ...asked,
    commitments: found.queued.map(({ term, paymentOption, commitmentUsdPerHour, start }) => ({
      term,
      paymentOption,
      commitmentUsdPerHour,
      start,
    })),
  });
  expect(own.expected).toEqual(found.expected);
  expect(own.queued).toEqual(found.queued.map((each) => ({ ...each })));
  expect(own.cashFlow[0]).toEqual(found.cashFlow[0]);
});

/** Usage by quarter of the year, in two futures; a plan of $10/h that ends somewhere in it. */
const drawn = fc.record({
  usd: fc.array(fc.integer({ min: 5, max: 60 }), { minLength: 8, maxLength: 8 }),
  probability: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
  end: fc.integer({ min: 700, max: 8_000 }),
  riskAversion: fc.constantFrom(0, 0.2, 0.6),
});

test("brute force: no schedule of a grid is better than the answer by more than its gap", async () => {
  await fc.assert(
    fc.asyncProperty(drawn, async ({ usd, probability, end, riskAversion }) => {
      const future = (s: number): Future => ({
        probability: s === 0 ? probability : 1 - probability,
        usdAt: (hour) => usd[4 * s + Math.min(3, Math.floor(hour / 2_190))]!,
      });
      const plan = planFile({ commitment: "10", start: at(end - 8_760), end: at(end) });
      const { recommendation: r, whatIf } = await recommend({
        ...flatCase([future(0), future(1)], { plan }),
        payment: "no-upfront",
        term: "1yr",
        riskAversion,
      });
      const worth = ({ expected, risk }: ReturnType<typeof whatIf.at>): number =>
        (1 - riskAversion) * expected.netSavingsUsd - riskAversion * risk.cvarLossUsd;
      const own = worth(whatIf.at(whatIf.subject));
      const mostBetterUsd = r.certificate.relativeGap * r.certificate.upperBound + 0.01;
      for (let now = 0; now <= 45; now += 3) {
        for (let later = 0; later <= 45; later += 3) {
          // Offers are six to a start; the first offering now, and at the end of the plan.
          const other = worth(whatIf.at(portfolioAmong([0, 6], [now, later])));
          expect(other).toBeLessThanOrEqual(own + mostBetterUsd);
        }
      }
      expect(r.certificate.relativeGap).toBeLessThan(0.02);
    }),
    { numRuns: 3, seed: 22 },
  );
});
