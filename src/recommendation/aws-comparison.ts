/**
 * AWS's recommendation beside ours, and why they differ: a waterfall. Each step changes one thing and works the
 * commitment out anew, so the parts add up to the difference exactly. What our replica of AWS's rule does not reproduce
 * is a part of its own.
 */
import { setImmediate } from "node:timers/promises";
import { answerOf, type Choice } from "../portfolio/candidates.ts";
import type { Billing } from "../domain/billing.ts";
import type {
  AwsRecommendation,
  ComparedOutcome,
  Comparison,
  ComparisonKind,
  AwsRecommendationFile,
} from "../domain/documents/comparison.ts";
import { demandOf } from "../domain/demand.ts";
import { SageplanError } from "../domain/error.ts";
import { HOUR_MS, hourOfMs, isoHour, type HourSpan } from "../domain/hour.ts";
import {
  inCommitmentSteps,
  MONTH_HOURS,
  OFFERINGS,
  offeringLabel,
  sameOffering,
} from "../domain/offering.ts";
import { valueAt, type PiecewiseLinear } from "../domain/piecewise.ts";
import { portfolioAmong, totalUsdPerHour, type Portfolio } from "../domain/portfolio.ts";
import { NOW_ONLY } from "../domain/start.ts";
import type { Effects } from "../domain/progress.ts";
import { type HourlySpend, spanOf } from "../domain/usage.ts";
import { meanFigures, riskFigures } from "../outcome/figures.ts";
import type { RatesInUse } from "../domain/rate-table.ts";
import { shownPath } from "../domain/shown-path.ts";
import { awsRuleOver } from "../portfolio/aws-rule.ts";
import type { PurchaseInputs } from "../problem/inputs.ts";
import { outcomeOf } from "../problem/evaluation.ts";
import { objectiveOf, riskOf } from "../problem/objective.ts";
import { purchaseProblem, type PurchaseProblem } from "../problem/problem.ts";
import { startsOf } from "../problem/starts.ts";
import { termsOf } from "../history/replay.ts";
import { settle } from "../settlement/settle.ts";
import { eligibilities } from "../pricing/eligibility.ts";
import { bestAmong } from "../portfolio/best-portfolio.ts";
import { offersOf } from "../portfolio/offers.ts";

