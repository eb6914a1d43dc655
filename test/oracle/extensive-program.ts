/**
 * The whole two-stage program written out and given to HiGHS:
 *
 *     min  Σ_s p_s·baseline_s + (1−λ)·Σ_s p_s·loss_s + λ·(η + Σ_s p_s·z_s / (1−α))
 *     s.t. loss_s = Σ_owned C_j·hours_j + Σ_k weight_k·hours_k·C_k + Σ_t (Σ_i d_sti − Σ_ik x_stik) − baseline_s
 *          z_s ≥ loss_s − η                                        (left out when λ = 0)
 *          Σ_i r_ik·x_stik ≤ C_k                                   k offer (C_k a variable) or owned plan, active in t
 *          Σ_k x_stik ≤ d_sti
 *          Σ_{k active in t} C_k ≤ budget,   Σ_k upfront_k·C_k ≤ cash            (when finite)
 *          ω_st ≥ Σ_{k∈S} C_k − Σ_i max_{k∈S} r_ik·d_sti           for every set S of the offers active in t
 *          Σ_s p_s·Σ_t ω_st ≤ (1−u)·Σ_k hours_k·C_k                (when u > 0)
 *          x, C, z, ω ≥ 0,   η free
 *
 * It shares nothing with src/optimize but the vocabulary. HiGHS's tolerances are absolute, so dollars are handed over in units
 * of the largest entry of the demand.
 */
import type { Sharing } from "../../src/domain/sharing.ts";
import loaded from "highs";
import type { Program } from "../../src/optimize/program.ts";

// The package's types are read as CommonJS and nest the loader one `default` deeper than its ES module does.
const highs = await (loaded as unknown as typeof loaded.default)();

interface Row {
  lower: number;
  upper: number;
}

interface Column extends Row {
  cost: number;
  entries: { row: number; value: number }[];
}

export interface LinearProgram {
  rows: Row[];
  columns: Column[];
}

/** One entry of the demand in one hour of one scenario, and the plans that may cover it: first the owned, then the offers. */
export interface Use {
  scenario: number;
  t: number;
  usd: number;
  covering: { plan: number; ratio: number }[];
}

export interface ExtensiveOptimum {
  valueUsd: number;
  commitmentsUsdPerHour: number[];
}

/** The optimum. */
export function solveExtensiveProgram(program: Program): ExtensiveOptimum {
  const { scenarios, offers, risk, limits, baselineUsd } = program;
  const { probability } = scenarios;
  const uses = usesOf(program);
  const unit = unitOf(uses);
  const lp: LinearProgram = { rows: [], columns: [] };
  const commitments = offers.map(() => column(lp, 0));
  const losses = Array.from(probability, (p) => column(lp, (1 - risk.aversion) * p, -highs.infinity));

  const owedUsd = owedWithoutOffers(program, uses);
  const lossRows = losses.map((loss, s) => {
    const usd = (owedUsd[s]! - baselineUsd[s]!) / unit;
    const lossRow = row(lp, usd, usd);
    put(lp, lossRow, loss, 1);
    for (const [k, { weight, activeHours }] of offers.entries()) {
      put(lp, lossRow, commitments[k]!, -weight * activeHours);
    }
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
    offerRow: (k) => {
      const commitmentRow = row(lp, -highs.infinity, 0);
      put(lp, commitmentRow, commitments[k]!, -1);
      return commitmentRow;
    },
  });

  if (limits.maxCommitmentUsdPerHour < Infinity) {
    for (let t = 0; t < scenarios.hourCount; t++) {
      const limitRow = row(lp, -highs.infinity, limits.maxCommitmentUsdPerHour / unit);
      for (const k of activeIn(offers, t)) put(lp, limitRow, commitments[k]!, 1);
    }
  }
  if (limits.maxUpfrontUsd < Infinity) {
    const limitRow = row(lp, -highs.infinity, limits.maxUpfrontUsd / unit);
    for (const [k, c] of commitments.entries()) put(lp, limitRow, c, offers[k]!.upfrontUsd);
  }
  if (limits.minUtilization > 0) {
    const unusedRow = row(lp, -highs.infinity, 0);
    for (const [k, c] of commitments.entries()) {
      put(lp, unusedRow, c, -(1 - limits.minUtilization) * offers[k]!.activeHours);
    }
    for (const { scenario, sets } of usableUsdPerHour(program, uses)) {
      const unused = column(lp, 0);
      put(lp, unusedRow, unused, probability[scenario]!);
      for (const { plans, usd } of sets) {
        const hourRow = row(lp, -usd / unit, highs.infinity);
        put(lp, hourRow, unused, 1);
        for (const plan of plans) put(lp, hourRow, commitments[plan]!, -1);
      }
    }
  }

  const { value, x } = solve(lp);
  const meanBaselineUsd = probability.reduce((sum, p, s) => sum + p * baselineUsd[s]!, 0);
  return {
    valueUsd: meanBaselineUsd + unit * value,
    commitmentsUsdPerHour: commitments.map((c) => unit * x[c]!),
  };
}

