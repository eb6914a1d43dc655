/** A purchase → the same in monthly tranches, settled over the same scenarios. */
import type { OwnedPlan, PlanTerms } from "../domain/commitment.ts";
import { SageplanError } from "../domain/error.ts";
import { isoHour } from "../domain/hour.ts";
import { equalParts } from "../domain/ladder.ts";
import type { Ladder, LadderOutcome, LadderStep, Tranche } from "../domain/documents/ladder.ts";
import {
  inCommitmentSteps,
  MIN_COMMITMENT_USD,
  MONTH_HOURS,
  OFFERINGS,
  TERM_HOURS,
  TERM_MONTHS,
  UPFRONT_SHARE,
} from "../domain/offering.ts";
import { boughtNow, queuedIn, type Portfolio } from "../domain/portfolio.ts";
import { meanUsd, savingsFigures } from "../domain/risk.ts";
import { asCommitmentUsd } from "../domain/units.ts";
import { planOf, type ProblemData, type PurchaseProblem } from "../problem/problem.ts";
import { prepareScenarioSettlement } from "../settlement/prepare-scenarios.ts";
import { settleScenarios } from "../settlement/scenarios.ts";

/** Usage has collapsed below this share of what it was at the start. */
const COLLAPSED = 0.5;

const MOST_TRANCHES = 12;

/** A tranche with what settlement asks for. Hours are hours of the horizon. */
interface Rung extends Tranche {
  k: number;
  from: number;
  to: number;
}

/**
 * What is bought now in `asked` tranches, the queue held, for which the scenarios must reach far enough
 * (`requireMonths`); null when nothing is bought.
 */
export function ladderOf(
  problem: PurchaseProblem,
  ownedPlans: readonly OwnedPlan[],
  portfolio: Portfolio,
  asked: number,
): Ladder | null {
  const { start, scenarios } = problem;
  if (boughtNow(portfolio).length === 0) return null;
  const rungs = rungsOf(portfolio, asked, startsOf(ownedPlans, start, asked), start);
  const held = queuedIn(portfolio).map((k): PlanTerms => ({
    ...planOf(problem.offers[k]!),
    commitmentUsdPerHour: portfolio[k]!,
  }));
  const last = rungs.reduce((most, { number }) => Math.max(most, number), 0);
  const atOnce = savedUsd(problem, held, rungsOf(portfolio, 1, startsOf([], start, 1), start));
  /** `[number − 1][scenario]` Net savings if that tranche is the last. */
  const upTo = Array.from({ length: last }, (_, n) =>
    savedUsd(
      problem,
      held,
      rungs.filter(({ number }) => number <= n + 1),
    ),
  );
  const asPlanned = upTo.at(-1)!;
  const lastBought = lastBeforeCollapse(problem, last);
  const calledOff = Float64Array.from(lastBought, (number, s) => upTo[number - 1]![s]!);
  const { probability } = scenarios;
  const outcome = (usd: Float64Array): LadderOutcome => outcomeOf(problem, usd);
  return {
    asked,
    tranches: rungs.map(({ k: _k, from: _from, to: _to, ...tranche }) => tranche),
    atOnce: outcome(atOnce),
    asPlanned: outcome(asPlanned),
    priceUsd: outcome(atOnce).netSavingsUsd - outcome(asPlanned).netSavingsUsd,
    calledOff: {
      ...outcome(calledOff),
      below: COLLAPSED,
      probability: probability.reduce((sum, p, s) => sum + (lastBought[s]! < last ? p : 0), 0),
    },
    steps: upTo.map((usd, n) => ({
      ...stepAt(problem, rungs, portfolio, n + 1),
      ifLast: outcome(usd),
    })),
  };
}

/** @throws SageplanError `wrong-call` where the scenarios have no dates, or end before the last tranche begins */
export function requireMonths(
  { pastRepeats, span }: Pick<ProblemData, "pastRepeats" | "span">,
  asked: number,
): void {
  if (pastRepeats) {
    throw new SageplanError(
      "wrong-call",
      "--ladder buys month by month, and with --futures history no month follows another. Leave out one of the two.",
    );
  }
  if (!(Number.isInteger(asked) && asked >= 1 && asked <= MOST_TRANCHES)) {
    throw new SageplanError("wrong-call", `A ladder has 1 to ${MOST_TRANCHES} tranches, not ${asked}.`);
  }
  const needed = (asked - 1) * MONTH_HOURS;
  if (span.to - span.from > needed) return;
  throw new SageplanError(
    "wrong-call",
    `--ladder ${asked} begins its last tranche ${needed} hours from the start, and the scenarios span ${span.to - span.from}. ` +
      "Ask for fewer tranches, or for scenarios that reach further.",
  );
}

/**
 * When each tranche begins, hours of the horizon: with its month, or with the end of the largest
 * owned plan that ends in it.
 */
function startsOf(
  owned: readonly OwnedPlan[],
  start: number,
  count: number,
): { hour: number; afterPlan: string | null }[] {
  return Array.from({ length: count }, (_, n) => {
    const month = n * MONTH_HOURS;
    const ending = owned.filter(({ end }) => {
      const hour = (end ?? Infinity) - start;
      return n > 0 && hour >= month && hour < month + MONTH_HOURS;
    });
    if (ending.length === 0) return { hour: month, afterPlan: null };
    const plan = ending.reduce((most, each) =>
      each.commitmentUsdPerHour > most.commitmentUsdPerHour ? each : most,
    );
    return { hour: plan.end! - start, afterPlan: plan.arn };
  });
}