/** @throws SageplanError `wrong-call` when the exports hold no hour of AWS's lookback */
export async function compareAws(
  inputs: PurchaseInputs,
  problem: PurchaseProblem,
  choice: Choice,
  { recommendation: aws, input }: AwsRecommendationFile,
  effects: Effects,
): Promise<Comparison> {
  const k = OFFERINGS.findIndex((offering) => sameOffering(offering, aws));
  const { billing, spend, rates, allSpend, allRates } = inputs;
  const window = windowOf(aws, wholeSpan(inputs), input.path);
  const inWindow = ruleOver(problem, billing, k, allSpend, allRates, window);
  const steps: [ComparisonKind, number][] = [];
  const step = async (kind: ComparisonKind, work: () => number | Promise<number>): Promise<void> => {
    effects.onProgress?.({ step: "Comparing with AWS", done: steps.length, total: 9, unit: "parts" });
    await setImmediate();
    effects.signal?.throwIfAborted();
    steps.push([kind, inCommitmentSteps(await work())]);
  };
  const before = (): number => steps.at(-1)![1];
  await step("not-explained", () => roundedAs(aws, inWindow.commitmentUsdPerHour));
  await step("rounding", () => inWindow.commitmentUsdPerHour);
  await step(
    "lookback",
    () => ruleOver(problem, billing, k, spend, rates, spanOf(spend)).commitmentUsdPerHour,
  );
  await step("plans", () => ruleNow(problem, k));
  const { discountRate, tail } = problem.objective;
  const free = (over: PurchaseProblem): PurchaseProblem => ({ ...over, objective: objectiveOf({ tail }) });
  // AWS's rule knows no cost of capital: it comes in with the risk.
  const plain = free(discountRate > 0 ? purchaseProblem(problem, rates, {}) : problem);
  const best = async (over: PurchaseProblem, aversion = 0): Promise<number> =>
    (
      await bestAmong(over, offersOf(over, [k]), { aversion, tail }, [], async () =>
        effects.signal?.throwIfAborted(),
      )
    ).outcome.portfolio[k]!;
  await step("futures", () => best(lasting(plain, rates)));
  await step("expiries", () => (plansMove(problem) ? best(plain) : before()));
  const { aversion } = riskOf(problem.objective);
  await step("risk", () => (aversion === 0 && discountRate === 0 ? before() : best(free(problem), aversion)));
  await step("limits", () => choice.singles[k]!.outcome.portfolio[k]!);
  const answer = answerOf(choice).portfolio;
  await step("offerings", () => totalUsdPerHour(answer));

  const start = aws.commitmentUsdPerHour;
  return {
    term: aws.term,
    paymentOption: aws.paymentOption,
    source: shownPath(input.path),
    accountScope: aws.accountScope,
    lookbackDays: aws.lookbackDays,
    generatedAt:
      aws.generatedMs === null ? null : new Date(aws.generatedMs).toISOString().replace(".000Z", "Z"),
    awsCommitmentUsdPerHour: start,
    ourCommitmentUsdPerHour: before(),
    differenceUsdPerHour: inCommitmentSteps(before() - start),
    parts: steps.map(([kind, commitmentUsdPerHour], n) => ({
      kind,
      changeUsdPerHour: inCommitmentSteps(commitmentUsdPerHour - (steps[n - 1]?.[1] ?? start)),
      commitmentUsdPerHour,
    })),
    sameLookback: sameLookback(aws, window, inWindow),
    aws: comparedOutcome(problem, portfolioAmong([k], [start])),
    ours: comparedOutcome(problem, answer),
  };
}

/** What a purchase comes to over all scenarios. */
function comparedOutcome(problem: PurchaseProblem, portfolio: Portfolio): ComparedOutcome {
  const outcome = outcomeOf(problem, portfolio);
  const { netSavingsUsd, utilization } = meanFigures(problem, outcome);
  const { cvarLossUsd, probabilityOfLoss } = riskFigures(problem, outcome);
  const commitmentUsdPerHour = inCommitmentSteps(totalUsdPerHour(portfolio));
  return { commitmentUsdPerHour, netSavingsUsd, cvarLossUsd, probabilityOfLoss, utilization };
}

/** AWS's figures beside those of its rule over the same hours. */
const sameLookback = (
  aws: AwsRecommendation,
  window: HourSpan,
  inWindow: Rule,
): Comparison["sameLookback"] => ({
  from: isoHour(window.from),
  to: isoHour(window.to),
  hours: window.to - window.from,
  hoursWanted: aws.lookbackDays * 24,
  ruleCommitmentUsdPerHour: inWindow.commitmentUsdPerHour,
  awsMonthlySavingsUsd: aws.monthlySavingsUsd,
  settledMonthlySavingsUsd: inWindow.monthlySavingsUsdAt(aws.commitmentUsdPerHour),
  ruleMonthlySavingsUsd: inWindow.monthlySavingsUsdAt(inWindow.commitmentUsdPerHour),
  awsAverageOnDemandUsdPerHour: aws.averageOnDemandUsdPerHour,
  averageOnDemandUsdPerHour: inWindow.averageOnDemandUsdPerHour,
});

/** AWS prints three decimals; more, when its figure has more. */
const LEAST_DECIMALS = 3;
const roundedAs = ({ decimals }: AwsRecommendation, usd: number): number =>
  Number(usd.toFixed(Math.max(LEAST_DECIMALS, decimals)));

/** All hours that were read, but for a newest day or month that may not be over. */
function wholeSpan({ billing, allSpend }: PurchaseInputs): HourSpan {
  const span = spanOf(allSpend);
  return { from: span.from, to: billing.open?.from ?? span.to };
}

