import { sumPico, usdOf } from "../domain/money.ts";
import type { ChargeLine } from "../domain/billing.ts";
import type { ChargeClass } from "../domain/charge.ts";
import { eligibilityByTable } from "../pricing/eligibility.ts";
import { classOf } from "./reconcile.ts";

/**
 * The share by which an enterprise agreement lowers what plans may cover, and their fees: discount rows ÷ what they
 * apply to (usage and fees already charged), or, where a report has none, what its net costs take off in the months
 * that state them. A discount on what no plan covers (a bundled one on data transfer) is none on the rest; one that
 * names no usage type is of all charges that have none of their own. Rounded to 0.0001 %, because AWS rounds each row.
 */
export function negotiatedDiscountInBill(lines: readonly ChargeLine[]): number {
  const charged = lines.filter((line) => {
    const chargeClass = classOfLine(line);
    return !line.isFuture && !["discount", "credit", "refund", "tax"].includes(chargeClass);
  });
  const within = charged.filter(mayBeCovered);
  const discounts = lines.filter((line) => classOfLine(line) === "discount");
  if (discounts.length > 0) {
    const named = new Set(
      discounts.map(({ usageType }) => usageType).filter((usageType) => usageType !== ""),
    );
    const unnamed = ({ usageType }: ChargeLine): boolean => !named.has(usageType);
    const own = discounts.filter((line) => line.usageType !== "" && mayBeCovered(line));
    const general = discountUsd(
      discounts.filter((line) => line.usageType === "" && line.lineItemType !== "BundledDiscount"),
    );
    // A discount that names no usage type is of what has none of its own; where all has one, of all.
    const rest = charged.filter(unnamed);
    const [base, reached] = rest.length > 0 ? [rest, within.filter(unnamed)] : [charged, within];
    const reachedUsd = discountUsd(own) + ratio(general, billedUsd(base)) * billedUsd(reached);
    return rounded(ratio(reachedUsd, billedUsd(within)));
  }
  const grossOfNet = sumUsd(within.map((line) => line.grossOfNetUsd));
  const net = sumUsd(within.map((line) => line.netBilledUsd));
  return rounded(ratio(grossOfNet - net, grossOfNet));
}

const classOfLine = (line: ChargeLine): ChargeClass => classOf(line, new Set())[0];

/** A plan's fee, or usage that plans cover or may cover. */
const mayBeCovered = ({ usageType }: ChargeLine): boolean =>
  usageType.includes("SageMakerSP:") || eligibilityByTable(usageType).eligible !== "no";

const sumUsd = (each: readonly bigint[]): number => usdOf(sumPico(each));

const billedUsd = (lines: readonly ChargeLine[]): number => sumUsd(lines.map((line) => line.billedUsd));

const discountUsd = (discounts: readonly ChargeLine[]): number =>
  -discounts.reduce((sum, line) => sum + usdOf(line.billedUsd) * goneBy(line), 0);

const rounded = (share: number): number => Math.min(0.99, Math.max(0, Math.round(share * 1e6) / 1e6));

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
