import type { Sharing } from "../domain/sharing.ts";
import type { Billing } from "../domain/billing.ts";
import type { OwnedPlanSummary } from "../domain/documents/history.ts";
import { isoHour } from "../domain/hour.ts";
import type { RatesInUse } from "../domain/rate-table.ts";
import { spanOf, type Demand, type HourlySpend, type Sku } from "../domain/usage.ts";
import { settle } from "../settlement/settle.ts";
import { termsOf } from "./replay.ts";

/** The owned plans and how they were used while they were active in the history, by our settlement. */
export function ownedPlanSummaries(
  billing: Billing,
  spend: HourlySpend,
  rates: RatesInUse,
  { pastDemand, skus, sharing }: { pastDemand: Demand; skus: readonly Sku[]; sharing: Sharing },
): OwnedPlanSummary[] {
  const terms = billing.ownedPlans.map((plan) => termsOf(plan, rates, spanOf(spend)));
  const { usedUsd } = settle(pastDemand, skus, terms, { sharing });
  return billing.ownedPlans.map((plan, n) => {
    const { activeFrom, activeTo } = terms[n]!;
    const paid = plan.commitmentUsdPerHour * Math.max(0, activeTo - activeFrom);
    const used = usedUsd[n]!.reduce((sum, usd) => sum + usd, 0);
    return {
      arn: plan.arn,
      ownerAccount: plan.ownerAccount,
      term: plan.term,
      paymentOption: plan.paymentOption,
      commitmentUsdPerHour: plan.commitmentUsdPerHour,
      start: plan.start === null ? null : isoHour(plan.start),
      end: plan.end === null ? null : isoHour(plan.end),
      gone: plan.gone ?? null,
      isQueued: plan.isQueued,
      utilization: paid > 0 ? Math.min(1, used / paid) : 0,
    };
  });
}