/** `[scenario]` What the scenario costs with the offers held at these commitments, every hour's usage assigned as well as can be. */
export function scenarioCostsUsd(program: Program, commitmentsUsdPerHour: readonly number[]): number[] {
  const { scenarios, offers } = program;
  const uses = usesOf(program);
  const unit = unitOf(uses);
  const lp: LinearProgram = { rows: [], columns: [] };
  const covered: { x: number; scenario: number }[] = [];
  addAssignment(lp, program, uses, unit, {
    covered: (x, { scenario }) => {
      lp.columns[x]!.cost = -1;
      covered.push({ x, scenario });
    },
    offerRow: (k) => row(lp, -highs.infinity, commitmentsUsdPerHour[k]! / unit),
  });
  const { x } = solve(lp);
  const offersUsd = offers.reduce(
    (sum, { weight, activeHours }, k) => sum + weight * activeHours * commitmentsUsdPerHour[k]!,
    0,
  );
  const coveredUsd = Array.from(scenarios.probability, () => 0);
  for (const each of covered) coveredUsd[each.scenario]! += unit * x[each.x]!;
  return owedWithoutOffers(program, uses).map((owed, s) => owed + offersUsd - coveredUsd[s]!);
}

/** The objective with the offers held at these commitments, whatever the limits say: CVaR from the sorted losses. */
export function extensiveValueUsd(program: Program, commitmentsUsdPerHour: readonly number[]): number {
  const { scenarios, risk, baselineUsd } = program;
  const { probability } = scenarios;
  const lossUsd = scenarioCostsUsd(program, commitmentsUsdPerHour).map((usd, s) => usd - baselineUsd[s]!);
  const mean = (usd: ArrayLike<number>): number => probability.reduce((sum, p, s) => sum + p * usd[s]!, 0);
  const worstFirst = [...lossUsd.keys()].sort((a, b) => lossUsd[b]! - lossUsd[a]!);
  let left = 1 - risk.tail;
  let tailUsd = 0;
  for (const s of worstFirst) {
    const share = Math.min(left, probability[s]!);
    tailUsd += (share / (1 - risk.tail)) * lossUsd[s]!;
    left -= share;
  }
  return mean(baselineUsd) + (1 - risk.aversion) * mean(lossUsd) + risk.aversion * tailUsd;
}

export interface LimitedAmounts {
  commitmentUsdPerHour: number;
  upfrontUsd: number;
  /** Expected share of the new commitments that could be used; 1 without commitments. */
  utilization: number;
}

