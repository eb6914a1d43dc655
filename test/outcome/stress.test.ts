import { expect, test } from "vitest";
import { simulate } from "../../src/index.ts";
import { flatCase } from "../scenario/flat-futures.ts";

/** $40/h, covered by $28/h. */
const commitments = [
  { term: "1yr" as const, paymentOption: "no-upfront" as const, commitmentUsdPerHour: 28 },
];
const FLAT = [{ probability: 1, usdAt: () => 40 }];

test("30% less from month 2: $28/h avoid $28/h, and nothing is won or lost; later falls lie beyond a year", async () => {
  const { recommendation } = await simulate({ ...flatCase(FLAT), commitments });
  expect(recommendation.stress.map(({ kind }) => kind)).toEqual(["less-usage"]);
  const [{ answer } = { answer: null }] = recommendation.stress;
  expect(answer!.netSavingsUsd).toBeCloseTo(12 * 730, 6);
  expect(answer!.losesFromMonth).toBeNull();
});

test("where less is left than the commitment needs, money is lost from that month on", async () => {
  const low = [{ probability: 1, usdAt: () => 39 }];
  const { recommendation } = await simulate({ ...flatCase(low), commitments });
  const [{ answer } = { answer: null }] = recommendation.stress;
  expect(answer!.losesFromMonth).toBe(2);
  expect(answer!.netSavingsUsd).toBeCloseTo(11 * 730 + 11 * 730 * (39 * 0.7 - 28), 6);
});

test("none where the past repeats", async () => {
  const { recommendation } = await simulate({ ...flatCase([]), futures: "history", commitments });
  expect(recommendation.stress).toEqual([]);
});
