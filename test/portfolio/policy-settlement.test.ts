/** A policy's settled money against AWS's rule written slowly, scenario by scenario over its whole horizon. */
import { OPEN_SHARING } from "../../src/domain/sharing.ts";
import { describe, expect, test } from "vitest";
import type { PlanTerms } from "../../src/domain/commitment.ts";
import { pathTo } from "../../src/domain/scenario-tree.ts";
import type { Demand } from "../../src/domain/usage.ts";
import { asCommitmentUsd } from "../../src/domain/units.ts";
import type { TreeProgram } from "../../src/optimize/tree-program.ts";
import { prepareTree } from "../../src/optimize/prepare-tree.ts";
import { solveTree, treeCosts } from "../../src/optimize/solve-tree.ts";
import {
  groundOf,
  keepsLimits,
  polishedPolicy,
  settledPolicy,
} from "../../src/portfolio/policy-settlement.ts";
import { bootstrap } from "../../src/scenario/bootstrap.ts";
import { sampledHours } from "../../src/scenario/sample.ts";
import { treeOf } from "../../src/scenario/tree.ts";
import { prepareScenarioSettlement } from "../../src/settlement/prepare-scenarios.ts";
import { settleScenarios } from "../../src/settlement/scenarios.ts";
import { skuNamed } from "../oracle/instance.ts";
import { oracleSettle } from "../oracle/settle.ts";
import { treeInstance } from "../oracle/tree-instance.ts";
import { demandOf as historyOf, hours } from "../scenario/histories.ts";

const SKUS = Array.from({ length: 9 }, (_, sku) => skuNamed(`USE1-Host:ml.m5.${sku}xlarge`));

/** One scenario, written out. */
function demandOf({ scenarios }: TreeProgram, s: number): Demand {
  const { base, hourCount, baseHour, growth } = scenarios;
  const start = [0];
  const hour: number[] = [];
  const onDemandUsd: number[] = [];
  for (const item of base.items.keys()) {
    for (let t = 0; t < hourCount; t++) {
      for (let n = base.start[item]!; n < base.start[item + 1]!; n++) {
        if (base.hour[n] !== baseHour[s * hourCount + t]) continue;
        hour.push(t);
        onDemandUsd.push(Math.max(0, base.onDemandUsd[n]!) * growth[s * hourCount + t]!);
      }
    }
    start.push(hour.length);
  }
  return {
    hourCount,
    items: base.items,
    start: Int32Array.from(start),
    hour: Int32Array.from(hour),
    onDemandUsd: Float64Array.from(onDemandUsd),
  };
}

function oracleUsd(program: TreeProgram, s: number, bought: Float64Array): number {
  const { tree, offers, owned, scenarios, sharing } = program;
  const { hourCount } = scenarios;
  const leaf = tree.nodes.findIndex(({ stage, scenarios: own }) => stage === 2 && own.includes(s));
  const plans = pathTo(tree, leaf).flatMap((n, stage) =>
    offers.map(({ ownerAccount, rates, termHours }, k): PlanTerms => ({
      ownerAccount,
      rates,
      commitmentUsdPerHour: asCommitmentUsd(bought[n * offers.length + k]!),
      activeFrom: tree.stageStart[stage]!,
      activeTo: Math.min(hourCount, tree.stageStart[stage]! + termHours),
    })),
  );
  const all = [...owned, ...plans].filter(({ commitmentUsdPerHour }) => commitmentUsdPerHour > 0);
  const settled = oracleSettle(demandOf(program, s), SKUS, all, sharing);
  const paid = all.reduce(
    (usd, { commitmentUsdPerHour, activeFrom, activeTo }) =>
      usd + commitmentUsdPerHour * (Math.min(hourCount, activeTo) - Math.max(0, activeFrom)),
    0,
  );
  return settled.hours.reduce((usd, { onDemandLeftUsd }) => usd + onDemandLeftUsd, paid);
}