function rungsOf(
  portfolio: Portfolio,
  asked: number,
  starts: readonly { hour: number; afterPlan: string | null }[],
  start: number,
): Rung[] {
  const ofOfferings = OFFERINGS.flatMap((offering, k) => {
    const total = portfolio[k]!;
    if (total === 0) return [];
    const parts = Math.max(1, Math.min(asked, Math.floor(total / MIN_COMMITMENT_USD + 1e-9)));
    const hours = TERM_HOURS[offering.term];
    const amounts = parts === 1 ? [total] : equalParts(total, parts);
    return amounts.map((usdPerHour, n): Rung => ({
      ...offering,
      number: n + 1,
      commitmentUsdPerHour: usdPerHour,
      upfrontUsd: toCents(usdPerHour * hours * UPFRONT_SHARE[offering.paymentOption]),
      start: isoHour(start + starts[n]!.hour),
      end: isoHour(start + starts[n]!.hour + hours),
      afterPlan: starts[n]!.afterPlan,
      k,
      from: starts[n]!.hour,
      to: starts[n]!.hour + hours,
    }));
  });
  return ofOfferings.sort((a, b) => a.number - b.number || a.k - b.k);
}

const toCents = (usd: number): number => Math.round(usd * 100) / 100;

/**
 * `[scenario]` Net savings of these tranches and of what is queued (`held`) beside the owned plans, USD before any
 * negotiated discount.
 */
function savedUsd(
  problem: PurchaseProblem,
  held: readonly PlanTerms[],
  rungs: readonly Rung[],
): Float64Array {
  const { scenarios, owned, skus, sharing, offers, baselineUsd } = problem;
  const plans = [
    ...owned,
    ...held,
    ...rungs.map(({ k, commitmentUsdPerHour, from, to }): PlanTerms => ({
      ownerAccount: offers[k]!.ownerAccount,
      rates: offers[k]!.rates,
      commitmentUsdPerHour: asCommitmentUsd(commitmentUsdPerHour),
      activeFrom: from,
      activeTo: to,
    })),
  ];
  const settlement = prepareScenarioSettlement(scenarios, skus, plans, {
    sharing,
    firstNew: owned.length,
    baseHours: problem.settlement,
  });
  const totals = settleScenarios(
    settlement,
    Float64Array.from(plans, ({ commitmentUsdPerHour }) => commitmentUsdPerHour),
  );
  return Float64Array.from(totals, ({ leftUsd, commitmentUsd }, s) =>
    commitmentUsd.reduce((usd, each) => usd - each, baselineUsd[s]! - leftUsd),
  );
}

function outcomeOf(problem: PurchaseProblem, saved: Float64Array): LadderOutcome {
  const { scenarios, negotiatedDiscount, objective } = problem;
  const usd = saved.map((each) => each * (1 - negotiatedDiscount));
  return savingsFigures(usd, scenarios.probability, objective.tail);
}

/**
 * `[scenario]` The number of the last tranche that begins before usage has collapsed; the first has begun in any case.
 */
function lastBeforeCollapse({ scenarios, monthlyUsd }: PurchaseProblem, last: number): Int32Array {
  const { probability } = scenarios;
  /** Month 1, 2 … of the scenario. */
  const usageUsd = (s: number, month: number): number => monthlyUsd[s * TERM_MONTHS["1yr"] + month - 1]!;
  const atFirst = meanUsd(
    probability.map((_, s) => usageUsd(s, 1)),
    probability,
  );
  return Int32Array.from(probability, (_, s) => {
    for (let number = 2; number <= last; number++) {
      if (usageUsd(s, number - 1) < COLLAPSED * atFirst) return number - 1;
    }
    return last;
  });
}

/** What is bound as the tranche begins. */
function stepAt(
  { start, negotiatedDiscount }: PurchaseProblem,
  rungs: readonly Rung[],
  portfolio: Portfolio,
  number: number,
): Omit<LadderStep, "ifLast"> {
  const now = rungs.find((each) => each.number === number)!.from;
  const bound = rungs.filter((each) => each.number <= number);
  const usdPerHour = (some: readonly Rung[]): number =>
    inCommitmentSteps(some.reduce((sum, each) => sum + each.commitmentUsdPerHour, 0));
  const promised = (some: readonly { usd: number; to: number }[]): [usd: number, months: number] => {
    const usd = some.reduce((sum, each) => sum + each.usd * Math.max(0, each.to - now), 0);
    const held = some.reduce((sum, each) => sum + each.usd, 0);
    return [usd * (1 - negotiatedDiscount), held > 0 ? usd / held / MONTH_HOURS : 0];
  };
  const [boundUsd, lockInMonths] = promised(bound.map(({ commitmentUsdPerHour: usd, to }) => ({ usd, to })));
  const [boundAtOnceUsd, lockInMonthsAtOnce] = promised(
    OFFERINGS.map(({ term }, k) => ({ usd: portfolio[k]!, to: TERM_HOURS[term] })),
  );
  return {
    number,
    at: isoHour(start + now),
    boundUsdPerHour: usdPerHour(bound),
    callableUsdPerHour: usdPerHour(rungs.filter((each) => each.number > number)),
    boundUsd,
    boundAtOnceUsd,
    lockInMonths,
    lockInMonthsAtOnce,
  };
}