/** What the limits are about, at these commitments: plain arithmetic. */
export function limitedAmounts(program: Program, commitmentsUsdPerHour: readonly number[]): LimitedAmounts {
  const { scenarios, offers } = program;
  const amounts: LimitedAmounts = { commitmentUsdPerHour: 0, upfrontUsd: 0, utilization: 1 };
  let promisedUsd = 0;
  for (let t = 0; t < scenarios.hourCount; t++) {
    const usd = activeIn(offers, t).reduce((sum, k) => sum + commitmentsUsdPerHour[k]!, 0);
    amounts.commitmentUsdPerHour = Math.max(amounts.commitmentUsdPerHour, usd);
  }
  for (const [k, { upfrontUsd, activeHours }] of offers.entries()) {
    const c = commitmentsUsdPerHour[k]!;
    amounts.upfrontUsd += upfrontUsd * c;
    promisedUsd += activeHours * c;
  }
  let unusedUsd = 0;
  for (const { scenario, sets } of usableUsdPerHour(program, usesOf(program))) {
    const unused = sets.map(
      ({ plans, usd }) => plans.reduce((sum, plan) => sum + commitmentsUsdPerHour[plan]!, 0) - usd,
    );
    unusedUsd += scenarios.probability[scenario]! * Math.max(0, ...unused);
  }
  if (promisedUsd > 0) amounts.utilization = 1 - unusedUsd / promisedUsd;
  return amounts;
}

/** The variables x and their rows, shared by both programs above. */
export function addAssignment(
  lp: LinearProgram,
  { owned }: Pick<Program, "owned">,
  uses: readonly Use[],
  unit: number,
  roles: { covered: (x: number, use: Use) => void; offerRow: (offer: number, use: Use) => number },
): void {
  const commitmentRows = new Map<string, number>();
  for (const use of uses) {
    if (use.covering.length === 0) continue;
    const useRow = row(lp, -highs.infinity, use.usd / unit);
    for (const { plan, ratio } of use.covering) {
      const key = `${use.scenario} ${use.t} ${plan}`;
      const commitmentRow =
        commitmentRows.get(key) ??
        (plan < owned.length
          ? row(lp, -highs.infinity, owned[plan]!.commitmentUsdPerHour / unit)
          : roles.offerRow(plan - owned.length, use));
      commitmentRows.set(key, commitmentRow);
      const x = column(lp, 0);
      put(lp, useRow, x, 1);
      put(lp, commitmentRow, x, ratio);
      roles.covered(x, use);
    }
  }
}

/** Every entry of every hour of every scenario. Only a positive amount can be covered. */
export function usesOf({ scenarios, owned, offers, sharing }: Program): Use[] {
  const { hourCount, base, probability, baseHour, growth } = scenarios;
  const entries = Array.from({ length: base.hourCount }, (): { item: number; usd: number }[] => []);
  for (const item of base.items.keys()) {
    for (let n = base.start[item]!; n < base.start[item + 1]!; n++) {
      entries[base.hour[n]!]!.push({ item, usd: base.onDemandUsd[n]! });
    }
  }
  const plans = [
    ...owned,
    ...offers.map((offer) => ({ ...offer, activeTo: offer.activeFrom + offer.activeHours })),
  ];
  const uses: Use[] = [];
  for (let scenario = 0; scenario < probability.length; scenario++) {
    for (let t = 0; t < hourCount; t++) {
      const place = scenario * hourCount + t;
      for (const { item, usd } of entries[baseHour[place]!]!) {
        const { account, sku } = base.items[item]!;
        const covering = plans.flatMap(({ ownerAccount, rates, activeFrom, activeTo }, plan) => {
          const ratio = rates.ratio[sku]!;
          const isActive = activeFrom <= t && t < activeTo;
          const mayCover = Number.isFinite(ratio) && ratio > 0 && mayShare(sharing, ownerAccount, account);
          return isActive && mayCover ? [{ plan, ratio }] : [];
        });
        const grown = usd * growth[place]!;
        uses.push({ scenario, t, usd: grown, covering: grown > 0 ? covering : [] });
      }
    }
  }
  return uses;
}

/** Whether a plan of the owner may cover usage of the account at all. */
export function mayShare({ mode, groups }: Sharing, owner: string, account: string): boolean {
  if (owner === account || mode === "open" || mode === "prioritized") return true;
  return mode === "restricted" && groups.has(owner) && groups.get(owner) === groups.get(account);
}

