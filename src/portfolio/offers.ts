/** What may be bought: offers of a problem, among which a search chooses. */
import { OFFERINGS, type PaymentOption, type Term } from "../domain/offering.ts";
import { isNow } from "../domain/portfolio.ts";
import type { PurchaseProblem } from "../problem/problem.ts";

/**
 * The offers of these offerings (indices into OFFERINGS): now, where owned plans end, and where plans of a year do that
 * start so.
 */
export function offersOf({ offers }: PurchaseProblem, offerings: readonly number[]): number[] {
  const endsEarly = offerings.some((k) => OFFERINGS[k]!.term === "1yr");
  return [...offers.keys()].filter(
    (k) =>
      offerings.includes(k % OFFERINGS.length) && (isNow(k) || endsEarly || offers[k]!.start.ends.length > 0),
  );
}

/** Offerings as indices into OFFERINGS. */
export const allowedOfferings = (term: Term | "any", payment: PaymentOption | "any"): number[] =>
  OFFERINGS.flatMap((offering, k) =>
    (term === "any" || offering.term === term) && (payment === "any" || offering.paymentOption === payment)
      ? [k]
      : [],
  );

/**
 * The offerings that the linear program's best purchase needs: without those that another beats or equals on every
 * rate, price of money and limit, over the same hours. Not so under a limit on utilization: a lower rate uses less of a
 * commitment.
 */
export function undominated(
  { offers, scenarios, objective }: PurchaseProblem,
  among: readonly number[],
): number[] {
  if (objective.minUtilization > 0) return [...among];
  const skus = [...new Set(scenarios.base.items.map(({ sku }) => sku))];
  const beats = (a: number, b: number): boolean => {
    const [one, other] = [offers[a]!, offers[b]!];
    return (
      one.activeFrom === other.activeFrom &&
      one.activeHours === other.activeHours &&
      one.weight <= other.weight &&
      (objective.maxUpfrontUsd === null || one.upfrontUsd <= other.upfrontUsd) &&
      skus.every((sku) => !(other.rates.ratio[sku]! > 0) || one.rates.ratio[sku]! <= other.rates.ratio[sku]!)
    );
  };
  return among.filter((b) => !among.some((a) => a !== b && beats(a, b) && (!beats(b, a) || a < b)));
}
