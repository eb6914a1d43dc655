/** What to buy now and what to queue, around plans that end: by hand, on flat usage. */
import { describe, expect, test } from "vitest";
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
