/** What a person has to decide, why, until when, and what he would run. */
import type { Purchase } from "../domain/documents/purchase.ts";
import type { Recommendation } from "../domain/documents/recommendation.ts";
import type { Expiry, Returnable } from "../domain/documents/plan-review.ts";
import type { Step } from "../domain/documents/review.ts";
import { currencySign } from "../domain/currency.ts";
import { returnLimitText } from "../domain/return-limit.ts";
import { inCommitmentSteps, offeringLabel, TERM_HOURS } from "../domain/offering.ts";
import { storeOptions } from "../domain/options/source.ts";

export interface StepsOf {
  recommendation: Recommendation;
  expiries: readonly Expiry[];
  returnable: readonly Returnable[];
  /** A purchase that saves a smaller share of the cost waits. */
  leastSaving: number | undefined;
  /** What a person would run; a queued purchase begins at its `start`. */
  buyCommands: (purchases: readonly Purchase[], isQueued: boolean) => string[];
}

/** Waiting and letting lapse need nobody. */
export const isDue = ({ kind }: Step): boolean => kind !== "wait" && kind !== "let-lapse";

/** What is to be decided first, then what is to be known. */
export function stepsOf(known: StepsOf): Step[] {
  const steps = [
    ...known.returnable.map((plan) => returnStep(plan, known.recommendation)),
    ...purchaseStep(known),
    ...known.expiries.map((expiry) => expiryStep(expiry, known)),
  ];
  return [...steps.filter(isDue), ...steps.filter((step) => !isDue(step))];
}

/** An ARN comes from a file: what a shell could take for more than a word does not get into a command. */
const argumentOf = (id: string): string => (/^[\w-]+$/.test(id) ? id : "SAVINGS_PLAN_ID");

const idOf = (arn: string): string => arn.split("/").at(-1)!;

const perHour = (document: { currency: string }, usd: number): string =>
  `${currencySign(document)}${inCommitmentSteps(usd)}/h`;

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

const whole = (document: { currency: string }, usd: number): string =>
  `${currencySign(document)}${Math.round(usd).toLocaleString("en-US")}`;

function returnStep(plan: Returnable, document: { currency: string }): Step {
  const { arn, commitmentUsdPerHour, start, returnableUntil, utilization } = plan;
  return {
    kind: "return-or-keep",
    what: `Keep or return the ${offeringLabel(plan)} plan ${idOf(arn)} of ${perHour(document, commitmentUsdPerHour)}, bought ${start}.`,
    why: [
      utilization === null
        ? "No hour of it was seen in the bill yet."
        : `Since then it was used ${percent(utilization)}.`,
      `AWS takes back a plan of at most ${returnLimitText(document)} within 7 days and in the same calendar month (UTC), ten a year.`,
    ],
    until: returnableUntil,
    commands: [`aws savingsplans return-savings-plan --savings-plan-id ${argumentOf(idOf(arn))}`],
  };
}

const MONTH_HOURS = 730;

function purchaseStep({ recommendation, buyCommands, expiries, ...asked }: StepsOf): Step[] {
  const { leastSaving = storeOptions.leastSaving.default } = asked;
  const { purchases, expected, worth: schedule, reason, horizon } = recommendation;
  if (purchases.length === 0) {
    return [{ kind: "wait", what: "Buy nothing now.", why: [reason], until: null, commands: [] }];
  }
  const names = purchases
    .map((each) => `${offeringLabel(each)} of ${perHour(recommendation, each.commitmentUsdPerHour)}`)
    .join(" and ");
  const lastsHours = Math.min(horizon.hours, Math.max(...purchases.map(({ term }) => TERM_HOURS[term])));
  const { netSavingsUsd, probabilityOfLoss } = schedule.now;
  const savedUsdPerHour = netSavingsUsd / lastsHours;
  const costUsdPerHour = (expected.costUsd + expected.netSavingsUsd) / horizon.hours;
  const share = costUsdPerHour > 0 ? savedUsdPerHour / costUsdPerHour : 0;
  const worth = `It would save ${whole(recommendation, savedUsdPerHour * MONTH_HOURS)} a month on average, ${percent(share)} of what eligible usage would cost`;
  const renewed =
    expiries.length > 0
      ? ["What follows plans that end is queued, not bought now: those are steps of their own."]
      : [];
  if (share < leastSaving) {
    return [
      {
        kind: "wait",
        what: `Wait: buying ${names} is not worth a decision yet.`,
        why: [`${worth}: less than ${percent(leastSaving)} (--least-saving).`, ...renewed],
        until: null,
        commands: [],
      },
    ];
  }
  return [
    {
      kind: "buy",
      what: `Buy ${names}.`,
      why: [
        `${worth}.`,
        horizon.scenarios > 1
          ? `Probability of a loss ${percent(probabilityOfLoss)}; used ${percent(expected.utilization)} on average over ${horizon.scenarios} scenarios.`
          : `Used ${percent(expected.utilization)}; the past is taken to repeat.`,
        ...renewed,
      ],
      until: null,
      commands: buyCommands(purchases, false),
    },
  ];
}

function expiryStep(
  expiry: Expiry,
  { buyCommands, recommendation }: Pick<StepsOf, "buyCommands" | "recommendation">,
): Step {
  const { arn, end, daysLeft, commitmentUsdPerHour, uncoveredUsdPerHour, renewal } = expiry;
  const plan = `the ${offeringLabel(expiry)} plan ${idOf(arn)} of ${perHour(recommendation, commitmentUsdPerHour)}`;
  const leaves = `It expires ${end}, in ${daysLeft} days, and leaves ${perHour(recommendation, Number(uncoveredUsdPerHour.toFixed(4)))} of usage to On-Demand, as the last four weeks were.`;
  if (renewal === null) {
    return {
      kind: "let-lapse",
      what: `Let ${plan} lapse.`,
      why: [leaves, "Over the scenarios, no commitment in its place pays."],
      until: end,
      commands: [],
    };
  }
  return {
    kind: "renew",
    what: `Queue ${offeringLabel(renewal)} of ${perHour(recommendation, renewal.commitmentUsdPerHour)} in place of ${plan}.`,
    why: [leaves],
    until: end,
    commands: buyCommands([renewal], true),
  };
}
