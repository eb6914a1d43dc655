import { describe, expect, test } from "vitest";
import { meanUsd } from "../../src/domain/risk.ts";
import { blindTree } from "../../src/domain/scenario-tree.ts";
import type { Program } from "../../src/optimize/program.ts";
import { prepareTree } from "../../src/optimize/prepare-tree.ts";
import type { ProgramSolution } from "../../src/optimize/solve-program.ts";
import { solveProgram } from "../../src/optimize/solve-program.ts";
import { solveTree, treeCosts } from "../../src/optimize/solve-tree.ts";
import { treeInformation } from "../../src/optimize/tree-information.ts";
import type { TreeProgram } from "../../src/optimize/tree-program.ts";
import { solveExtensiveTree } from "../oracle/extensive-tree.ts";
import { isWhole, someOf } from "../share.ts";
import { NEUTRAL, NO_LIMITS } from "../oracle/program-instance.ts";
import { treeInstance, withBaseline } from "../oracle/tree-instance.ts";

const SEEDS = 24;

const isLasting = ({ offers, scenarios }: TreeProgram, k: number): boolean =>
  offers[k]!.termHours === scenarios.hourCount;

/** `[node][offer]` */
const byNode = ({ offers, tree }: TreeProgram, decisions: readonly number[]): number[][] =>
  tree.nodes.map((_, n) => decisions.slice(n * offers.length, (n + 1) * offers.length));

/** The most that is active in a node, and the most that is paid upfront along a path of a year: plain arithmetic. */
function limited(
  program: TreeProgram,
  decisions: readonly number[],
): { mostUsdPerHour: number; upfrontUsd: number } {
  const bought = byNode(program, decisions);
  const lasting = (n: number, k: number): number =>
    n < 0 ? 0 : bought[n]![k]! + lasting(program.tree.nodes[n]!.parent, k);
  const active = bought.map((ofNode, n) =>
    ofNode.reduce((sum, c, k) => sum + (isLasting(program, k) ? lasting(n, k) : c), 0),
  );
  const upfront = (n: number): number =>
    n < 0
      ? 0
      : bought[n]!.reduce((sum, c, k) => sum + c * program.offers[k]!.upfrontUsd, 0) +
        upfront(program.tree.nodes[n]!.parent);
  return {
    mostUsdPerHour: Math.max(...active),
    upfrontUsd: Math.max(...bought.map((_, n) => upfront(n))),
  };
}

/** What is wrong with an answer, in words; nothing when it is right. */
function faults(program: TreeProgram, solution: ProgramSolution): string[] {
  const { valueUsd } = solveExtensiveTree(program);
  const { lowerBoundUsd, upperBoundUsd, commitmentsUsdPerHour } = solution;
  const heldUsd = solveExtensiveTree(
    { ...program, limits: NO_LIMITS },
    byNode(program, commitmentsUsdPerHour),
  ).valueUsd;
  const { mostUsdPerHour, upfrontUsd } = limited(program, commitmentsUsdPerHour);
  const { maxCommitmentUsdPerHour, maxUpfrontUsd } = program.limits;
  const near = 1e-6 * (1 + valueUsd);
  const checks: [name: string, isRight: boolean, ...values: number[]][] = [
    ["upper bound", Math.abs(upperBoundUsd - valueUsd) <= near, upperBoundUsd, valueUsd],
    ["lower bound", Math.abs(lowerBoundUsd - valueUsd) <= near, lowerBoundUsd, valueUsd],
    ["lower bound above the optimum", lowerBoundUsd <= valueUsd * (1 + 1e-9), lowerBoundUsd, valueUsd],
    ["cost of the answer", Math.abs(heldUsd - upperBoundUsd) <= near, heldUsd, upperBoundUsd],
    ["negative commitment", commitmentsUsdPerHour.every((c) => c >= 0), ...commitmentsUsdPerHour],
    ["commitment limit", mostUsdPerHour <= maxCommitmentUsdPerHour * (1 + 1e-8), mostUsdPerHour],
    ["upfront limit", upfrontUsd <= maxUpfrontUsd * (1 + 1e-8), upfrontUsd],
  ];
  return checks.flatMap(([name, isRight, ...values]) =>
    isRight ? [] : [`${name}: ${values.join(" against ")}`],
  );
}

