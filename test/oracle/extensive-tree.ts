/**
 * The whole multistage program written out and given to HiGHS: as in `extensive-program.ts`, but with a variable for every node
 * and offer, and in hour t of scenario s
 *
 *     Σ_i r_ik·x_stik ≤ Σ_n C_nk      n: the node of s and t, and those before it from which the offer's term reaches it
 *
 * It shares nothing with src/optimize but the vocabulary.
 */
import loaded from "highs";
import type { TreeProgram } from "../../src/optimize/tree-program.ts";
import {
  addAssignment,
  column,
  owedWithoutOffers,
  put,
  row,
  solve,
  unitOf,
  usesOf,
  type LinearProgram,
} from "./extensive-program.ts";

const highs = await (loaded as unknown as typeof loaded.default)();

export interface TreeOptimum {
  valueUsd: number;
  /** `[node][offer]` */
  boughtUsdPerHour: number[][];
}

/** `held`: commitments that are given, not chosen; the value is then what they cost. */
export function solveExtensiveTree(program: TreeProgram, held?: readonly number[][]): TreeOptimum {
  const { scenarios, tree, offers, risk, limits } = program;
  const { probability, hourCount } = scenarios;
  const whole = {
    ...program,
    offers: offers.map((offer) => ({ ...offer, activeFrom: 0, activeHours: hourCount })),
  };
  const uses = usesOf({ ...whole, limits: { ...limits, minUtilization: 0 }, baselineUsd: probability });
  const unit = unitOf(uses);
  const lp: LinearProgram = { rows: [], columns: [] };
  const bought = tree.nodes.map((_, n) =>
    offers.map((_offer, k) => {
      const c = column(lp, 0);
      if (held !== undefined) put(lp, row(lp, held[n]![k]! / unit, held[n]![k]! / unit), c, 1);
      return c;
    }),
  );
  /** The decisions that give an offer its commitment in a node. */
  const sources = (n: number, k: number, at = tree.nodes[n]!.stage): number[] => {
    const parent = tree.nodes[n]!.parent;
    const { stage } = tree.nodes[n]!;
    const isActive = tree.stageStart[at]! < tree.stageStart[stage]! + offers[k]!.termHours;
    const own = program.decides[stage] && isActive ? [bought[n]![k]!] : [];
    return [...own, ...(parent >= 0 ? sources(parent, k, at) : [])];
  };
  const nodeAt = (s: number, t: number): number => {
    const stage = tree.stageStart.filter((start) => start <= t).length - 1;
    return tree.nodes.findIndex((node) => node.stage === stage && node.scenarios.includes(s));
  };

  const baseline = Array.from(probability, () => 0);
  for (const [n, { scenarios: own }] of tree.nodes.entries()) {
    for (const [i, s] of own.entries()) baseline[s]! += program.baselineUsd[n]![i]!;
  }
  const owedUsd = owedWithoutOffers(
    { ...whole, limits: { ...limits, minUtilization: 0 }, baselineUsd: probability },
    uses,
  );
  const losses = Array.from(probability, (p) => column(lp, (1 - risk.aversion) * p, -highs.infinity));
  const lossRows = losses.map((loss, s) => {
    const usd = (owedUsd[s]! - baseline[s]!) / unit;
    const lossRow = row(lp, usd, usd);
    put(lp, lossRow, loss, 1);
    const paid = new Map<number, number>();
    for (let t = 0; t < hourCount; t++) {
      const n = nodeAt(s, t);
      for (const [k, { weight }] of offers.entries()) {
        for (const c of sources(n, k)) paid.set(c, (paid.get(c) ?? 0) - weight);
      }
    }
    for (const [c, usdPerUnit] of paid) put(lp, lossRow, c, usdPerUnit);
    return lossRow;
  });
  if (risk.aversion > 0) {
    const eta = column(lp, risk.aversion, -highs.infinity);
    for (const [s, loss] of losses.entries()) {
      const excess = column(lp, (risk.aversion * probability[s]!) / (1 - risk.tail));
      const excessRow = row(lp, 0, highs.infinity);
      put(lp, excessRow, excess, 1);
      put(lp, excessRow, loss, -1);
      put(lp, excessRow, eta, 1);
    }
  }
  addAssignment(lp, program, uses, unit, {
    covered: (x, { scenario }) => put(lp, lossRows[scenario]!, x, 1),
    offerRow: (k, { scenario, t }) => {
      const commitmentRow = row(lp, -highs.infinity, 0);
      for (const c of sources(nodeAt(scenario, t), k)) put(lp, commitmentRow, c, -1);
      return commitmentRow;
    },
  });
  if (limits.maxCommitmentUsdPerHour < Infinity) {
    for (const n of tree.nodes.keys()) {
      const limitRow = row(lp, -highs.infinity, limits.maxCommitmentUsdPerHour / unit);
      for (const k of offers.keys()) for (const c of sources(n, k)) put(lp, limitRow, c, 1);
    }
  }
  if (limits.maxUpfrontUsd < Infinity) {
    // Cash within each year from now, along every scenario.
    for (const s of probability.keys()) {
      const years = new Map<number, number[]>();
      for (const [n, { stage, scenarios: own }] of tree.nodes.entries()) {
        const year = Math.floor(tree.stageStart[stage]! / 8_760);
        if (own.includes(s)) years.set(year, [...(years.get(year) ?? []), n]);
      }
      for (const nodes of years.values()) {
        const limitRow = row(lp, -highs.infinity, limits.maxUpfrontUsd / unit);
        for (const n of nodes)
          for (const [k, c] of bought[n]!.entries()) put(lp, limitRow, c, offers[k]!.upfrontUsd);
      }
    }
  }
  const { value, x } = solve(lp);
  const meanBaselineUsd = probability.reduce((sum, p, s) => sum + p * baseline[s]!, 0);
  return {
    valueUsd: meanBaselineUsd + unit * value,
    boughtUsdPerHour: bought.map((ofNode) => ofNode.map((c) => unit * x[c]!)),
  };
}
