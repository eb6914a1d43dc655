/** The owned plans, replayed through our settlement and held against what AWS's rows say they covered. */
import { NO_SHARING, OPEN_SHARING, type Sharing } from "../domain/sharing.ts";
import type { OwnedPlan, PlanTerms } from "../domain/commitment.ts";
import { demandOf } from "../domain/demand.ts";
import type { HourSpan } from "../domain/hour.ts";
import type { HourlySpend } from "../domain/usage.ts";
import type { Agreement } from "../domain/documents/inspection.ts";
import { agreement } from "../domain/agreement.ts";
import type { Billing, PlanHour } from "../domain/billing.ts";
import { eligibilityOf } from "../pricing/eligibility.ts";
import type { RatesInUse } from "../domain/rate-table.ts";
import { asCommitmentUsd } from "../domain/units.ts";
import { settle } from "../settlement/settle.ts";

export interface Replay {
  /** Whether plans cover other accounts too: whichever reproduces AWS's rows better. */
  sharing: Sharing;
  /** At On-Demand rates and at Savings Plans rates; empty when the exports hold no plan with its fee rows. */
  agreements: Agreement[];
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
  if (compared.length === 0) return { sharing: OPEN_SHARING, agreements: [] };
  const span = { from: spend.from, to: spend.from + spend.hourCount };
  const eligibleSku = spend.skus.map(
    ({ usageType, operation }) => eligibilityOf(usageType, operation, rates.ratedKeys).eligible === "yes",
  );
  const demand = demandOf(spend, eligibleSku, span);
  const owned = billing.ownedPlans.map((plan) => termsOf(plan, rates, span));
  const replays = [OPEN_SHARING, NO_SHARING].map((sharing) => {
    const { coveredOnDemandUsd, usedUsd } = settle(demand, spend.skus, owned, { sharing });
    const differences = (ours: readonly Float64Array[], byAws: (hour: PlanHour) => number): number[] =>
      compared.map((each) => (ours[indexOfArn.get(each.arn)!]![each.hour - span.from] ?? 0) - byAws(each));
    const how = sharing === OPEN_SHARING ? "" : " (sharing between accounts is off)";
    return {
      sharing,
      agreements: [
        agreement(
          COVERED + how,
          differences(coveredOnDemandUsd, (hour) => hour.coveredOnDemandUsd),
          TOLERANCE_USD,
        ),
        agreement(
          USED + how,
          differences(usedUsd, (hour) => hour.usedUsd),
          TOLERANCE_USD,
        ),
      ],
    };
  });
  const [shared, alone] = replays as [Replay, Replay];
  return alone.agreements[0]!.differenceUsd < shared.agreements[0]!.differenceUsd ? alone : shared;
}

const COVERED =
  "owned plans replayed by our settlement cover what AWS's rows say, per plan and hour at On-Demand rates";
/** Covered rows of no worth would agree with the first, and leave the plan unused in our table. */
const USED =
  "owned plans replayed by our settlement use of their commitment what AWS says, per plan and hour";
