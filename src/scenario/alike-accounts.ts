/**
 * Accounts that every plan treats alike, as one. With sharing open to all, AWS's rule asks only whether usage is of the
 * plan's owner or of another account (`settlement/order.ts`): so the others' usage of one SKU, moving with one level, is
 * settled as a sum, however many accounts there are.
 */
import type { Paths } from "../domain/paths.ts";
import type { Sharing } from "../domain/sharing.ts";
import type { Demand, UsageItem } from "../domain/usage.ts";

/** The same futures with such items added up. `owners`: accounts of plans that are owned or may be bought. */
export function withAlikeAccounts(paths: Paths, { mode }: Sharing, owners: ReadonlySet<string>): Paths {
  if (mode !== "open") return paths;
  const { base, groupOf } = paths;
  const keyOf = ({ account, sku }: UsageItem, item: number): string =>
    `${sku} ${groupOf[item]!} ${owners.has(account) ? account : ""}`;
  const placeOf = new Map<string, number>();
  const firsts: number[] = [];
  const into = Int32Array.from(base.items, (each, item) => {
    const key = keyOf(each, item);
    const place = placeOf.get(key) ?? firsts.length;
    if (place === firsts.length) {
      placeOf.set(key, place);
      firsts.push(item);
    }
    return place;
  });
  if (firsts.length === base.items.length) return paths;
  return {
    ...paths,
    base: addedUp(
      base,
      into,
      firsts.map((item) => base.items[item]!),
    ),
    groupOf: Int32Array.from(firsts, (item) => groupOf[item]!),
  };
}

/** `into[item]`: its place among `items`. */
function addedUp(base: Demand, into: Int32Array, items: UsageItem[]): Demand {
  const { hourCount } = base;
  const members = items.map((): number[] => []);
  for (const [item, place] of into.entries()) members[place]!.push(item);
  const usage = new Float64Array(hourCount);
  const used = new Uint8Array(hourCount);
  const start = new Int32Array(items.length + 1);
  const hour = new Int32Array(base.hour.length);
  const onDemandUsd = new Float64Array(base.hour.length);
  let at = 0;
  for (const [place, those] of members.entries()) {
    usage.fill(0);
    used.fill(0);
    for (const item of those) {
      for (let n = base.start[item]!; n < base.start[item + 1]!; n++) {
        usage[base.hour[n]!]! += base.onDemandUsd[n]!;
        used[base.hour[n]!] = 1;
      }
    }
    for (let h = 0; h < hourCount; h++) {
      if (used[h] === 0) continue;
      hour[at] = h;
      onDemandUsd[at++] = usage[h]!;
    }
    start[place + 1] = at;
  }
  return { hourCount, items, start, hour: hour.slice(0, at), onDemandUsd: onDemandUsd.slice(0, at) };
}
