/** What there is to decide. */
import { expect, test } from "vitest";
import type { Expiry, Returnable } from "../../src/domain/documents/plan-review.ts";
import { isDue, stepsOf, type StepsOf } from "../../src/review/steps.ts";
import { sampleBuyNothing, sampleRecommendation } from "../report/sample.ts";

const plan = {
  arn: "arn:aws:savingsplans::1:savingsplan/abc-1",
  term: "1yr",
  paymentOption: "no-upfront",
} as const;
const expiry: Expiry = {
  ...plan,
  commitmentUsdPerHour: 4,
  end: "2026-12-01T00:00:00Z",
  daysLeft: 28,
  uncoveredUsdPerHour: 6,
  renewal: null,
};
const returnable: Returnable = {
  ...plan,
  commitmentUsdPerHour: 4,
  start: "2026-11-02T00:00:00Z",
  returnableUntil: "2026-11-08T23:59:59Z",
  utilization: null,
};
const renewal = {
  term: "1yr",
  paymentOption: "no-upfront",
  commitmentUsdPerHour: 3,
  upfrontUsd: 0,
  start: expiry.end,
  account: "111122223333",
} as const;

const steps = (parts: Partial<StepsOf>) =>
  stepsOf({
    recommendation: sampleBuyNothing(),
    expiries: [],
    returnable: [],
    leastSaving: 0.01,
    buyCommands: (purchases, isQueued) => [`${isQueued ? "queue" : "buy"} ${purchases.length}`],
    ...parts,
  });

test("nothing to buy: wait, and nobody is needed", () => {
  const [step, ...others] = steps({});
  expect(others).toEqual([]);
  expect(step).toMatchObject({ kind: "wait", why: [sampleBuyNothing().reason], commands: [] });
  expect(isDue(step!)).toBe(false);
});

test("a purchase is due when it saves enough, and waits when it does not", () => {
  const recommendation = sampleRecommendation();
  expect(steps({ recommendation })[0]).toMatchObject({ kind: "buy", commands: ["buy 1"] });
  const [wait] = steps({ recommendation, leastSaving: 0.99 });
  expect(wait).toMatchObject({ kind: "wait", commands: [] });
  expect(wait!.why[0]).toMatch(/less than 99\.0% \(--least-saving\)/);
});

test("an expiry is renewed by a queued purchase, or lapses and needs nobody", () => {
  const [renew] = steps({ expiries: [{ ...expiry, renewal }] });
  expect(renew).toMatchObject({ kind: "renew", until: expiry.end, commands: ["queue 1"] });
  const lapse = steps({ expiries: [expiry] }).find(({ kind }) => kind === "let-lapse")!;
  expect(lapse.commands).toEqual([]);
  expect(isDue(lapse)).toBe(false);
});

test("what is to be decided comes first", () => {
  const kinds = steps({ expiries: [expiry, { ...expiry, renewal }], returnable: [returnable] }).map(
    ({ kind }) => kind,
  );
  expect(kinds).toEqual(["return-or-keep", "renew", "wait", "let-lapse"]);
});

test("an ARN that holds more than a word does not get into a command", () => {
  const [step] = steps({
    returnable: [{ ...returnable, arn: "arn:aws:savingsplans::1:savingsplan/x; rm -rf ~" }],
  });
  expect(step!.commands).toEqual(["aws savingsplans return-savings-plan --savings-plan-id SAVINGS_PLAN_ID"]);
});
