/** Dollars of one basis never pass for the other: the lines under `@ts-expect-error` do not compile. */
import { expect, test } from "vitest";
import { utilization, type SettledTotals } from "../../src/domain/kpi.ts";
import type { PiecewiseLinear } from "../../src/domain/piecewise.ts";
import { NOTHING, portfolioOf } from "../../src/domain/portfolio.ts";
import type { OfferingRates } from "../../src/domain/rates.ts";
import {
  commitmentToCover,
  asCommitmentUsd,
  asOnDemandUsd,
  asRateRatio,
  usageCovered,
  type OnDemandUsd,
} from "../../src/domain/units.ts";
import { bestCommitment } from "../../src/optimize/optimum.ts";
import { whatIfAt } from "../../src/outcome/figures.ts";
import { commitmentsOfAll, type EvaluatedProblem } from "../../src/problem/evaluation.ts";
import { settleScenarios, type ScenarioTotals } from "../../src/settlement/scenarios.ts";

const usage = asOnDemandUsd(10);
const commitment = asCommitmentUsd(6);
const ratio = asRateRatio(0.6);

/** Is compiled and never called. */
const refused = (
  problem: EvaluatedProblem,
  scenario: ScenarioTotals,
  totals: SettledTotals,
  avoided: PiecewiseLinear,
  rates: OfferingRates,
): unknown[] => [
  // @ts-expect-error: a sum of both bases is of neither
  (usage + commitment) satisfies OnDemandUsd,
  // @ts-expect-error: a commitment becomes usage by a ratio alone
  asOnDemandUsd(commitment),
  // @ts-expect-error: only usage is covered
  commitmentToCover(commitment, ratio),
  // @ts-expect-error: a portfolio is of commitments
  portfolioOf(() => usage),
  // @ts-expect-error: utilization is of used commitment, not of covered usage
  utilization({ ...totals, usedUsd: totals.coveredOnDemandUsd }),
  // @ts-expect-error: a ratio is no dollars
  { ...rates, ratio: scenario.usedUsd } satisfies OfferingRates,
  // @ts-expect-error: settlement is given commitments
  settleScenarios(problem.settlement, scenario.coveredOnDemandUsd),
  // @ts-expect-error: so is the search
  bestCommitment(avoided, { hours: 1, weight: 1, mostUsdPerHour: usage }),
  // @ts-expect-error: so is the evaluation
  commitmentsOfAll([{ commitmentUsdPerHour: usage }], NOTHING),
  // @ts-expect-error: figures are of a portfolio
  whatIfAt(problem, problem.settlement.onDemandUsd),
];

test("a rate converts one basis into the other, and nothing else does", () => {
  expect(refused).toBeTypeOf("function");
  expect(commitmentToCover(usage, ratio)).toBeCloseTo(commitment, 12);
  expect(usageCovered(commitment, ratio)).toBeCloseTo(usage, 12);
});