describe("solveTree equals the extensive form", () => {
  test.each(someOf(Array.from({ length: SEEDS }, (_, n) => n + 1)))(
    "case %i of two to four offers, owned plans that end, the tail, limits",
    async (seed) => {
      const program = treeInstance(seed);
      expect(faults(program, await solveTree(program))).toEqual([]);
    },
  );

  test.runIf(isWhole)(
    "the cases have what they are named for: limits that bind, both kinds of plan bought, later nodes that differ",
    () => {
      const seen = { commitment: 0, upfront: 0, both: 0, differs: 0 };
      for (let seed = 1; seed <= SEEDS; seed++) {
        const program = treeInstance(seed);
        const { boughtUsdPerHour } = solveExtensiveTree(program);
        const { mostUsdPerHour, upfrontUsd } = limited(program, boughtUsdPerHour.flat());
        const { maxCommitmentUsdPerHour, maxUpfrontUsd } = program.limits;
        if (mostUsdPerHour > maxCommitmentUsdPerHour * 0.999) seen.commitment++;
        if (upfrontUsd > maxUpfrontUsd * 0.999) seen.upfront++;
        const isBought = (lasts: boolean): boolean =>
          boughtUsdPerHour.some((ofNode) =>
            ofNode.some((c, k) => isLasting(program, k) === lasts && c > 1e-6),
          );
        if (isBought(true) && isBought(false)) seen.both++;
        const second = program.tree.nodes.flatMap(({ stage }, n) =>
          stage === 1 ? [boughtUsdPerHour[n]!.reduce((sum, c) => sum + c, 0)] : [],
        );
        if (Math.max(...second) > Math.min(...second) + 1e-3) seen.differs++;
      }
      expect(seen.commitment).toBeGreaterThanOrEqual(3);
      expect(seen.upfront).toBeGreaterThanOrEqual(3);
      expect(seen.both).toBeGreaterThanOrEqual(6);
      expect(seen.differs).toBeGreaterThanOrEqual(12);
    },
  );

  test("without any use, nothing is bought and nothing is open", async () => {
    const { scenarios, ...rest } = treeInstance(5);
    const idle = { ...scenarios, growth: scenarios.growth.map(() => 0) };
    const program = withBaseline({ ...rest, scenarios: idle });
    const { commitmentsUsdPerHour, lowerBoundUsd, upperBoundUsd } = await solveTree(program);
    expect(commitmentsUsdPerHour.every((c) => c === 0)).toBe(true);
    expect(upperBoundUsd - lowerBoundUsd).toBeLessThanOrEqual(1e-9 * (1 + upperBoundUsd));
  });

  test("the tail of one in forty: planes that are nearly upright do not end the search", async () => {
    for (const seed of someOf([3, 7, 11])) {
      const program = { ...treeInstance(seed), risk: { aversion: 1, tail: 0.99 } };
      expect(faults(program, await solveTree(program))).toEqual([]);
    }
  });

  test("from a start that is the optimum, nothing, or far too much", async () => {
    for (const seed of someOf([1, 2, 3, 4])) {
      const program = treeInstance(seed);
      const optimum = solveExtensiveTree(program).boughtUsdPerHour.flat();
      for (const start of [optimum, optimum.map(() => 0), optimum.map((c) => 1_000 + 100 * c)]) {
        expect(faults(program, await solveTree(program, { start: [start] }))).toEqual([]);
      }
    }
  });
});

describe("limit cases", () => {
  test("one node a stage, all offers lasting and bought at the start: the two-stage program", async () => {
    for (const seed of someOf([1, 2, 3, 4, 5, 6])) {
      const { tree, limits, ...rest } = treeInstance(seed);
      const { scenarios, offers } = rest;
      const program = withBaseline({
        ...rest,
        limits: { ...limits, maxUpfrontUsd: Infinity },
        offers: offers.map((offer) => ({ ...offer, termHours: scenarios.hourCount })),
        tree: blindTree(scenarios, [0]),
        decides: [true],
      });
      const twoStage: Program = {
        ...program,
        offers: program.offers.map((offer) => ({
          ...offer,
          activeFrom: 0,
          activeHours: scenarios.hourCount,
        })),
        limits: { ...program.limits, minUtilization: 0 },
        baselineUsd: program.baselineUsd[0]!,
      };
      const expected = await solveProgram(twoStage);
      const one = await solveTree(program);
      expect(Math.abs(one.upperBoundUsd / expected.upperBoundUsd - 1)).toBeLessThan(1e-6);
      // Plans that last are bought at the start or later: later only where that is better, so never at a higher cost.
      const stages = withBaseline({
        ...program,
        decides: [true, true, true],
        tree: blindTree(scenarios, tree.stageStart),
      });
      const later = await solveTree(stages);
      expect(later.upperBoundUsd).toBeLessThanOrEqual(expected.upperBoundUsd * (1 + 1e-6));
    }
  });

  test("λ = 0 is the mean, whatever α; λ = 1 with α → 1 is the worst loss", async () => {
    for (const seed of someOf([2, 3, 5])) {
      const program = { ...treeInstance(seed), limits: NO_LIMITS };
      const mean = await solveTree({ ...program, risk: NEUTRAL });
      const other = await solveTree({ ...program, risk: { aversion: 0, tail: 0.9 } });
      expect(Math.abs(other.upperBoundUsd / mean.upperBoundUsd - 1)).toBeLessThan(1e-6);
      const prepared = prepareTree(program);
      const worst = await solveTree({ ...program, risk: { aversion: 1, tail: 0.999_999 } });
      const { upperUsd } = treeCosts(prepared, worst.commitmentsUsdPerHour);
      const worstLossUsd = Math.max(...upperUsd.map((usd, s) => usd - prepared.baselineUsd[s]!));
      const baseline = meanUsd(prepared.baselineUsd, program.scenarios.probability);
      expect(Math.abs(worst.upperBoundUsd - baseline - worstLossUsd)).toBeLessThan(1e-6 * (1 + baseline));
    }
  });

  test("waiting is worth something where later nodes differ, and nothing where the scenario is certain", async () => {
    let worth = 0;
    for (const seed of someOf([1, 2, 3, 4, 5, 6, 7, 8])) {
      const program = treeInstance(seed);
      const tree = await solveTree(program);
      const blind = await solveTree(withBlindTree(program));
      const usd = blind.upperBoundUsd - tree.upperBoundUsd;
      expect(usd).toBeGreaterThanOrEqual(-1e-6 * tree.upperBoundUsd);
      if (usd > 1e-4 * tree.upperBoundUsd) worth++;
      const certain = asIfCertain(program);
      const known = await solveTree(certain);
      const knownBlind = await solveTree(withBlindTree(certain));
      expect(Math.abs(knownBlind.upperBoundUsd / known.upperBoundUsd - 1)).toBeLessThan(1e-6);
    }
    expect(worth).toBeGreaterThanOrEqual(isWhole ? 5 : 0);
  });
});

