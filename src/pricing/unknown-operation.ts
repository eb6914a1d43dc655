import { groupBy } from "../domain/group.ts";
import { offeringLabel } from "../domain/offering.ts";
import type { SavingsPlansRate } from "../domain/rates.ts";
import type { Sku } from "../domain/usage.ts";

/**
 * A rate is by usage type and operation, and some sources (Cost Explorer grouped by usage type and region) do not tell
 * the operation. For such usage: the rates that all operations of its usage type share, as rates of the unknown
 * operation. Where operations differ in some offering, none is chosen for it.
 */
export function ratesOfAnyOperation(
  skus: readonly Sku[],
  rates: readonly SavingsPlansRate[],
): SavingsPlansRate[] {
  const unknown = unknownTypes(skus);
  if (unknown.size === 0) return [];
  return [...groupsOf(rates, unknown).values()].filter(agree).map(([rate]) => ({ ...rate!, operation: "" }));
}

/** Usage types without an operation for which a source knows several rates under one offering. */
export const ambiguousTypes = (skus: readonly Sku[], rates: readonly SavingsPlansRate[]): Set<string> =>
  new Set(
    [...groupsOf(rates, unknownTypes(skus)).values()]
      .filter((group) => !agree(group))
      .map(([rate]) => rate!.usageType),
  );

const unknownTypes = (skus: readonly Sku[]): Set<string> =>
  new Set(skus.filter(({ operation }) => operation === "").map(({ usageType }) => usageType));

const groupsOf = (
  rates: readonly SavingsPlansRate[],
  types: ReadonlySet<string>,
): Map<string, SavingsPlansRate[]> =>
  groupBy(
    rates.filter(({ usageType }) => types.has(usageType)),
    (rate) => `${offeringLabel(rate)}\n${rate.usageType}`,
  );

const agree = ([first, ...others]: readonly SavingsPlansRate[]): boolean =>
  others.every(
    ({ savingsPlanRateUsd, onDemandRateUsd }) =>
      savingsPlanRateUsd === first!.savingsPlanRateUsd && onDemandRateUsd === first!.onDemandRateUsd,
  );
