/**
 * Plans that AWS still takes back (Savings Plans user guide, "Returning a purchased Savings Plan"): of at most $100 an
 * hour, bought in the last 7 days and in the same calendar month (UTC); ten returns a year for each management account.
 */
import { addMonths } from "date-fns";
import { UTCDate } from "@date-fns/utc";
import type { Billing } from "../domain/billing.ts";
import { HOUR_MS, type Hour } from "../domain/hour.ts";
import type { Returnable } from "../domain/documents/plan-review.ts";
import { isTooLargeToReturn } from "../domain/return-limit.ts";
import { planFigures } from "./months.ts";
import type { HourOfPlan } from "./plan-hours.ts";

const DAYS_MS = 7 * 24 * HOUR_MS;

/** The end of the time for a return, milliseconds since the epoch; its start counts as the purchase. */
function endOfReturnMs(start: Hour): number {
  const bought = new UTCDate(start * HOUR_MS);
  const nextMonth = addMonths(new UTCDate(bought.getUTCFullYear(), bought.getUTCMonth(), 1), 1);
  return Math.min(bought.getTime() + DAYS_MS, nextMonth.getTime());
}

export const returnableOf = (
  billing: Pick<Billing, "currency" | "ownedPlans">,
  hours: readonly HourOfPlan[],
  asOfMs: number,
): Returnable[] =>
  billing.ownedPlans
    .filter(
      ({ start, commitmentUsdPerHour }) =>
        start !== null &&
        !isTooLargeToReturn(billing, commitmentUsdPerHour) &&
        start * HOUR_MS <= asOfMs &&
        asOfMs < endOfReturnMs(start),
    )
    .map(({ arn, term, paymentOption, commitmentUsdPerHour, start }) => ({
      arn,
      term,
      paymentOption,
      commitmentUsdPerHour,
      start: new Date(start! * HOUR_MS).toISOString().replace(".000Z", "Z"),
      returnableUntil: new Date(endOfReturnMs(start!) - 1000).toISOString().replace(".000Z", "Z"),
      utilization: planFigures(
        hours.filter((each) => each.arn === arn),
        1,
      ).utilization,
    }));
