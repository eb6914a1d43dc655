/**
 * Owned plans from the bill's own fee rows, hour by hour. A Cost and Usage Report states the commitment
 * (`TotalCommitmentToDate`); in FOCUS it is what was used plus what was not.
 */
import type { PlanHour } from "../../domain/billing.ts";
import type { OwnedPlan } from "../../domain/commitment.ts";
import { SageplanError } from "../../domain/error.ts";
import type { Finding } from "../../domain/documents/finding.ts";
import { groupBy } from "../../domain/group.ts";
import { hourOfMs, isoHour, parseUtcMs, type Hour } from "../../domain/hour.ts";
import { inCommitmentSteps, type Offering } from "../../domain/offering.ts";
import type { QueryEngine, Row } from "../../engine/query-engine.ts";
import { sqlFile } from "../files/sql-file.ts";
import { parseJson, readText } from "../files/text.ts";
import { parsePaymentOption, termOfSeconds, termOfText } from "../rates/offering-text.ts";

export interface PlanInBill extends OwnedPlan {
  /** Its rows stop before the end that they state, or state none; null: they do not. */
  endedEarly: { stated: Hour | null } | null;
}

export interface PlansInBill {
  plans: PlanInBill[];
  /** Up to the end of the time that the deliveries cover; fee rows are pre-filled beyond it. */
  hours: PlanHour[];
}

const accountOfArn = (arn: string): string => arn.split(":")[4] ?? "";

const hourOfText = (text: string): Hour | null => {
  const ms = parseUtcMs(text);
  return Number.isNaN(ms) ? null : hourOfMs(ms);
};

/**
 * AWS states the last second: a term that ends at 13:59:59 holds the hour of 13:00, and a renewal starts at 14:00:00.
 */
const endHourOfText = (text: string): Hour | null => {
  const ms = parseUtcMs(text);
  return Number.isNaN(ms) ? null : hourOfMs(ms + 1000);
};

/** `to`: the hour after the last that the deliveries cover. */
export async function plansInBill(engine: QueryEngine, to: Hour): Promise<PlansInBill> {
  const rows = await engine.rows(sqlFile("plan_hours"));
  const plans: PlanInBill[] = [];
  for (const [arn, hours] of groupBy(rows, ({ plan_arn }) => String(plan_arn))) {
    const plan = planOf(arn, hours, to);
    if (plan) plans.push(plan);
  }
  const charged = rows.filter((row) => isCharged(row) && Number(row.hour) < to);
  return { plans, hours: charged.flatMap(planHours) };
}

/** An upfront fee is cash of its hour alone, whatever period it states; see `plan_hours.sql`. */
const isCharged = ({ charged_rows }: Row): boolean => Number(charged_rows) > 0;

/**
 * Rows of a plan are delivered with the usage of their hours; this long without one, while the
 * export goes on, and it has ended.
 */
const SILENT_HOURS = 24;

/** null for a plan without fee rows, and for one that is not SageMaker's. */
function planOf(arn: string, rows: Row[], to: Hour): PlanInBill | null {
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
  const isSilent = seenUntil + SILENT_HOURS <= to;
  return {
    arn,
    ownerAccount: accountOfArn(arn),
    ...offering,
    commitmentUsdPerHour: inCommitmentSteps(Math.max(...perHour)),
    start: start ?? Number(hours[0]!.hour),
    // Where no column says when it ends, the last row does, once usage has gone on for a day.
    end: isSilent ? Math.min(stated ?? seenUntil, seenUntil) : stated,
    isQueued: false,
    endedEarly: isSilent && (stated === null || stated > seenUntil) ? { stated } : null,
  };
}

/** Plans whose rows stop while the export goes on, before the end that they state or without a stated one. */
export const endedEarlyFindings = (plans: readonly PlanInBill[], to: Hour): Finding[] =>
  plans.flatMap(({ arn, commitmentUsdPerHour, end, endedEarly }) => {
    if (endedEarly === null || end === null) return [];
    const { stated } = endedEarly;
    const message =
      `The plan ${arn} of $${commitmentUsdPerHour}/h has no row after ${isoHour(end)}, though the export goes on to ${isoHour(to)}` +
      `${stated === null ? "" : ` and its end is stated as ${isoHour(stated)}`}: taken as ended then, so what it covered counts as uncovered. It ` +
      `${stated === null ? "expired, was returned" : "was returned"}, or its buyer's export is missing: in that case add it, or name the plans with --owned.`;
    return [{ code: "owned-plan-ended", message, usd: commitmentUsdPerHour * (to - end), source: arn }];
  });

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

/**
 * The states of the API in which a plan is held or was: not `payment-failed`, `queued-deleted`,
 * `returned` (AWS refunds those).
 */
const HELD: ReadonlySet<string | undefined> = new Set(["active", "retired", "pending-return", undefined]);

/** Bought, and not begun: each begins on its start hour, unless it is called off or its payment fails. */
const QUEUED: ReadonlySet<string | undefined> = new Set(["queued", "payment-pending"]);

/**
 * Owned plans from what `aws savingsplans describe-savings-plans` prints; only SageMaker plans that
 * are held, were, or will be.
 * @throws SageplanError `bad-plan-file`
 */
export async function readPlanFile(path: string): Promise<OwnedPlan[]> {
  const { planFileSchema } = await import("./plan-file-schema.ts");
  const json = parseJson(
    await readText(path, "The file of owned plans"),
    (why, cause) => new SageplanError("bad-plan-file", `${path} can't be read as JSON: ${why}`, { cause }),
  );
  const parsed = planFileSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new SageplanError(
      "bad-plan-file",
      `${path} is not what \`aws savingsplans describe-savings-plans\` prints: at ${issue?.path.join(".") || "the top"}, ` +
        `${issue?.message}. Save that command's output and name it.`,
    );
  }
  if (parsed.data.nextToken) {
    throw new SageplanError(
      "bad-plan-file",
      `${path} is one page of several (it holds a nextToken). Run the command again without --max-results, so that no plan is missed.`,
    );
  }
  const byArn = groupBy(parsed.data.savingsPlans, ({ savingsPlanArn }) => savingsPlanArn);
  for (const [arn, copies] of byArn) {
    if (new Set(copies.map((copy) => JSON.stringify(copy))).size > 1) {
      throw new SageplanError(
        "bad-plan-file",
        `${path} names the plan ${arn} ${copies.length} times, differently. Keep the newest.`,
      );
    }
  }
  return [...byArn.values()]
    .map(([plan]) => plan!)
    .filter(({ savingsPlanType }) => savingsPlanType === "SageMaker")
    .filter(({ state }) => HELD.has(state) || QUEUED.has(state))
    .map((plan) => ({
      arn: plan.savingsPlanArn,
      ownerAccount: accountOfArn(plan.savingsPlanArn),
      term: termOfSeconds(plan.termDurationInSeconds) ?? "1yr",
      paymentOption: parsePaymentOption(plan.paymentOption) ?? "no-upfront",
      commitmentUsdPerHour: Number(plan.commitment),
      start: hourOfText(plan.start),
      end: endHourOfText(plan.end),
      isQueued: QUEUED.has(plan.state),
    }));
}
