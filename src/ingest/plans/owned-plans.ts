/**
 * Owned plans from the bill's own fee rows, hour by hour. A Cost and Usage Report states the commitment
 * (`TotalCommitmentToDate`); in FOCUS it is what was used plus what was not.
 */
import type { PlanHour } from "../../domain/billing.ts";
import type { OwnedPlan } from "../../domain/commitment.ts";
import type { Finding } from "../../domain/documents/finding.ts";
import { groupBy } from "../../domain/group.ts";
import { isoHour, type Hour } from "../../domain/hour.ts";
import { inCommitmentSteps, type Offering } from "../../domain/offering.ts";
import type { QueryEngine, Row } from "../../engine/query-engine.ts";
import { sqlFile } from "../files/sql-file.ts";
import { parsePaymentOption, termOfText } from "../rates/offering-text.ts";
import { accountOfArn, endHourOfText, hourOfText } from "./plan-text.ts";

export interface PlanInBill extends OwnedPlan {
  /** Its rows stop before the end that they state, or state none; null: they do not. */
  endedEarly: { stated: Hour | null } | null;
}

/** A refund on plans; `plan`: an ARN, an id, or nothing. */
export interface PlanRefund {
  plan: string;
  hour: Hour;
  usd: number;
}

export interface PlansInBill {
  plans: PlanInBill[];
  /** Up to the end of the time that the deliveries cover; fee rows are pre-filled beyond it. */
  hours: PlanHour[];
  refunds: PlanRefund[];
}

/** `to`: the hour after the last that the deliveries cover. */
export async function plansInBill(engine: QueryEngine, to: Hour): Promise<PlansInBill> {
  const rows = await engine.rows(sqlFile("plan_hours"));
  const refunds = (await engine.rows(sqlFile("plan_refunds"))).map((row) => ({
    plan: String(row.plan),
    hour: Number(row.hour),
    usd: -Number(row.billed_usd),
  }));
  const plans: PlanInBill[] = [];
  for (const [arn, hours] of groupBy(rows, ({ plan_arn }) => String(plan_arn))) {
    const isRefunded = refunds.some((refund) => isOf(refund, arn));
    const plan = planOf(arn, hours, to, isRefunded);
    if (plan) plans.push(plan);
  }
  const charged = rows.filter((row) => isCharged(row) && Number(row.hour) < to);
  return { plans, hours: charged.flatMap(planHours), refunds };
}

/** An upfront fee is cash of its hour alone, whatever period it states; see `plan_hours.sql`. */
const isCharged = ({ charged_rows }: Row): boolean => Number(charged_rows) > 0;

/**
 * Rows of a plan are delivered with the usage of their hours; this long without one, while the
 * export goes on, and it has ended.
 */
const SILENT_HOURS = 24;

/** An id may be cut to its first part. */
const isOf = ({ plan }: PlanRefund, arn: string): boolean =>
  plan !== "" && (arn === plan || (arn.split("/").at(-1) ?? "").startsWith(plan));

/** null for a plan without fee rows, and for one that is not SageMaker's. */
function planOf(arn: string, rows: Row[], to: Hour, isRefunded: boolean): PlanInBill | null {
  const hours = rows.filter(isCharged);
  const fees = hours.filter(({ fee_rows }) => Number(fee_rows) > 0);
  const last = hours.at(-1);
  if (fees.length === 0 || !last) return null;
  const seenUntil = Number(last.hour) + Number(last.period_hours);
  const offering = rows.map(offeringOf).find((each) => each !== null);
  if (!offering) return null;
  const perHour = fees.map((row) => Number(row.commitment_usd) / Number(row.period_hours));
  const start = fees.map((row) => hourOfText(String(row.plan_start))).find((each) => each !== null);
  const stated = fees.map((row) => endHourOfText(String(row.plan_end))).find((each) => each !== null) ?? null;
  const isSilent = seenUntil + (isRefunded ? 1 : SILENT_HOURS) <= to;
  const endedEarly = isSilent && (stated === null || stated > seenUntil) ? { stated } : null;
  return {
    arn,
    ownerAccount: accountOfArn(arn),
    ...offering,
    commitmentUsdPerHour: inCommitmentSteps(Math.max(...perHour)),
    start: start ?? Number(hours[0]!.hour),
    // Where no column says when it ends, the last row does, once usage has gone on for a day.
    end: isSilent ? Math.min(stated ?? seenUntil, seenUntil) : stated,
    isQueued: false,
    endedEarly,
    ...(endedEarly && { gone: isRefunded ? "returned" : "stopped" }),
  };
}

