/**
 * On-Demand price cuts. AWS lowers On-Demand prices of a family now and then (in June 2025 those of P4 and P5, by up to
 * 45 %), and a plan keeps the rates that it was bought at. The same usage is then worth less On-Demand and burns as
 * much commitment: to the arithmetic it is another SKU, whose ratio is 1 ÷ (1 − cut) of the old one's. Such SKUs are
 * added, and from a cut's week on the usage of the family is theirs.
 */
import { PRICE_CUT, type CutSku } from "../domain/assumed.ts";
import { usageOf, withItems } from "../domain/demand-items.ts";
import type { Paths } from "../domain/paths.ts";
import type { Sku } from "../domain/usage.ts";
import { randomOf } from "./random.ts";

/** A belief: about one cut in twenty years of a family with accelerators, one in a hundred of another. */
const YEARLY = { accelerated: 0.05, other: 0.01 };

const ACCELERATED = /^(p|g|trn|inf|dl)\d/;

const WEEKS_PER_YEAR = 52;

/** Cuts are drawn from a seed of their own, so that more of them change nothing else. */
const OWN_SEED = 7_919;

/** `ml.p4d.24xlarge` → `p4d`; a SKU without an instance is of no family. */
export const skuFamily = ({ instanceType }: Sku): string => instanceType.split(".").at(-2) ?? "";

export const yearlyCutHazard = (family: string): number =>
  ACCELERATED.test(family) ? YEARLY.accelerated : YEARLY.other;

/**
 * `cut[n]` is SKU number `skus.length + n` of the new base. The same paths and no SKUs when no price is cut in any
 * scenario. The families of `apart` draw from a stream of their own: with them or without, the others' cuts are the
 * same.
 */
export function withPriceCuts(
  paths: Paths,
  skus: readonly Sku[],
  seed: number,
  apart: ReadonlySet<string> = new Set(),
): { paths: Paths; cut: CutSku[] } {
  const { base, groupOf, groupCount, weekCount, probability } = paths;
  const familyOfGroup = new Map<number, string>();
  for (const [item, { sku }] of base.items.entries()) {
    const family = skuFamily(skus[sku]!);
    if (family !== "" && base.start[item]! < base.start[item + 1]!) familyOfGroup.set(groupOf[item]!, family);
  }
  const families = [...new Set(familyOfGroup.values())].sort();
  const random = randomOf(seed + OWN_SEED);
  const randomApart = randomOf(seed + OWN_SEED + 1);
  /** `[scenario][family]` First week at the new price; none: Infinity. */
  const cutWeek = Array.from(
    probability,
    () =>
      new Map(
        families.map((family) => {
          const hazard = yearlyCutHazard(family) / WEEKS_PER_YEAR;
          const week = Math.floor(
            Math.log(1 - (apart.has(family) ? randomApart : random)()) / Math.log(1 - hazard),
          );
          return [family, week < weekCount ? week : Infinity];
        }),
      ),
  );
  const isCut = (family: string): boolean => cutWeek.some((weeks) => weeks.get(family)! < Infinity);
  const groups = [...familyOfGroup.keys()].filter((group) => isCut(familyOfGroup.get(group)!));
  if (groups.length === 0) return { paths, cut: [] };

  const newGroup = new Map(groups.map((group, n) => [group, groupCount + n]));
  const items = [...base.items.keys()].filter((item) => newGroup.has(groupOf[item]!));
  const cutSkus = [...new Set(items.map((item) => base.items[item]!.sku))];
  const newSku = new Map(cutSkus.map((sku, n) => [sku, skus.length + n]));
  const groupsNow = groupCount + groups.length;
  const level = new Float32Array(probability.length * weekCount * groupsNow);
  for (let s = 0; s < probability.length; s++) {
    for (let week = 0; week < weekCount; week++) {
      const from = (s * weekCount + week) * groupCount;
      const to = (s * weekCount + week) * groupsNow;
      for (let group = 0; group < groupCount; group++) {
        const after = newGroup.get(group);
        const isLow = after !== undefined && week >= cutWeek[s]!.get(familyOfGroup.get(group)!)!;
        level[to + (isLow ? after : group)] = paths.level[from + group]! * (isLow ? 1 - PRICE_CUT : 1);
      }
    }
  }
  return {
    cut: cutSkus.map((of) => ({ of })),
    paths: {
      ...paths,
      base: withItems(
        base,
        items.map((item) => ({
          item: { ...base.items[item]!, sku: newSku.get(base.items[item]!.sku)! },
          ...usageOf(base, item),
        })),
      ),
      groupOf: Int32Array.from([...groupOf, ...items.map((item) => newGroup.get(groupOf[item]!)!)]),
      groupCount: groupsNow,
      level,
    },
  };
}