describe("a policy, settled by node", () => {
  test.each([1, 2, 4, 5, 8, 11])("%i: what AWS's rule says of each scenario", async (seed) => {
    const program = treeInstance(seed);
    const ground = groundOf(program, SKUS);
    const { commitmentsUsdPerHour, lowerBoundUsd } = await solveTree(ground.program, {
      relativeTolerance: 1e-4,
    });
    const policy = settledPolicy(ground, commitmentsUsdPerHour);
    const nothing = policy.bought.map(() => 0);
    for (const s of program.scenarios.probability.keys()) {
      const savedUsd = oracleUsd(program, s, nothing) - oracleUsd(program, s, policy.bought);
      expect(policy.netSavingsUsd[s]).toBeCloseTo(savedUsd, 6);
      expect(ground.baselineUsd[s]).toBeCloseTo(oracleUsd(program, s, nothing), 6);
    }
    expect(policy.riskAdjustedUsd).toBeGreaterThanOrEqual(lowerBoundUsd * (1 - 1e-9));
    expect(policy.bought.every((usd) => usd === 0 || (usd >= 0.001 && Number(usd.toFixed(5)) === usd))).toBe(
      true,
    );
    expect(keepsLimits(ground, policy.bought)).toBe(true);

    const polished = polishedPolicy(ground, policy);
    expect(polished.riskAdjustedUsd).toBeLessThanOrEqual(policy.riskAdjustedUsd);
    expect(polished.riskAdjustedUsd).toBeGreaterThanOrEqual(lowerBoundUsd * (1 - 1e-9));
    expect(settledPolicy(ground, polished.bought)).toEqual(polished);
    expect(keepsLimits(ground, polished.bought)).toBe(true);
  });

  // Seeds without a cost of capital.
  test.each([2, 3, 4, 7, 8, 11])(
    "%i: decisions between the hours that are settled: the program's costs are below AWS's rule's",
    async (seed) => {
      const { scenarios, tree, ...program } = treeInstance(seed);
      const coarse = { ...scenarios, startHour: scenarios.startHour.map((hour) => hour * 5) };
      const apart = { ...tree, stageStart: tree.stageStart.map((hour, stage) => hour * 5 + stage) };
      const offers = program.offers.map((offer) => ({ ...offer, termHours: offer.termHours * 5 }));
      const ground = groundOf({ ...program, offers, scenarios: coarse, tree: apart }, SKUS);
      const { commitmentsUsdPerHour } = await solveTree(ground.program, { relativeTolerance: 1e-4 });
      const policy = settledPolicy(ground, commitmentsUsdPerHour);
      const { lowerUsd } = treeCosts(prepareTree(ground.program), policy.bought);
      for (const s of scenarios.probability.keys()) {
        const settledUsd = ground.baselineUsd[s]! - policy.netSavingsUsd[s]!;
        expect(lowerUsd[s]!).toBeLessThanOrEqual(settledUsd * (1 + 1e-9));
      }
    },
  );

  test("what breaks a limit is said to", () => {
    const program = treeInstance(2);
    const most = program.limits.maxCommitmentUsdPerHour;
    const ground = groundOf(program, SKUS);
    const lasting = program.offers.findIndex(({ termHours }) => termHours === program.scenarios.hourCount);
    const bought = new Float64Array(program.tree.nodes.length * program.offers.length);
    const at = (n: number): number => n * program.offers.length + lasting;
    bought[at(0)] = 0.6 * most;
    expect(keepsLimits(ground, bought)).toBe(true);
    // Together with what lasts from the start.
    bought[at(1)] = 0.5 * most;
    expect(keepsLimits(ground, bought)).toBe(false);
  });
});

test("hours that stand for others: what is bought at the root alone is worth what it is worth without a tree", () => {
  const YEAR = 8_760;
  const history = historyOf(
    hours(24 * 28, (h) => 6 + 3 * Math.sin(h / 9)),
    hours(24 * 28, (h) => (h % 24 < 9 ? 5 : 0)),
  );
  const { paths } = bootstrap(history, { horizonHours: 3 * YEAR, scenarios: 30, seed: 1, growth: null });
  const months = Array.from({ length: 36 }, (_, n) => (n + 1) * 730);
  const scenarios = sampledHours(paths, 72, [...months, 3_001]);
  const ratesAt = (...ratio: number[]) => ({
    ratio: Float64Array.from(ratio),
    savingsPlanRateUsd: Float64Array.from(ratio),
    source: ratio.map(() => "file" as const),
  });
  const plan = (ratio: number[], commitmentUsdPerHour: number, activeTo: number): PlanTerms => ({
    ownerAccount: "1",
    rates: ratesAt(...ratio),
    commitmentUsdPerHour: asCommitmentUsd(commitmentUsdPerHour),
    activeFrom: 0,
    activeTo,
  });
  const owned = [plan([0.7, 0.75], 2, 3_001)];
  const bought = [plan([0.6, 0.65], 1.5, YEAR), plan([0.5, 0.55], 2.5, 3 * YEAR)];
  const offers = bought.map(({ rates }, k) => ({
    ownerAccount: "1",
    rates,
    weight: 1,
    upfrontUsd: 0,
    termHours: (k === 1 ? 3 : 1) * YEAR,
  }));
  const ground = groundOf(
    {
      scenarios,
      tree: treeOf(
        paths,
        [0, 1, 2].map((year) => ({ hour: year * YEAR, learns: true })),
      ),
      decides: [true, true, true],
      owned,
      offers,
      sharing: OPEN_SHARING,
      risk: { aversion: 0.2, tail: 0.9 },
      limits: { maxCommitmentUsdPerHour: Infinity, maxUpfrontUsd: Infinity },
    },
    SKUS,
  );
  const decisions = new Float64Array(13 * offers.length);
  decisions.set(bought.map(({ commitmentUsdPerHour }) => commitmentUsdPerHour));
  const policy = settledPolicy(ground, decisions);

  const settlement = prepareScenarioSettlement(scenarios, SKUS, [...owned, ...bought], {
    sharing: OPEN_SHARING,
    firstNew: 1,
  });
  const costUsd = (commitments: number[]): Float64Array =>
    Float64Array.from(
      settleScenarios(settlement, Float64Array.from(commitments)),
      ({ leftUsd, commitmentUsd }) => commitmentUsd.reduce((sum, usd) => sum + usd, leftUsd),
    );
  const [alone, together] = [costUsd([2, 0, 0]), costUsd([2, 1.5, 2.5])];
  for (const s of scenarios.probability.keys()) {
    expect(ground.baselineUsd[s]).toBeCloseTo(alone[s]!, 6);
    expect(policy.netSavingsUsd[s]).toBeCloseTo(alone[s]! - together[s]!, 6);
  }
});