/** `inventory`: of --owned; null: the plans are those of the bill. `sign`: of the bill's currency. */
export const planFindings = (
  inBill: PlansInBill,
  inventory: readonly OwnedPlan[] | null,
  to: Hour,
  sign: string,
): Finding[] => [
  ...(inventory === null
    ? endedEarlyFindings(inBill.plans, to, sign)
    : notInInventoryFindings(inBill.plans, inventory, to, sign)),
  ...refundFindings(inBill, sign),
];

/** Plans whose rows stop while the export goes on, before the end that they state or without a stated one. */
const endedEarlyFindings = (plans: readonly PlanInBill[], to: Hour, sign: string): Finding[] =>
  plans.flatMap(({ arn, commitmentUsdPerHour, end, endedEarly, gone }) => {
    if (endedEarly === null || end === null) return [];
    const { stated } = endedEarly;
    const why =
      gone === "returned"
        ? "AWS refunded it: it was returned."
        : `It ${stated === null ? "expired, was returned" : "was returned"}, or its buyer's export is missing: in that case add it, or name the ` +
          "plans with --owned.";
    const message =
      `The plan ${arn} of ${sign}${commitmentUsdPerHour}/h has no row after ${isoHour(end)}, though the export goes on to ${isoHour(to)}` +
      `${stated === null ? "" : ` and its end is stated as ${isoHour(stated)}`}: taken as ended then, so what it covered counts as uncovered. ${why}`;
    return [{ code: "owned-plan-ended", message, usd: commitmentUsdPerHour * (to - end), source: arn }];
  });

/** Refunds that no plan with fee rows explains: which plan is gone, they do not say. */
const refundFindings = ({ plans, refunds }: PlansInBill, sign: string): Finding[] =>
  refunds.flatMap((refund) => {
    const own = plans.find(({ arn }) => isOf(refund, arn));
    if (own?.endedEarly) return [];
    const what = `AWS refunded ${sign}${refund.usd.toFixed(2)} of ${own ? `the plan ${own.arn}` : "a Savings Plan"} at ${isoHour(refund.hour)}`;
    const gone = plans.flatMap(({ arn, endedEarly }) => (endedEarly ? [arn] : []));
    const means = own
      ? "its fee rows go on, so it counts as owned. If it was returned, name the plans that are left with --owned"
      : gone.length > 0
        ? `which one, its row does not say; of the plans in this bill the rows of ${gone.join(", ")} stop, and ${gone.length > 1 ? "those count" : "that counts"} as ended`
        : "which one, its row does not say, and the rows of every plan in this bill go on: the plan that was returned was bought elsewhere (add " +
          "its buyer's export), or is still counted (name the plans that are left with --owned)";
    return [{ code: "plan-refunded", message: `${what}: ${means}.`, usd: refund.usd, source: refund.plan }];
  });

/** Plans that the bill charges and the inventory does not name: what they cover would be bought again. */
const notInInventoryFindings = (
  plans: readonly PlanInBill[],
  inventory: readonly OwnedPlan[],
  to: Hour,
  sign: string,
): Finding[] =>
  plans
    .filter(({ arn, end }) => (end === null || end > to) && !inventory.some((plan) => plan.arn === arn))
    .map(({ arn, commitmentUsdPerHour }) => ({
      code: "plan-not-in-inventory",
      message:
        `The bill charges for the plan ${arn} of ${sign}${commitmentUsdPerHour}/h, and --owned does not hold it, or not as one that is held: it is ` +
        "not counted among the plans that you own, and what it covers is left to it. Fetch the inventory again.",
      usd: commitmentUsdPerHour,
      source: arn,
    }));

/** `SageMakerSP:1yrNoUpfront` says both; the report's own columns confirm. */
function offeringOf(row: Row): Offering | null {
  const fromUsageType = /^(?:[A-Z0-9]+-)?SageMakerSP:(1yr|3yr)(\w+?)Upfront$/.exec(
    String(row.fee_usage_type),
  );
  const term = termOfText(fromUsageType?.[1] ?? String(row.term));
  const paymentOption = parsePaymentOption(
    fromUsageType ? `${fromUsageType[2]} Upfront` : String(row.payment_option),
  );
  return term && paymentOption ? { term, paymentOption } : null;
}

function planHours(row: Row): PlanHour[] {
  const parts = Number(row.period_hours);
  return Array.from({ length: parts }, (_, part) => ({
    arn: String(row.plan_arn),
    hour: Number(row.hour) + part,
    commitmentUsd: Number(row.commitment_usd) / parts,
    usedUsd: Number(row.used_usd) / parts,
    effectiveUsd: Number(row.effective_usd) / parts,
    coveredOnDemandUsd: Number(row.covered_on_demand_usd) / parts,
  }));
}
