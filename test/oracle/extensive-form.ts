/**
 * The hourly linear program of one new plan around owned plans, written out whole and given to HiGHS:
 *
 *     min  Σ_h [ weight·C + Σ_owned C_k + Σ_i (d_hi − Σ_k x_hik) ]
 *     s.t. Σ_i r_ik x_hik ≤ C_k  (the new plan's C is a variable),   Σ_k x_hik ≤ d_hi,   x, C ≥ 0
 */
import type { Sharing } from "../../src/domain/sharing.ts";
import { mayShare } from "./extensive-program.ts";
import loaded from "highs";
import type { PlanTerms } from "../../src/domain/commitment.ts";
import type { OfferingRates } from "../../src/domain/rates.ts";
import type { Demand } from "../../src/domain/usage.ts";
import { asCommitmentUsd } from "../../src/domain/units.ts";

// The package's types are read as CommonJS and nest the loader one `default` deeper than its ES module does.
const highs = await (loaded as unknown as typeof loaded.default)();

export interface ExtensiveForm {
  demand: Demand;
  owned: readonly PlanTerms[];
  offer: { ownerAccount: string; rates: OfferingRates };
  sharing: Sharing;
  weight: number;
  /** Holds the new commitment at this value; null: looks for the best. */
  fixedCommitment: number | null;
}

export function solveExtensiveForm(form: ExtensiveForm): { costUsd: number; commitmentUsdPerHour: number } {
  const { demand, owned, offer, sharing, weight } = form;
  const newPlan: PlanTerms = {
    ...offer,
    commitmentUsdPerHour: asCommitmentUsd(0),
    activeFrom: 0,
    activeTo: demand.hourCount,
  };
  const plans = [...owned, newPlan];
  const covering: string[] = [];
  const rows: string[] = [];
  const burning = new Map<string, string[]>();
  let constantUsd = 0;
  for (const [item, { account, sku }] of demand.items.entries()) {
    for (let n = demand.start[item]!; n < demand.start[item + 1]!; n++) {
      const h = demand.hour[n]!;
      constantUsd += demand.onDemandUsd[n]!;
      const names = plans.flatMap((plan, k) => {
        const ratio = plan.rates.ratio[sku]!;
        const applies = !Number.isNaN(ratio) && mayShare(sharing, plan.ownerAccount, account);
        if (!applies || h < plan.activeFrom || h >= plan.activeTo) return [];
        const name = `x_${n}_${k}`;
        const key = `${h}_${k}`;
        burning.set(key, [...(burning.get(key) ?? []), `+ ${ratio} ${name}`]);
        return [name];
      });
      if (names.length === 0) continue;
      covering.push(...names);
      rows.push(` demand_${n}: ${names.map((name) => `+ 1 ${name}`).join(" ")} <= ${demand.onDemandUsd[n]!}`);
    }
  }
  for (const [key, terms] of burning) {
    const k = Number(key.split("_")[1]);
    const isNew = k === plans.length - 1;
    rows.push(
      ` plan_${key}: ${terms.join(" ")} ${isNew ? "- 1 C <= 0" : `<= ${plans[k]!.commitmentUsdPerHour}`}`,
    );
  }
  for (const plan of owned) {
    const activeHours = Math.min(plan.activeTo, demand.hourCount) - Math.max(plan.activeFrom, 0);
    constantUsd += plan.commitmentUsdPerHour * Math.max(0, activeHours);
  }
  const text = [
    "Minimize",
    ` cost: ${weight * demand.hourCount} C ${covering.map((name) => `- 1 ${name}`).join(" ")}`,
    "Subject To",
    ...rows,
    ...(form.fixedCommitment === null ? [] : [` fixed: 1 C = ${form.fixedCommitment}`]),
    " open: 1 C >= 0",
    "End",
  ].join("\n");
  const solution = highs.solve(text, {
    output_flag: false,
    primal_feasibility_tolerance: 1e-9,
    dual_feasibility_tolerance: 1e-9,
  });
  if (solution.Status !== "Optimal") throw new Error(`highs: ${solution.Status}`);
  return {
    costUsd: constantUsd + solution.ObjectiveValue,
    commitmentUsdPerHour: solution.Columns.C!.Primal ?? 0,
  };
}
