/**
 * Parts of usage that events name, split off as items of their own: a fixed share of each hour of the item that they
 * are part of. A part starts at the level of what it is part of, so until an event happens the sum is what it was.
 */
import { usageOf, withItems, type ItemUsage } from "../domain/demand-items.ts";
import { matches, partOf, type DeclaredEvent } from "../domain/event.ts";
import type { Paths } from "../domain/paths.ts";
import type { Sku } from "../domain/usage.ts";

export interface Parted {
  paths: Paths;
  /** `[item]` The part's name; empty: none. */
  part: readonly string[];
}

/** The same paths when no event names a part. Shares of one item that add up to more than 1 are scaled down to 1. */
export function splitParts(paths: Paths, skus: readonly Sku[], events: readonly DeclaredEvent[]): Parted {
  const { base, groupOf } = paths;
  const none = base.items.map(() => "");
  if (!events.some((event) => partOf(event) !== null)) return { paths, part: none };
  const added: { usage: ItemUsage; group: number; name: string }[] = [];
  const onDemandUsd = base.onDemandUsd.slice();
  for (const [item, { account, sku }] of base.items.entries()) {
    const shares = sharesOf(events, skus[sku]!, account);
    const total = [...shares.values()].reduce((sum, share) => sum + share, 0);
    if (total === 0 || base.start[item] === base.start[item + 1]) continue;
    const scale = Math.min(1, 1 / total);
    const whole = usageOf(base, item);
    for (const [name, share] of shares) {
      added.push({
        usage: {
          item: { account, sku },
          hour: whole.hour,
          onDemandUsd: whole.onDemandUsd.map((usd) => usd * share * scale),
        },
        group: groupOf[item]!,
        name,
      });
    }
    for (let n = base.start[item]!; n < base.start[item + 1]!; n++) onDemandUsd[n]! *= 1 - total * scale;
  }
  return {
    paths: {
      ...paths,
      base: withItems(
        { ...base, onDemandUsd },
        added.map(({ usage }) => usage),
      ),
      groupOf: Int32Array.from([...groupOf, ...added.map(({ group }) => group)]),
    },
    part: [...none, ...added.map(({ name }) => name)],
  };
}

/** Part → share of the item; named twice, the first counts. */
function sharesOf(events: readonly DeclaredEvent[], sku: Sku, account: string): Map<string, number> {
  const shares = new Map<string, number>();
  for (const event of events) {
    const part = partOf(event);
    if (event.kind === "launch" || part === null || shares.has(part.name)) continue;
    if (matches(event.match, sku, account)) shares.set(part.name, part.share);
  }
  return shares;
}