/** The days that AWS looked at, as far as the exports hold them. */
function windowOf({ lookbackDays, generatedMs }: AwsRecommendation, data: HourSpan, path: string): HourSpan {
  const to = generatedMs === null ? data.to : Math.min(data.to, hourOfMs(generatedMs + HOUR_MS - 1));
  const window = { from: Math.max(data.from, to - lookbackDays * 24), to };
  if (window.from < window.to) return window;
  throw new SageplanError(
    "wrong-call",
    `${path} was generated at ${new Date(generatedMs!).toISOString()}, before the exports' first hour ${isoHour(data.from)}: there is no past ` +
      "usage to hold it against. Name exports of the days before it, or a newer recommendation.",
  );
}

interface Rule {
  commitmentUsdPerHour: number;
  /** Net saving of a commitment in an average month of those hours. */
  monthlySavingsUsdAt: (commitmentUsdPerHour: number) => number;
  /** What owned plans leave On-Demand. */
  averageOnDemandUsdPerHour: number;
}

/**
 * AWS's rule over some hours of the past, beside the plans as they were in each; queued ones are
 * ignored, as AWS says it does.
 */
function ruleOver(
  problem: PurchaseProblem,
  billing: Billing,
  k: number,
  spend: HourlySpend,
  rates: RatesInUse,
  span: HourSpan,
): Rule {
  const eligible = eligibilities(spend, rates).map(({ eligible: is }) => is === "yes");
  const demand = demandOf(spend, eligible, span);
  const owned = billing.ownedPlans
    .filter(({ isQueued }) => !isQueued)
    .map((plan) => termsOf(plan, rates, span));
  const offer = { ...problem.offers[k]!, rates: rates.byOffering.get(offeringLabel(OFFERINGS[k]!))! };
  const { avoided, commitmentUsdPerHour } = awsRuleOver(demand, spend.skus, owned, offer, problem);
  const hours = demand.hourCount;
  const { coveredOnDemandUsd } = settle(demand, spend.skus, owned, problem);
  const covered = coveredOnDemandUsd.reduce(
    (sum, plan) => sum + plan.reduce((usd, each) => usd + each, 0),
    0,
  );
  const all = demand.onDemandUsd.reduce((sum, usd) => sum + usd, 0);
  return {
    commitmentUsdPerHour,
    monthlySavingsUsdAt: (usd) => monthly(avoided, hours, usd),
    averageOnDemandUsdPerHour: (all - covered) / hours,
  };
}

const monthly = (avoided: PiecewiseLinear, hours: number, usd: number): number =>
  (valueAt(avoided, usd) / hours - usd) * MONTH_HOURS;

/** The same beside plans as they are held from now on. */
function ruleNow(problem: PurchaseProblem, k: number): number {
  const { pastDemand, skus, pastOwned, offers } = problem;
  return awsRuleOver(pastDemand, skus, pastOwned, offers[k]!, problem).commitmentUsdPerHour;
}

/** Whether a plan begins or ends within the scenarios. */
const plansMove = ({ owned, pastOwned, span }: PurchaseProblem): boolean => {
  const hours = span.to - span.from;
  return (
    owned.length !== pastOwned.length ||
    owned.some(({ activeFrom, activeTo }) => activeFrom > 0 || activeTo < hours)
  );
};

/** The same scenarios, in which the plans that are held now last, and no other begins. */
function lasting(problem: PurchaseProblem, rates: RatesInUse): PurchaseProblem {
  if (!plansMove(problem)) return problem;
  const { span, objective } = problem;
  const hours = span.to - span.from;
  const owned = problem.owned
    .filter(({ activeFrom, activeTo }) => activeFrom === 0 && activeTo > 0)
    .map((plan) => ({ ...plan, activeTo: hours }));
  const starts = problem.starts.length > 1 ? startsOf(owned, hours) : NOW_ONLY;
  return { ...purchaseProblem({ ...problem, owned, starts }, rates, {}), objective };
}
