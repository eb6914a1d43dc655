/**
 * What to have in place of plans that expire soon. The recommendation takes them as renewed; here they are taken as
 * gone, and what the best commitment then is higher than the recommended one is what to renew.
 */
import { setImmediate } from "node:timers/promises";
import type { Allowed } from "../domain/allowed.ts";
import type { Purchase } from "../domain/documents/purchase.ts";
import {
  COMMITMENT_STEP_USD,
  inCommitmentSteps,
  MIN_COMMITMENT_USD,
  OFFERINGS,
  TERM_HOURS,
  UPFRONT_SHARE,
} from "../domain/offering.ts";
import type { Expiry } from "../domain/documents/plan-review.ts";
import { riskOf } from "../problem/objective.ts";
import type { PurchaseProblem } from "../problem/problem.ts";
import { allowedOfferings, bestAmong, type Best } from "../portfolio/best-portfolio.ts";

/** Less than this share of a plan is not worth a plan of its own. */
const LEAST_SHARE = 0.02;

/** `gone`: the problem without those plans; `bought`: what is recommended beside them. */
export async function renewalsOf(
  gone: PurchaseProblem,
  expiries: readonly Omit<Expiry, "renewal">[],
  bought: readonly Purchase[],
  allowed: Allowed,
): Promise<Expiry[]> {
  if (expiries.length === 0) return [];
  let best: { k: number; found: Best } | null = null;
  for (const k of allowedOfferings(allowed.term, allowed.payment)) {
    const found = await bestAmong(gone, [k], riskOf(gone.objective), [], () => setImmediate());
    if (best === null || found.riskAdjustedUsd < best.found.riskAdjustedUsd) best = { k, found };
  }
  const boughtUsdPerHour = bought.reduce((sum, { commitmentUsdPerHour }) => sum + commitmentUsdPerHour, 0);
  const wanted = best === null ? 0 : best.found.outcome.portfolio[best.k]! - boughtUsdPerHour;
  const expiring = expiries.reduce((sum, { commitmentUsdPerHour }) => sum + commitmentUsdPerHour, 0);
  return expiries.map((expiry) => {
    const share = expiry.commitmentUsdPerHour / expiring;
    const usdPerHour = Math.floor((wanted * share) / COMMITMENT_STEP_USD) * COMMITMENT_STEP_USD;
    const isWorth = usdPerHour >= Math.max(MIN_COMMITMENT_USD, LEAST_SHARE * expiry.commitmentUsdPerHour);
    return {
      ...expiry,
      renewal: isWorth && best ? purchaseAt(best.k, inCommitmentSteps(usdPerHour), expiry.end) : null,
    };
  });
}

function purchaseAt(k: number, commitmentUsdPerHour: number, start: string): Purchase {
  const offering = OFFERINGS[k]!;
  const upfront = commitmentUsdPerHour * TERM_HOURS[offering.term] * UPFRONT_SHARE[offering.paymentOption];
  return { ...offering, commitmentUsdPerHour, upfrontUsd: Math.round(upfront * 100) / 100, start };
}
