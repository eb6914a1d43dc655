/**
 * How much AWS's fixed order costs: the polished, settled answer against the linear program's bound, over random programs. The
 * settlement and the program are different rooms; this is where they are held against each other.
 */
import { expect, test } from "vitest";
import { meanUsd, riskEnvelope } from "../../src/domain/risk.ts";
import { polish } from "../../src/optimize/polish.ts";
import { solveProgram } from "../../src/optimize/solve-program.ts";
import { prepareScenarioSettlement, settleScenarios } from "../../src/settlement/scenarios.ts";
import { families, type ProgramInstance } from "../oracle/program-instance.ts";
import { sum } from "../oracle/instance.ts";

interface Gap {
  name: string;
  offers: number;
  /** (settled − lower bound) ÷ settled, of the polished answer and of the program's own commitments. */
  polished: number;
  unpolished: number;
  lpGap: number;
}

async function gapOf(name: string, { program: drawn0, skus }: ProgramInstance): Promise<Gap | null> {
  const payer = <T extends { ownerAccount: string }>(p: T): T => (process.env["PAYER"] && drawn0.sharing ? { ...p, ownerAccount: "payer" } : p);
  const drawn = { ...drawn0, offers: drawn0.offers.map(payer), owned: drawn0.owned.map(payer) };
  const { owned, offers, scenarios, sharing, risk, limits } = drawn;
  const { probability } = scenarios;
  const plans = [
    ...owned,
    ...offers.map(({ ownerAccount, rates, activeHours }) => ({
      ownerAccount,
      rates,
      commitmentUsdPerHour: 0,
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
    const wasted = of(({ usedUsd }) => usedUsd) < limits.minUtilization * of((each) => each.commitmentUsd) * (1 - 1e-9);
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
    maxEvaluations: Number(process.env["EVALS"] ?? 400),
  });
  const { lowerBoundUsd, upperBoundUsd } = solution;
  return {
    name,
    offers: offers.length,
    polished: (best.cost - lowerBoundUsd) / best.cost,
    unpolished: 1 - lowerBoundUsd / cost(start.map((usd) => Math.round(usd * 1e5) / 1e5)),
    lpGap: (upperBoundUsd - lowerBoundUsd) / upperBoundUsd,
  };
}

const FAMILIES = (process.env["FAMILIES"] ?? "severalOfferings,riskAverse,commitmentLimit,upfrontLimit,utilizationLimit,everyLimit,weightsAndTerms,awsLikeRates,aroundOwnedPlans").split(",");
const SEEDS = 26;

test("settled cost against the bound, over random programs", async () => {
  const gaps: Gap[] = [];
  for (const name of FAMILIES) {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const gap = await gapOf(`${name}(${seed})`, families[name]!(seed));
      if (gap) gaps.push(gap);
    }
  }
  const byFamily = Object.fromEntries(FAMILIES.map((f) => { const g = gaps.filter(({ name }) => name.startsWith(`${f}(`)); return [f, { n: g.length, mean: sum(g.map((x) => x.polished)) / g.length, max: Math.max(...g.map((x) => x.polished)), un: sum(g.map((x) => x.unpolished)) / g.length, unMax: Math.max(...g.map((x) => x.unpolished)) }]; }));
  console.log(byFamily, gaps.toSorted((a, b) => b.polished - a.polished).slice(0, 12));
  expect(gaps.length).toBeGreaterThanOrEqual(200);
}, 300_000);
