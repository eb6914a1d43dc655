import type { Hour } from "./hour.ts";
import type { Offering } from "./offering.ts";
import type { OfferingRates } from "./rates.ts";
import type { CommitmentUsd } from "./units.ts";

/** A Savings Plan that the organisation holds. */
export interface OwnedPlan extends Offering {
  /** The Savings Plan ARN. */
  arn: string;
  /** The account that bought it: its usage is served first. */
  ownerAccount: string;
  commitmentUsdPerHour: number;
  /** First hour in which it applies; null: before the data. */
  start: Hour | null;
  /** First hour in which it no longer applies; null: unknown. */
  end: Hour | null;
  /** Bought to start later, or its payment not through yet: it covers nothing before its start. */
  isQueued: boolean;
  /** Ended before the end that it states: AWS refunded it, or its rows stop. */
  gone?: "returned" | "stopped";
  /** That an inventory states. */
  currency?: string;
}

/** A plan as settlement sees it: hours are counted from the start of the demand, or of the horizon. */
export interface PlanTerms {
  ownerAccount: string;
  commitmentUsdPerHour: CommitmentUsd;
  /** Active in `[activeFrom, activeTo)`. */
  activeFrom: number;
  activeTo: number;
  rates: OfferingRates;
}

/** A plan bought late covers from now on; one that is queued, from its start. */
export const isOwnedAt = ({ start, end, isQueued }: OwnedPlan, hour: Hour): boolean =>
  (end === null || end > hour) && !(isQueued && (start ?? hour) > hour);
