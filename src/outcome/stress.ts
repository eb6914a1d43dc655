/**
 * The answer in a few bad futures that nobody needs a model for: the scenarios as they are, with usage or prices that
 * fall at a date. Each is settled anew.
 */
import { withItems, type ItemUsage } from "../domain/demand-items.ts";
import type { Stress, Stressed } from "../domain/documents/stress.ts";
import { STRESSES, type StressKind } from "../domain/stress.ts";
import { MONTH_HOURS } from "../domain/offering.ts";
import { NOTHING, type Portfolio } from "../domain/portfolio.ts";
import type { OfferingRates } from "../domain/rates.ts";
import { meanUsd } from "../domain/risk.ts";
import { activeIn, horizonHours, hoursOf } from "../domain/scenario.ts";
import type { Sku } from "../domain/usage.ts";
import { baselineOf, commitmentsOfAll, outcomeOf, type EvaluatedProblem } from "../problem/evaluation.ts";
import { planOf, type PurchaseProblem } from "../problem/problem.ts";
import {
  prepareScenarioSettlement,
  settlementInOrder,
  type ScenarioSettlement,
} from "../settlement/prepare-scenarios.ts";
import { settleHourly } from "../settlement/scenarios.ts";

interface Fall {
  fromMonth: number;
  /** What is left of usage. */
  usage: number;
}

const FALLS: Readonly<Record<Exclude<StressKind, "lower-prices">, Fall>> = {
  "less-usage": { fromMonth: 1, usage: 0.7 },
  "half-gone": { fromMonth: 12, usage: 0.5 },
  gone: { fromMonth: 18, usage: 0 },
};

/** Of the On-Demand price of accelerated instances that much is left: in June 2025 AWS cut those of P4 and P5 by up to 45 %. */
const CUT = { fromMonth: 6, price: 0.6 };

/** None where the past is taken to repeat: nothing comes later in it. Those that begin after the horizon are left out. */
export function stressesOf(problem: PurchaseProblem, answer: Portfolio, oneYear: Portfolio | null): Stress[] {
  const { scenarios, pastRepeats } = problem;
  if (pastRepeats) return [];
  return STRESSES.flatMap((kind): Stress[] => {
    const fromMonth = kind === "lower-prices" ? CUT.fromMonth : FALLS[kind].fromMonth;
    if (fromMonth * MONTH_HOURS >= horizonHours(scenarios)) return [];
    const stressed = kind === "lower-prices" ? withLowerPrices(problem) : withLessUsage(problem, FALLS[kind]);
    if (stressed === null) return [];
    return [
      {
        kind,
        answer: stressedOf(stressed, answer),
        oneYear: oneYear && stressedOf(stressed, oneYear),
      },
    ];
  });
}

function withLessUsage(problem: PurchaseProblem, { fromMonth, usage }: Fall): EvaluatedProblem {
  const { settlement } = problem;
  const { set, plans, order, firstNew } = settlement;
  const growth = set.growth.map((each, n) =>
    set.startHour[n % set.hourCount]! >= fromMonth * MONTH_HOURS ? each * usage : each,
  );
  return settledBy(problem, settlementInOrder({ ...set, growth }, plans, order, firstNew, settlement));
}

function settledBy(problem: PurchaseProblem, settlement: ScenarioSettlement): EvaluatedProblem {
  const ownedAlone = commitmentsOfAll({ owned: problem.owned, settlement }, NOTHING);
  return {
    ...problem,
    settlement,
    baselineUsd: baselineOf(settlement, ownedAlone),
    baselineLeftUsd: settleHourly(settlement, ownedAlone).leftUsd,
  };
}

/**
 * A SKU whose price was cut is another SKU: the same usage burns as much commitment and is worth less On-Demand. Null
 * where no accelerated instance is used, or an hour of the base stands for hours before and after the cut.
 */
