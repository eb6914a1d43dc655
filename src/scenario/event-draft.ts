/**
 * Futures while events are laid over them, one after another. Levels are kept by group, so that a change of one group
 * touches no other, and items that are added wait beside the base: hundreds of events cost what they change.
 */
import { usageOf, withItems, type ItemUsage } from "../domain/demand-items.ts";
import type { Paths } from "../domain/paths.ts";
import type { UsageItem } from "../domain/usage.ts";
import type { Parted } from "./event-parts.ts";

export interface Draft {
  /** As it was before the events, but for what is below. */
  paths: Paths;
  /** Items after the base's. */
  added: ItemUsage[];
  /** `[item]` of the base, then of the added. */
  items: UsageItem[];
  part: string[];
  groupOf: number[];
  /** `[group][s · weekCount + week]` One array may be several groups' until it is replaced: none is written to. */
  levels: Float32Array[];
}

/** Of the scenario's week. */
export type ShareOf = (scenario: number, week: number) => number;

export function draftOf({ paths, part }: Parted): Draft {
  const { base, groupOf, groupCount, level } = paths;
  const rows = level.length / groupCount;
  const levels = Array.from({ length: groupCount }, (_, group) => {
    const own = new Float32Array(rows);
    for (let row = 0; row < rows; row++) own[row] = level[row * groupCount + group]!;
    return own;
  });
  return { paths, added: [], items: [...base.items], part: [...part], groupOf: [...groupOf], levels };
}

export function pathsOf({ paths, added, groupOf, levels }: Draft): Paths {
  const groupCount = levels.length;
  const rows = paths.level.length / paths.groupCount;
  const level = new Float32Array(rows * groupCount);
  for (const [group, own] of levels.entries()) {
    for (let row = 0; row < rows; row++) level[row * groupCount + group] = own[row]!;
  }
  return {
    ...paths,
    base: added.length > 0 ? withItems(paths.base, added) : paths.base,
    groupOf: Int32Array.from(groupOf),
    groupCount,
    level,
  };
}

export const usageIn = ({ paths: { base }, added }: Draft, item: number): Omit<ItemUsage, "item"> =>
  item < base.items.length ? usageOf(base, item) : added[item - base.items.length]!;

export const isUsed = (draft: Draft, item: number): boolean => {
  const { start, items } = draft.paths.base;
  return item < items.length
    ? start[item]! < start[item + 1]!
    : draft.added[item - items.length]!.hour.length > 0;
};

export function addItem(draft: Draft, usage: ItemUsage, group: number, part: string): void {
  draft.added.push(usage);
  draft.items.push(usage.item);
  draft.groupOf.push(group);
  draft.part.push(part);
}

/** A group after the present ones. */
export const addGroup = ({ levels }: Draft, level: Float32Array): number => levels.push(level) - 1;

/** `[s · weekCount + week]` */
export function levelsFrom({ paths }: Draft, valueOf: ShareOf): Float32Array {
  const { probability, weekCount } = paths;
  const level = new Float32Array(probability.length * weekCount);
  for (let s = 0; s < probability.length; s++) {
    for (let week = 0; week < weekCount; week++) level[s * weekCount + week] = valueOf(s, week);
  }
  return level;
}

export function scale(draft: Draft, groups: readonly number[], factorOf: ShareOf): void {
  const { weekCount } = draft.paths;
  for (const group of groups) {
    const before = draft.levels[group]!;
    draft.levels[group] = levelsFrom(draft, (s, week) => before[s * weekCount + week]! * factorOf(s, week));
  }
}

/** These items in groups that hold no others: a group that is only partly meant is split. */
export function ownGroups(draft: Draft, items: readonly number[]): number[] {
  const { groupOf, levels } = draft;
  const chosen = new Set(items);
  const meant = new Set(items.map((item) => groupOf[item]!));
  const others = new Set<number>();
  for (let item = 0; item < groupOf.length; item++) {
    const group = groupOf[item]!;
    if (meant.has(group) && !chosen.has(item) && isUsed(draft, item)) others.add(group);
  }
  const newGroup = new Map(
    [...meant].filter((group) => others.has(group)).map((group) => [group, addGroup(draft, levels[group]!)]),
  );
  for (const item of items) groupOf[item] = newGroup.get(groupOf[item]!) ?? groupOf[item]!;
  return [...new Set(items.map((item) => groupOf[item]!))];
}

/** Usage leaves the items for the added ones, theirs in turn: as much of it as the share says. */
export function move(
  draft: Draft,
  items: readonly number[],
  added: readonly ItemUsage[],
  shareOf: ShareOf,
): void {
  const { groupOf, levels, part } = draft;
  const sources = [...new Set(items.map((item) => groupOf[item]!))];
  const target = new Map(sources.map((group) => [group, addGroup(draft, levels[group]!)]));
  scale(draft, [...target.values()], shareOf);
  scale(draft, sources, (s, week) => 1 - shareOf(s, week));
  for (const [n, item] of items.entries()) {
    addItem(draft, added[n]!, target.get(groupOf[item]!)!, part[item]!);
  }
}
