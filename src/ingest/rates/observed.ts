import type { OwnedPlan } from "../../domain/commitment.ts";
import { groupBy } from "../../domain/group.ts";
import { offeringLabel } from "../../domain/offering.ts";
import { roundRate, type SavingsPlansRate } from "../../domain/rates.ts";
import type { QueryEngine } from "../../engine/query-engine.ts";
import { sqlFile } from "../files/sql-file.ts";

/**
 * Savings Plans rates that show in the bill's covered rows: dollars at Savings Plans rates ÷ usage, per plan's
 * offering, usage type and operation. The same in every export format, because each holds both.
 */
export async function observedRates(
  engine: QueryEngine,
  plans: readonly OwnedPlan[],
): Promise<SavingsPlansRate[]> {
  const planOfArn = new Map(plans.map((plan) => [plan.arn, plan]));
  const rows = (await engine.rows(sqlFile("observed_rates"))).flatMap((row) => {
    const plan = planOfArn.get(String(row.plan_arn));
    return plan ? [{ row, plan }] : [];
  });
  const groups = groupBy(
    rows,
    ({ row, plan }) => `${offeringLabel(plan)}\n${String(row.usage_type)}\n${String(row.operation)}`,
  );
  return [...groups.values()].map((members) => {
    const { row, plan } = members[0]!;
    const sum = (column: string): number =>
      members.reduce((total, member) => total + Number(member.row[column]), 0);
    return {
      usageType: String(row.usage_type),
      operation: String(row.operation),
      term: plan.term,
      paymentOption: plan.paymentOption,
      savingsPlanRateUsd: roundRate(sum("savings_plan_usd") / sum("usage_hours")),
      onDemandRateUsd: roundRate(sum("on_demand_usd") / sum("usage_hours")),
    };
  });
}