function withLowerPrices(problem: PurchaseProblem): EvaluatedProblem | null {
  const { scenarios, skus, owned, offers, sharing } = problem;
  const { base, hourCount, startHour, growth } = scenarios;
  const cut = [...base.items.keys()].filter((item) => isAccelerated(skus[base.items[item]!.sku]!));
  if (cut.length === 0 || base.hourCount !== growth.length) return null;
  const onDemandUsd = base.onDemandUsd.slice();
  const twins = cut.map((item, n): ItemUsage => {
    const [from, to] = [base.start[item]!, base.start[item + 1]!];
    const late = Int32Array.from({ length: to - from }, (_, entry) => from + entry).filter(
      (entry) => startHour[base.hour[entry]! % hourCount]! >= CUT.fromMonth * MONTH_HOURS,
    );
    for (const entry of late) onDemandUsd[entry] = 0;
    return {
      item: { account: base.items[item]!.account, sku: skus.length + n },
      hour: late.map((entry) => base.hour[entry]!),
      onDemandUsd: Float64Array.from(late, (entry) => base.onDemandUsd[entry]! * CUT.price),
    };
  });
  const skuOf = cut.map((item) => base.items[item]!.sku);
  const plans = [...owned, ...offers.map(planOf)].map((plan) => ({
    ...plan,
    rates: withCut(plan.rates, skuOf),
  }));
  const set = { ...scenarios, base: withItems({ ...base, onDemandUsd }, twins) };
  const settlement = prepareScenarioSettlement(set, [...skus, ...skuOf.map((sku) => skus[sku]!)], plans, {
    sharing,
    firstNew: owned.length,
  });
  return settledBy(problem, settlement);
}

const isAccelerated = ({ instanceType }: Sku): boolean => /^ml\.(p|g|trn|inf|dl)\d/.test(instanceType);

const withCut = (
  { ratio, savingsPlanRateUsd, source }: OfferingRates,
  skus: readonly number[],
): OfferingRates => ({
  ratio: Float64Array.from([...ratio, ...skus.map((sku) => ratio[sku]! / CUT.price)]),
  savingsPlanRateUsd: Float64Array.from([
    ...savingsPlanRateUsd,
    ...skus.map((sku) => savingsPlanRateUsd[sku]!),
  ]),
  source: [...source, ...skus.map((sku) => source[sku]!)],
});

function stressedOf(problem: EvaluatedProblem, portfolio: Portfolio): Stressed {
  const { scenarios, negotiatedDiscount } = problem;
  const kept = 1 - negotiatedDiscount;
  const saved = meanUsd(outcomeOf(problem, portfolio).netSavingsUsd, scenarios.probability);
  const lost = netByMonth(problem, portfolio).findIndex((usd) => usd < -DUST_USD);
  return { netSavingsUsd: saved * kept, losesFromMonth: lost < 0 ? null : lost + 1 };
}

/** What a double's rounding leaves is no loss. */
const DUST_USD = 1e-6;

/** `[month of the horizon]` On-Demand avoided less commitments of its hours, upfront spread evenly; mean of the scenarios. */
function netByMonth(problem: EvaluatedProblem, portfolio: Portfolio): Float64Array {
  const { scenarios, offers, settlement, baselineLeftUsd } = problem;
  const { leftUsd } = settleHourly(settlement, commitmentsOfAll(problem, portfolio));
  const net = new Float64Array(Math.ceil(horizonHours(scenarios) / MONTH_HOURS));
  const active = portfolio.map((usd, k) => {
    const { activeFrom, activeHours } = offers[k]!;
    return { usd, ...activeIn(scenarios, { activeFrom, activeTo: activeFrom + activeHours }) };
  });
  for (let t = 0; t < scenarios.hourCount; t++) {
    const paid = active.reduce((sum, { usd, from, to }) => sum + (from <= t && t < to ? usd : 0), 0);
    const month = Math.floor(scenarios.startHour[t]! / MONTH_HOURS);
    net[month]! += (baselineLeftUsd[t]! - leftUsd[t]! - paid) * hoursOf(scenarios, t);
  }
  return net;
}
