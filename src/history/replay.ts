/** The owned plans, replayed through our settlement and held against what AWS's rows say they covered. */
import type { OwnedPlan, PlanTerms } from "../domain/commitment.ts";
import { demandOf } from "../domain/demand.ts";
import type { HourSpan } from "../domain/hour.ts";
import type { HourlySpend } from "../domain/usage.ts";
import type { Agreement } from "../domain/documents/inspection.ts";
import { agreement } from "../domain/agreement.ts";
import type { Billing } from "../domain/billing.ts";
import { eligibilityOf } from "../pricing/eligibility.ts";
import type { RatesInUse } from "../domain/rate-table.ts";
import { asCommitmentUsd } from "../domain/units.ts";
import { settle } from "../settlement/settle.ts";

export interface Replay {
  /** Whether plans cover other accounts too: whichever reproduces AWS's rows better. */
  sharing: boolean;
  /** null when the exports hold no plan with its fee rows. */
  agreement: Agreement | null;
}

/** AWS rounds each covered row; an hour's rows may add up to this. */
const TOLERANCE_USD = 0.001;

/** An owned plan as settlement sees it, hours counted from the span's start. */
export const termsOf = (plan: OwnedPlan, rates: RatesInUse, span: HourSpan): PlanTerms => ({
  ownerAccount: plan.ownerAccount,
  commitmentUsdPerHour: asCommitmentUsd(plan.commitmentUsdPerHour),
  activeFrom: Math.max(0, (plan.start ?? span.from) - span.from),
  activeTo: Math.max(0, Math.min(plan.end ?? span.to, span.to) - span.from),
  rates: rates.ofOwnedPlan(plan),
});

export function replay(billing: Billing, spend: HourlySpend, rates: RatesInUse): Replay {
  const indexOfArn = new Map(billing.ownedPlans.map(({ arn }, n) => [arn, n]));
  const compared = billing.planHours.filter(
    ({ arn, commitmentUsd }) => commitmentUsd > 0 && indexOfArn.has(arn),
  );
  if (compared.length === 0) return { sharing: true, agreement: null };
  const span = { from: spend.from, to: spend.from + spend.hourCount };
  const eligibleSku = spend.skus.map(
    ({ usageType, operation }) => eligibilityOf(usageType, operation, rates.ratedKeys).eligible === "yes",
  );
  const demand = demandOf(spend, eligibleSku, span);
  const owned = billing.ownedPlans.map((plan) => termsOf(plan, rates, span));
  const replays = [true, false].map((sharing) => {
    const { coveredOnDemandUsd } = settle(demand, spend.skus, owned, { sharing });
    const differences = compared.map(
      ({ arn, hour, coveredOnDemandUsd: byAws }) =>
        (coveredOnDemandUsd[indexOfArn.get(arn)!]![hour - span.from] ?? 0) - byAws,
    );
    return { sharing, agreement: agreement(checkName(sharing), differences, TOLERANCE_USD) };
  });
  const [shared, alone] = replays as [Replay & { agreement: Agreement }, Replay & { agreement: Agreement }];
  return alone.agreement.differenceUsd < shared.agreement.differenceUsd ? alone : shared;
}

const checkName = (sharing: boolean): string =>
  "owned plans replayed by our settlement cover what AWS's rows say, per plan and hour at On-Demand rates" +
  (sharing ? "" : " (sharing between accounts is off)");