test("WS ≤ RP ≤ EEV, and WS is the mean of the scenarios' own optima", async () => {
  const strict = { evpi: 0, vss: 0 };
  for (const seed of someOf([1, 2, 3, 5, 6, 8])) {
    const program = { ...treeInstance(seed), risk: NEUTRAL };
    const start = program.tree.nodes.flatMap(() => program.offers.map(() => 0));
    const { wsUsd, rpUsd, eevUsd } = await treeInformation(program, {
      start: [start],
      relativeTolerance: 1e-7,
    });
    const exact = solveExtensiveTree(program).valueUsd;
    const near = 1e-6 * exact;
    expect(Math.abs(rpUsd - exact)).toBeLessThan(near);
    expect(wsUsd).toBeLessThanOrEqual(rpUsd + near);
    expect(rpUsd).toBeLessThanOrEqual(eevUsd + near);
    const alone = Array.from(
      program.scenarios.probability,
      (p, s) => p * solveExtensiveTree(withOnly(program, s)).valueUsd,
    );
    expect(Math.abs(wsUsd - alone.reduce((sum, usd) => sum + usd, 0))).toBeLessThan(near);
    if (wsUsd < rpUsd - 10 * near) strict.evpi++;
    if (rpUsd < eevUsd - 10 * near) strict.vss++;
  }
  expect(strict.evpi).toBeGreaterThanOrEqual(isWhole ? 4 : 0);
  expect(strict.vss).toBeGreaterThanOrEqual(isWhole ? 4 : 0);
});

function withBlindTree(program: TreeProgram): TreeProgram {
  const tree = blindTree(program.scenarios, program.tree.stageStart);
  return {
    ...program,
    tree,
    baselineUsd: tree.nodes.map(({ stage, scenarios }) =>
      Float64Array.from(scenarios, (s) => {
        const n = program.tree.nodes.findIndex((node) => node.stage === stage && node.scenarios.includes(s));
        return program.baselineUsd[n]![program.tree.nodes[n]!.scenarios.indexOf(s)]!;
      }),
    ),
  };
}

/** Every scenario is the first. */
function asIfCertain(program: TreeProgram): TreeProgram {
  const { scenarios } = program;
  const { hourCount, probability } = scenarios;
  const first = (n: number): number => n % hourCount;
  return withBaseline({
    ...program,
    scenarios: {
      ...scenarios,
      baseHour: scenarios.baseHour.map((_, n) => scenarios.baseHour[first(n)]!),
      growth: scenarios.growth.map((_, n) => scenarios.growth[first(n)]!),
      probability: probability.map(() => 1 / probability.length),
    },
  });
}

function withOnly(program: TreeProgram, s: number): TreeProgram {
  const { scenarios } = program;
  const { hourCount } = scenarios;
  const alone = {
    ...scenarios,
    probability: Float64Array.of(1),
    baseHour: scenarios.baseHour.slice(s * hourCount, (s + 1) * hourCount),
    growth: scenarios.growth.slice(s * hourCount, (s + 1) * hourCount),
  };
  return withBaseline({ ...program, scenarios: alone, tree: blindTree(alone, program.tree.stageStart) });
}