/** `[scenario]` The owned commitments and all usage at On-Demand rates. */
export function owedWithoutOffers({ scenarios, owned }: Program, uses: readonly Use[]): number[] {
  let ownedUsd = 0;
  for (const { commitmentUsdPerHour, activeFrom, activeTo } of owned) {
    for (let t = 0; t < scenarios.hourCount; t++) {
      if (activeFrom <= t && t < activeTo) ownedUsd += commitmentUsdPerHour;
    }
  }
  const owed = Array.from(scenarios.probability, () => ownedUsd);
  for (const { scenario, usd } of uses) owed[scenario]! += usd;
  return owed;
}

/** For each hour and set of the offers active in it: what they could use if each item went to the dearest of them, $/h. */
function usableUsdPerHour(
  { scenarios, owned, offers }: Program,
  uses: readonly Use[],
): { scenario: number; sets: { plans: number[]; usd: number }[] }[] {
  const { hourCount, probability } = scenarios;
  const hours = Array.from(probability, (_, scenario) =>
    Array.from({ length: hourCount }, (_hour, t) => ({ scenario, sets: subsets(activeIn(offers, t)) })),
  );
  for (const { scenario, t, usd, covering } of uses) {
    for (const set of hours[scenario]![t]!.sets) {
      const ratios = covering.map(({ plan, ratio }) => (set.plans.includes(plan - owned.length) ? ratio : 0));
      set.usd += Math.max(0, ...ratios) * usd;
    }
  }
  return hours.flat();
}

const activeIn = (offers: Program["offers"], t: number): number[] =>
  offers.flatMap(({ activeFrom, activeHours }, k) =>
    activeFrom <= t && t < activeFrom + activeHours ? [k] : [],
  );

const subsets = (plans: readonly number[]): { plans: number[]; usd: number }[] =>
  Array.from({ length: 2 ** plans.length - 1 }, (_, n) => ({
    plans: plans.filter((_plan, bit) => ((n + 1) >> bit) & 1),
    usd: 0,
  }));

export const unitOf = (uses: readonly Use[]): number =>
  uses.reduce((most, { usd }) => Math.max(most, usd), 0) || 1;

export function row(lp: LinearProgram, lower: number, upper: number): number {
  return lp.rows.push({ lower, upper }) - 1;
}

export function column(lp: LinearProgram, cost: number, lower = 0): number {
  return lp.columns.push({ cost, lower, upper: highs.infinity, entries: [] }) - 1;
}

export function put({ columns }: LinearProgram, toRow: number, toColumn: number, value: number): void {
  columns[toColumn]!.entries.push({ row: toRow, value });
}

export function solve({ rows, columns }: LinearProgram): { value: number; x: ArrayLike<number> } {
  if (columns.length === 0) return { value: 0, x: [] };
  const starts = new Int32Array(columns.length + 1);
  for (const [n, { entries }] of columns.entries()) starts[n + 1] = starts[n]! + entries.length;
  const entries = columns.flatMap((each) => each.entries);
  const model = highs.createModel({
    numCols: columns.length,
    numRows: rows.length,
    colCost: Float64Array.from(columns, ({ cost }) => cost),
    colLower: Float64Array.from(columns, ({ lower }) => lower),
    colUpper: Float64Array.from(columns, ({ upper }) => upper),
    rowLower: Float64Array.from(rows, ({ lower }) => lower),
    rowUpper: Float64Array.from(rows, ({ upper }) => upper),
    matrix: {
      format: "csc",
      numRows: rows.length,
      numCols: columns.length,
      starts,
      indices: Int32Array.from(entries, (entry) => entry.row),
      values: Float64Array.from(entries, ({ value }) => value),
    },
  });
  try {
    model.options.set({
      output_flag: false,
      primal_feasibility_tolerance: 1e-9,
      dual_feasibility_tolerance: 1e-9,
    });
    model.run();
    const { optimal } = highs.constants.modelStatus;
    if (model.getModelStatus() !== optimal) {
      // Where a commitment is a sum of demands to the last digit but one, presolve may say "infeasible" although x = 0 is not.
      model.clearSolver();
      model.options.set({ presolve: "off" });
      model.run();
    }
    const status = model.getModelStatus();
    if (status !== optimal) throw new Error(`highs: model status ${status}`);
    return { value: model.getObjectiveValue(), x: model.getSolution().colValue };
  } finally {
    model.dispose();
  }
}
