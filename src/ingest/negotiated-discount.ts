import { sumPico, usdOf } from "../domain/money.ts";
import type { ChargeLine } from "../domain/billing.ts";
import { classOf } from "./reconcile.ts";

/**
 * The share by which an enterprise agreement lowers the bill: discount rows ÷ what they apply to (usage and fees
 * already charged), or, where a report has none, what its net costs take off in the months that state them. Rounded to
 * 0.0001 %, because AWS rounds each row.
 */
export function negotiatedDiscountInBill(lines: readonly ChargeLine[]): number {
  const none: ReadonlySet<string> = new Set();
  const charged = lines.filter((line) => {
    const [chargeClass] = classOf(line, none);
    return !line.isFuture && !["discount", "credit", "refund", "tax"].includes(chargeClass);
  });
  const discounts = lines.filter((line) => classOf(line, none)[0] === "discount");
  const sumUsd = (each: readonly bigint[]): number => usdOf(sumPico(each));
  const gross = sumUsd(charged.map((line) => line.billedUsd));
  const grossOfNet = sumUsd(charged.map((line) => line.grossOfNetUsd));
  const net = sumUsd(charged.map((line) => line.netBilledUsd));
  const discounted = -discounts.reduce((sum, line) => sum + usdOf(line.billedUsd) * goneBy(line), 0);
  const share = discounts.length > 0 ? ratio(discounted, gross) : ratio(grossOfNet - net, grossOfNet);
  return Math.min(0.99, Math.max(0, Math.round(share * 1e6) / 1e6));
}

/**
 * Share of a discount that is of charges already made. Fees are pre-filled to the month's end, and their discounts may
 * be too, by the hour, the day or the month: they go with their fees. Usage is not pre-filled, so all of its discount
 * is of usage gone by.
 */
function goneBy({ isFuture, aheadShare, productCode, usageType }: ChargeLine): number {
  const isOfFees = productCode === "MachineLearningSavingsPlans" || usageType.includes("SageMakerSP:");
  return isOfFees ? 1 - (isFuture ? 1 : aheadShare) : 1;
}

const ratio = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);
