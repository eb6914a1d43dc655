/**
 * How much AWS's fixed order costs: the polished, settled answer against the linear program's bound, over random programs. The
 * settlement and the program are different rooms; this is where they are held against each other.
 */
import { expect, test } from "vitest";
import { meanUsd, riskEnvelope } from "../../src/domain/risk.ts";
import { asCommitmentUsd } from "../../src/domain/units.ts";
import { polish } from "../../src/optimize/polish.ts";
import { solveProgram } from "../../src/optimize/solve-program.ts";
import { prepareScenarioSettlement } from "../../src/settlement/prepare-scenarios.ts";
import { settleScenarios } from "../../src/settlement/scenarios.ts";
import { families, type ProgramInstance } from "../oracle/program-instance.ts";
import { isWhole, shareOf } from "../share.ts";
import { sum } from "../oracle/instance.ts";

interface Gap {
  name: string;
  /** (settled − lower bound) ÷ settled. */
  gap: number;
  isUtilizationLimited: boolean;
}

/** Bought in the management account, which uses nothing itself: the usual way, and the one in which no account goes first. */
const byPayer = <T extends { ownerAccount: string }>(plan: T): T => ({ ...plan, ownerAccount: "payer" });

async function gapOf(name: string, { program, skus }: ProgramInstance): Promise<Gap | null> {
  const shared =
    program.sharing.mode === "open"
      ? { ...program, offers: program.offers.map(byPayer), owned: program.owned.map(byPayer) }
      : program;
  return settledGap(name, { program: shared, skus });
}

async function settledGap(name: string, { program: drawn, skus }: ProgramInstance): Promise<Gap | null> {
  const { owned, offers, scenarios, sharing, risk, limits } = drawn;
  const { probability } = scenarios;
  const plans = [
    ...owned,
    ...offers.map(({ ownerAccount, rates, activeHours }) => ({
      ownerAccount,
      rates,
      commitmentUsdPerHour: asCommitmentUsd(0),
      activeFrom: 0,
      activeTo: activeHours,
    })),
  ];
  const settlement = prepareScenarioSettlement(scenarios, skus, plans, { sharing, firstNew: owned.length });
  const settle = (c: ArrayLike<number>) =>
    settleScenarios(
      settlement,
      Float64Array.from([...owned.map((plan) => plan.commitmentUsdPerHour), ...Array.from(c)]),
    );
  const costs = (c: ArrayLike<number>): Float64Array => {
    const capitalUsd = offers.reduce(
      (usd, { weight, activeHours }, k) => usd + (weight - 1) * activeHours * c[k]!,
      0,
    );
    return Float64Array.from(
      settle(c),
      ({ leftUsd, commitmentUsd }) => leftUsd + sum(commitmentUsd) + capitalUsd,
    );
  };
  const baselineUsd = costs(new Float64Array(offers.length));
  const program = { ...drawn, baselineUsd };
  const cost = (c: Float64Array): number => {
    const committed = sum(c);
    const upfront = offers.reduce((usd, { upfrontUsd }, k) => usd + upfrontUsd * c[k]!, 0);
    if (committed > limits.maxCommitmentUsdPerHour * (1 + 1e-9)) return Infinity;
    if (upfront > limits.maxUpfrontUsd * (1 + 1e-9)) return Infinity;
    const totals = settle(c);
    const of = (usd: (each: (typeof totals)[number]) => Float64Array): number =>
      totals.reduce((all, each, s) => all + probability[s]! * sum(usd(each).subarray(owned.length)), 0);
    const wasted =
      of(({ usedUsd }) => usedUsd) < limits.minUtilization * of((each) => each.commitmentUsd) * (1 - 1e-9);
    if (wasted) return Infinity;
    const lossUsd = costs(c).map((usd, s) => usd - baselineUsd[s]!);
    return meanUsd(baselineUsd, probability) + meanUsd(lossUsd, riskEnvelope(lossUsd, probability, risk));
  };
  const solution = await solveProgram(program);
  if (!(solution.upperBoundUsd > 1e-6)) return null;
  const singles = await Promise.all(
    offers.map(async (offer, k) => {
      const alone = await solveProgram({ ...program, offers: [offer] });
      return Float64Array.from(offers, (_, n) => (n === k ? alone.commitmentsUsdPerHour[0]! : 0));
    }),
  );
  const start = Float64Array.from(solution.commitmentsUsdPerHour);
  const size = Math.max(0.01, ...start, ...singles.flatMap((each) => [...each]));
  const best = polish([start, ...singles, new Float64Array(offers.length)], cost, {
    scaleUsdPerHour: new Float64Array(offers.length).fill(size),
    maxEvaluations: 50 + 50 * offers.length,
  });
  return {
    name,
    gap: (best.cost - solution.lowerBoundUsd) / best.cost,
    isUtilizationLimited: limits.minUtilization > 0,
  };
}

const SEEDS = 26;

async function gapsOf(names: readonly string[]): Promise<Gap[]> {
  const gaps: Gap[] = [];
  for (const name of names) {
    for (let seed = 1; seed <= shareOf(SEEDS); seed++) {
      const gap = await gapOf(`${name}(${seed})`, families[name]!(seed));
      if (gap) gaps.push(gap);
    }
  }
  return gaps;
}

const mean = (gaps: readonly Gap[]): number => sum(gaps.map(({ gap }) => gap)) / gaps.length;
const worst = (gaps: readonly Gap[]): Gap => gaps.reduce((most, each) => (each.gap > most.gap ? each : most));

test("the settled answer is near the bound: 0.6 % on the mean of over 200 random programs", async () => {
  const all = await gapsOf([
    "severalOfferings",
    "riskAverse",
    "commitmentLimit",
    "upfrontLimit",
    "weightsAndTerms",
    "awsLikeRates",
    "aroundOwnedPlans",
    "productRatios",
  ]);
  const gaps = all.filter(({ isUtilizationLimited }) => !isUtilizationLimited);
  expect(gaps.length).toBeGreaterThanOrEqual(shareOf(SEEDS) * 7.5);
  expect(mean(gaps)).toBeLessThanOrEqual(0.006);
  // In a few programs AWS's order gives away more, and no commitments are better: a search from 60 random starts found none.
  const wide = gaps.filter(({ gap }) => gap > 0.015);
  expect(wide.length).toBeLessThanOrEqual(Math.ceil(0.025 * gaps.length));
  expect(worst(gaps).gap).toBeLessThanOrEqual(0.03);
}, 120_000);

test("under a utilization limit the bound is weak: AWS's order decides which plan is used, and the bound may not", async () => {
  const gaps = await gapsOf(["utilizationLimit", "everyLimit"]);
  // The mean of a few is no mean.
  expect(mean(gaps)).toBeLessThanOrEqual(isWhole ? 0.03 : 0.06);
  expect(worst(gaps).gap).toBeLessThanOrEqual(0.15);
}, 120_000);
