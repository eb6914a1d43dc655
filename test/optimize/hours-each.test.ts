import { OPEN_SHARING } from "../../src/domain/sharing.ts";
import { expect, test } from "vitest";
import type { PlanTerms } from "../../src/domain/commitment.ts";
import {
  everyHour,
  horizonHours,
  hoursOf,
  meanScenario,
  type ScenarioSet,
} from "../../src/domain/scenario.ts";
import { asCommitmentUsd } from "../../src/domain/units.ts";
import { prepareRecourse } from "../../src/optimize/prepare-recourse.ts";
import { evaluate } from "../../src/optimize/recourse.ts";
import { solveProgram } from "../../src/optimize/solve-program.ts";
import { bootstrap } from "../../src/scenario/bootstrap.ts";
import { sampledHours } from "../../src/scenario/sample.ts";
import { prepareScenarioSettlement } from "../../src/settlement/prepare-scenarios.ts";
import { settleScenarios } from "../../src/settlement/scenarios.ts";
import { demandOf, hours, skuNamed } from "../scenario/histories.ts";

const history = demandOf(
  hours(24 * 20, (h) => 5 + (h % 24)),
  hours(24 * 20, (h) => (h % 7) + 1),
);
const { paths } = bootstrap(history, { horizonHours: 300, scenarios: 6, seed: 1, growth: null });
const sampled = sampledHours(paths, 50);
const single: ScenarioSet = { ...sampled, startHour: everyHour(50) };
const skus = ["m5", "g5"].map((family) => skuNamed(`USE1-Host:ml.${family}.xlarge`));
const ratio = Float64Array.of(0.6, 0.7);
const rates = { ratio, savingsPlanRateUsd: ratio, source: [null, null] };
const owned: PlanTerms = {
  ownerAccount: "1",
  rates,
  commitmentUsdPerHour: asCommitmentUsd(2),
  activeFrom: 0,
  activeTo: 0,
};

test("an hour that stands for six costs six times as much, in the recourse and in settlement", () => {
  expect([hoursOf(sampled, 0), hoursOf(sampled, 49), horizonHours(sampled)]).toEqual([6, 6, 300]);
  const [six, one] = [sampled, single].map((scenarios) => {
    const width = hoursOf(scenarios, 0);
    const old = { ...owned, activeTo: 30 * width };
    const plans = [old, { ...owned, commitmentUsdPerHour: asCommitmentUsd(0), activeTo: 50 * width }];
    const settlement = prepareScenarioSettlement(scenarios, skus, plans, {
      sharing: OPEN_SHARING,
      firstNew: 1,
    });
    const settled = settleScenarios(settlement, Float64Array.of(2, 5));
    const { lowerUsd, upperUsd, slope } = evaluate(
      prepareRecourse({
        scenarios,
        owned: [old],
        offers: [
          { ownerAccount: "1", rates, activeFrom: 0, activeHours: 50 * width, weight: 1.05, upfrontUsd: 0 },
        ],
        sharing: OPEN_SHARING,
        risk: { aversion: 0.2, tail: 0.9 },
        limits: { minUtilization: 0, maxCommitmentUsdPerHour: Infinity, maxUpfrontUsd: Infinity },
        baselineUsd: settlement.onDemandUsd,
      }),
      [5],
    );
    return [
      ...lowerUsd,
      ...upperUsd,
      ...slope,
      ...settlement.onDemandUsd,
      ...settled.flatMap((each) => [
        each.onDemandUsd,
        each.leftUsd,
        each.hoursUnderused,
        ...each.coveredOnDemandUsd,
        ...each.usedUsd,
        ...each.commitmentUsd,
      ]),
    ];
  });
  expect(one!.some((usd) => usd > 0)).toBe(true);
  for (const [n, usd] of one!.entries()) expect(six![n]).toBeCloseTo(6 * usd, 6);
  expect(meanScenario(sampled).startHour).toEqual(sampled.startHour);
});

test("the optimum is the same; its bound is six times as much", async () => {
  const [six, one] = await Promise.all(
    [sampled, single].map((scenarios) => {
      const { onDemandUsd } = prepareScenarioSettlement(scenarios, skus, [], {
        sharing: OPEN_SHARING,
        firstNew: 0,
      });
      return solveProgram({
        scenarios,
        owned: [],
        offers: [
          {
            ownerAccount: "1",
            rates,
            activeFrom: 0,
            activeHours: horizonHours(scenarios),
            weight: 1,
            upfrontUsd: 0,
          },
        ],
        sharing: OPEN_SHARING,
        risk: { aversion: 0.4, tail: 0.8 },
        limits: { minUtilization: 0.7, maxCommitmentUsdPerHour: Infinity, maxUpfrontUsd: Infinity },
        baselineUsd: onDemandUsd,
      });
    }),
  );
  expect(six!.lowerBoundUsd / one!.lowerBoundUsd).toBeCloseTo(6, 6);
  expect(six!.upperBoundUsd / one!.upperBoundUsd).toBeCloseTo(6, 6);
});
