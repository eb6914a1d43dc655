import { isOwnedAt, type OwnedPlan } from "../domain/commitment.ts";
import { currencySign } from "../domain/currency.ts";
import type { Finding } from "../domain/documents/finding.ts";
import type { FindingCode } from "../domain/finding-codes.ts";
import { isoHour } from "../domain/hour.ts";
import { TERM_HOURS, type Offering } from "../domain/offering.ts";
import type { PurchaseInputs } from "../problem/inputs.ts";
import type { PurchaseProblem } from "../problem/problem.ts";

/**
 * Plans that begin, end or lack rates: what a reader must know of what is owned already. In the user's own futures
 * plans begin and end on their dates, so that only what lies beyond those hours is told.
 */
export function ownedPlanFindings(
  { billing, rates }: PurchaseInputs,
  problem: PurchaseProblem,
  offering: Offering,
): Finding[] {
  const { pastRepeats, span } = problem;
  const { from, to } = span;
  const sign = currencySign(billing);
  const isFollowed = problem.starts.some(({ ends }) => ends.length > 0);
  return billing.ownedPlans.flatMap((plan) => {
    const { arn, start, end, commitmentUsdPerHour } = plan;
    const finding = (code: FindingCode, message: string, usd = 0): Finding => ({
      code,
      message,
      usd,
      source: arn,
    });
    const found: Finding[] = [];
    const what = `The plan ${arn} of ${sign}${commitmentUsdPerHour}/h`;
    if (end === null) {
      found.push(
        finding(
          "expiry-unknown",
          `The export does not say when the plan ${arn} ends; it is taken to last. Pass --owned to say so.`,
        ),
      );
    } else if (end <= to) {
      const usd = commitmentUsdPerHour * Math.max(0, end - from);
      const message = `${what} ended on ${isoHour(end)}, before a new one would start, so it was left out: what it covered counts as uncovered.`;
      const isReported = billing.findings.some(
        ({ code, source }) => code === "owned-plan-ended" && source === arn,
      );
      if (pastRepeats && end > from && !isReported) found.push(finding("owned-plan-ended", message, usd));
    } else if (end <= problem.start + TERM_HOURS[offering.term]) {
      found.push(
        finding(
          "plan-expires",
          `${what} expires on ${isoHour(end)}, within the new term. ${
            isFollowed
              ? "What follows it is decided with what is bought now: queued, or let lapse."
              : "The answer is for the time while it lasts: look again before that day."
          }`,
        ),
      );
    }
    if (pastRepeats && start !== null && start > from && isOwnedAt(plan, to)) {
      const message = `${what} started on ${isoHour(start)}, within or after the history; it is taken to cover in all of its hours, as it will from now on.`;
      found.push(finding("owned-plan-started", message, commitmentUsdPerHour * (Math.min(start, to) - from)));
    }
    found.push(...queuedFindings(plan, problem, sign));
    if (isCounted(plan, problem) && rates.ofOwnedPlan(plan).source.includes("illustrative")) {
      const message = `${what}: neither the bill nor a rate card shows its rates, so what it covers rests on ILLUSTRATIVE rates. Give its offering's rates with --rates.`;
      found.push(
        finding(
          "owned-plan-rates-illustrative",
          message,
          commitmentUsdPerHour * (Math.min(end ?? to, to) - from),
        ),
      );
    }
    return found;
  });
}

/** Ends of plans that lie close together are one start, so that a schedule has few amounts to decide. */
export function mergedStartsFindings({ starts, owned, span }: PurchaseProblem): Finding[] {
  const hours = [...new Set(starts.flatMap(({ ends }) => ends.map((plan) => owned[plan]!.activeTo)))];
  const following = starts.filter(({ ends }) => ends.length > 0);
  if (hours.length <= following.length) return [];
  const farthest = Math.max(
    ...following.flatMap(({ hour, ends }) => ends.map((plan) => Math.abs(owned[plan]!.activeTo - hour))),
  );
  const message =
    `Owned plans end at ${hours.length} different hours; what follows them is decided for ${following.length}, each at the mean of those that lie ` +
    `near it, at most ${Math.ceil(farthest / 24)} days away. Queue each plan for its own hour.`;
  return [{ code: "starts-merged", message, usd: 0, source: isoHour(span.from + following[0]!.hour) }];
}

/** Whether the plan is active in some hour of the scenarios. */
const isCounted = (plan: OwnedPlan, { start, pastRepeats, span }: PurchaseProblem): boolean =>
  isOwnedAt(plan, pastRepeats || !plan.isQueued ? start : Math.min(plan.start ?? start, span.to - 1));

/** A plan that waits for its start: counted from there, where the hours have dates. */
function queuedFindings(plan: OwnedPlan, problem: PurchaseProblem, sign: string): Finding[] {
  const { arn, start, commitmentUsdPerHour, isQueued } = plan;
  if (!isQueued || start === null || start <= problem.start) return [];
  const what = `The plan ${arn} of ${sign}${commitmentUsdPerHour}/h is queued, or its payment is pending, and starts on ${isoHour(start)}`;
  const finding = (code: FindingCode, message: string): Finding => ({ code, message, usd: 0, source: arn });
  if (problem.pastRepeats) {
    return [
      finding(
        "queued-plan-left-out",
        `${what}. A past that repeats has no such day, so ${sign}${commitmentUsdPerHour}/h of commitment to come is left out, as AWS's own recommendations do: ` +
          "the answer may buy what it will cover. Use sampled scenarios (--futures bootstrap), which count it from its start.",
      ),
    ];
  }
  return start < problem.span.to
    ? [finding("queued-plan-counted", `${what}: it costs and covers from that hour on, and nothing before.`)]
    : [finding("queued-plan-left-out", `${what}, after the scenarios end: it covers nothing here.`)];
}
