/**
 * One offering, weighed: the commitment that saves the most in a situation, settled by AWS's rule and certified by the linear
 * program; and any commitment's figures.
 */
import { costUsd, coverage, effectiveSavingsRate, utilization, type SettledTotals } from "./domain/kpi.ts";
import { TERM_HOURS, TERM_MONTHS, UPFRONT_SHARE, type Offering } from "./domain/offering.ts";
import type { PlanTerms } from "./domain/commitment.ts";
import type { Certificate, CurvePoint, Expected, Risk } from "./domain/recommendation.ts";
import type { Candidate, Situation } from "./domain/situation.ts";
import { certify } from "./optimize/cutting-plane.ts";
import { bestCommitment } from "./optimize/optimum.ts";
import { prepareRecourse } from "./optimize/recourse.ts";
import { settle, type Settlement } from "./settlement/settle.ts";
import { avoidedOnDemand } from "./settlement/sweep.ts";
import { settledTotals } from "./settlement/totals.ts";

const HOURS_PER_MONTH = 730;

export interface Settled {
  settlement: Settlement;
  all: SettledTotals;
  /** The new plan's part. */
  bought: SettledTotals;
}

/** The situation with one more plan, active in every hour. A commitment of 0 is the situation as it is. */
export function settleWith(situation: Situation, candidate: Candidate): Settled {
  const { demand, skus, owned, buyer, sharing } = situation;
  const bought: PlanTerms = { ...candidate, ownerAccount: buyer, activeFrom: 0, activeTo: demand.hourCount };
  const plans = [...owned, bought];
  const settlement = settle(demand, skus, plans, { sharing });
  return {
    settlement,
    all: settledTotals(demand, plans, settlement),
    bought: settledTotals(demand, plans, settlement, [owned.length]),
  };
}

/** The settled optimum of one offering, with the proof of how near it is to the best that any assignment could do. */
export async function optimum(
  situation: Situation,
  rates: Candidate["rates"],
): Promise<{ commitmentUsdPerHour: number; certificate: Certificate }> {
  const { demand, skus, owned, buyer, sharing, negotiatedDiscount } = situation;
  const offer = { ownerAccount: buyer, rates };
  const avoided = avoidedOnDemand(demand, skus, owned, offer, { sharing });
  const { commitmentUsdPerHour } = bestCommitment(avoided, { hours: demand.hourCount, weight: 1 });
  const { all } = settleWith(situation, { rates, commitmentUsdPerHour });
  const { certificate } = await certify(prepareRecourse({ demand, owned, offer, sharing }), {
    weight: 1,
    candidate: { commitmentUsdPerHour, costUsd: costUsd(all) },
  });
  const kept = 1 - negotiatedDiscount;
  return {
    commitmentUsdPerHour,
    certificate: {
      ...certificate,
      lowerBound: certificate.lowerBound * kept,
      upperBound: certificate.upperBound * kept,
    },
  };
}

/** The figures of one purchase over the situation's hours; `nothingBoughtUsd` is the cost with the owned plans alone. */
export function expectedOf(
  situation: Situation,
  offering: Offering,
  candidate: Candidate,
  settled: Settled,
  nothingBoughtUsd: number,
): Expected {
  const kept = 1 - situation.negotiatedDiscount;
  const { all, bought, settlement } = settled;
  const { commitmentUsdPerHour } = candidate;
  const used = settlement.usedUsd.at(-1)!;
  const cost = costUsd(all);
  const underused = commitmentUsdPerHour * (1 - 1e-9);
  return {
    onDemandUsd: all.onDemandUsd * kept,
    costUsd: cost * kept,
    netSavingsUsd: (nothingBoughtUsd - cost) * kept,
    savingsRate: ratio(nothingBoughtUsd - cost, nothingBoughtUsd),
    effectiveSavingsRate: effectiveSavingsRate(all),
    utilization: utilization(bought),
    coverage: coverage(all),
    breakEvenMonth: breakEvenMonth(offering, commitmentUsdPerHour, nothingBoughtUsd - cost, all.hours),
    hoursUnderused: used.reduce((count, usd) => count + (usd < underused ? 1 : 0), 0),
    breakEvenUtilization: ratio(bought.usedUsd, bought.commitmentUsd + nothingBoughtUsd - cost),
  };
}

const ratio = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);

/** First month in which On-Demand avoided ≥ cash paid, the hours repeating over the term; months of 730 h. */
function breakEvenMonth(
  { term, paymentOption }: Offering,
  commitmentUsdPerHour: number,
  netSavingsUsd: number,
  hours: number,
): number | null {
  if (commitmentUsdPerHour === 0 || netSavingsUsd <= 0) return null;
  const upfrontUsd = commitmentUsdPerHour * TERM_HOURS[term] * UPFRONT_SHARE[paymentOption];
  // Net saving counts the amortized upfront as cost; in cash it is paid at once.
  const cashPerMonthUsd =
    (netSavingsUsd / hours + commitmentUsdPerHour * UPFRONT_SHARE[paymentOption]) * HOURS_PER_MONTH;
  const month = Math.max(1, Math.ceil(upfrontUsd / cashPerMonthUsd - 1e-9));
  return month <= TERM_MONTHS[term] ? month : null;
}

/** A past that repeats exactly is one scenario: its quantiles are all the same number. */
export function riskOf(expected: Expected, offering: Offering | null, tail: number): Risk {
  const { netSavingsUsd } = expected;
  return {
    tail,
    cvarLossUsd: -netSavingsUsd,
    probabilityOfLoss: netSavingsUsd < 0 ? 1 : 0,
    netSavingsUsdP5: netSavingsUsd,
    netSavingsUsdP50: netSavingsUsd,
    netSavingsUsdP95: netSavingsUsd,
    lockInMonths: offering ? TERM_MONTHS[offering.term] : 0,
  };
}

const CURVE_POINTS = 40;

/** Along the commitment, from nothing to twice the chosen one (or to twice the mean spend): settled at each point. */
export function curveOf(
  situation: Situation,
  offering: Offering,
  rates: Candidate["rates"],
  chosenUsdPerHour: number,
  nothingBoughtUsd: number,
): CurvePoint[] {
  const { demand } = situation;
  const meanUsd = demand.onDemandUsd.reduce((sum, usd) => sum + usd, 0) / Math.max(1, demand.hourCount);
  const endUsd = chosenUsdPerHour > 0 ? 2 * chosenUsdPerHour : Math.max(0.001, meanUsd);
  const grid = Array.from({ length: CURVE_POINTS + 1 }, (_, n) =>
    Number(((endUsd * n) / CURVE_POINTS).toFixed(5)),
  );
  const points = [...new Set([...grid, chosenUsdPerHour])].sort((a, b) => a - b);
  return points.map((commitmentUsdPerHour) => {
    const candidate = { rates, commitmentUsdPerHour };
    const settled = settleWith(situation, candidate);
    const expected = expectedOf(situation, offering, candidate, settled, nothingBoughtUsd);
    return {
      commitmentUsdPerHour,
      netSavingsUsd: expected.netSavingsUsd,
      cvarLossUsd: -expected.netSavingsUsd,
      utilization: expected.utilization,
      coverage: expected.coverage,
    };
  });
}
