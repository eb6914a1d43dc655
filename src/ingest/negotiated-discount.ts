import { sumPico, usdOf } from "../domain/money.ts";
import type { ChargeLine } from "./reconcile.ts";
import { classOf } from "./reconcile.ts";

/**
 * The share by which an enterprise agreement lowers the bill: discount rows ÷ what they apply to (usage and fees already
 * charged), or, where a report has none, what its net costs take off. Rounded to 0.0001 %, because AWS rounds each row.
 */
export function negotiatedDiscountInBill(lines: readonly ChargeLine[]): number {
  const none: ReadonlySet<string> = new Set();
  const charged = lines.filter((line) => {
    const [chargeClass] = classOf(line, none);
    return !line.isFuture && !["discount", "credit", "refund", "tax"].includes(chargeClass);
  });
  const discounts = lines.filter((line) => classOf(line, none)[0] === "discount");
  const gross = usdOf(sumPico(charged.map((line) => line.billedUsd)));
  if (gross <= 0) return 0;
  const withNet = charged.filter((line) => line.netRowCount === line.rowCount);
  const netted = usdOf(sumPico(withNet.map((line) => line.billedUsd - line.netBilledUsd)));
  const discounted = -usdOf(sumPico(discounts.map((line) => line.billedUsd)));
  const share = (discounts.length > 0 ? discounted : netted) / gross;
  return Math.min(0.99, Math.max(0, Math.round(share * 1e6) / 1e6));
}
