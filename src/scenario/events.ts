/**
 * Declared events, laid over sampled futures. Levels hold for a week, so in the week of a date an event counts with the
 * share of the week's hours that lie after it: exact in the week's dollars. Where usage moves (a migration,
 * autoscaling) it moves to an item of its own, which keeps the sampled level of what it came from. Parts that events
 * name are split off first (`event-parts.ts`), so that each is an item of its own and an event about it is about a
 * whole.
 */
import { usageOf, withItems, type ItemUsage } from "../domain/demand-items.ts";
import { matches, partOf, type DeclaredEvent, type Match } from "../domain/event.ts";
import { hourOfWeek, type Hour } from "../domain/hour.ts";
import { DAY_HOURS, LEVEL_DAYS, type Paths } from "../domain/paths.ts";
import type { Demand, Sku } from "../domain/usage.ts";
import { splitParts, type Parted } from "./event-parts.ts";
import { eventSkuKey, migrated } from "./event-skus.ts";
import { randomOf } from "./random.ts";

const WEEK_HOURS = DAY_HOURS * LEVEL_DAYS;
const HOURS_PER_YEAR = 8_760;
const OWN_SEED = 15_485_863;

/** `skus` hold those that the events bring (`event-skus.ts`); `start` is the first hour of the horizon. */
export function withEvents(
  paths: Paths,
  skus: readonly Sku[],
  start: Hour,
  events: readonly DeclaredEvent[],
  seed: number,
): Paths {
  return events.reduce(
    (now, event, n) => {
      const happens = scenariosOf(event, paths.probability.length, seed + OWN_SEED + n);
      const share = (week: number): number => shareAfter(event, start + week * WEEK_HOURS);
      return happened(now, skus, start, event, (s, week) => (happens[s] === 1 ? share(week) : 0));
    },
    splitParts(paths, skus, events),
  ).paths;
}

/** `[scenario]` 1 in the share of them that its probability says. */
function scenariosOf({ probability }: DeclaredEvent, count: number, seed: number): Uint8Array {
  const random = randomOf(seed);
  const drawn = Array.from({ length: count }, (_, s) => ({ s, at: random() })).sort((a, b) => a.at - b.at);
  const happens = new Uint8Array(count);
  for (const { s } of drawn.slice(0, Math.round(probability * count))) happens[s] = 1;
  return happens;
}

/**
 * Share of the week from hour `week` on in which the event holds. A migration with an end has moved everything by then.
 */
function shareAfter(event: DeclaredEvent, week: Hour): number {
  const { from, to } = event;
  const hoursAfter = (hour: Hour): number => Math.min(WEEK_HOURS, Math.max(0, week + WEEK_HOURS - hour));
  if (event.kind === "migration" && to !== null) return meanRamp(from, to, week);
  return (hoursAfter(from) - (to === null ? 0 : hoursAfter(to))) / WEEK_HOURS;
}

/** Mean over the week of a line from 0 at `from` to 1 at `to`. */
function meanRamp(from: Hour, to: Hour, week: Hour): number {
  /** ∫ of the ramp from its start to x. */
  const area = (x: Hour): number =>
    x <= from ? 0 : x >= to ? (to - from) / 2 + x - to : (x - from) ** 2 / (2 * (to - from));
  return (area(week + WEEK_HOURS) - area(week)) / WEEK_HOURS;
}

type ShareOf = (scenario: number, week: number) => number;

function happened(
  { paths, part }: Parted,
  skus: readonly Sku[],
  start: Hour,
  event: DeclaredEvent,
  shareOf: ShareOf,
): Parted {
  if (event.kind === "launch") {
    const grown = launched(paths, skus, event, shareOf);
    return { paths: grown, part: grown.base.items.map((_, item) => part[item] ?? "") };
  }
  const name = partOf(event)?.name;
  const items = matchedItems(paths, skus, event.match).filter(
    (item) => name === undefined || part[item] === name,
  );
  if (items.length === 0) return { paths, part };
  const { paths: split, groups } = withOwnGroups(paths, items);
  const same = (changed: Paths): Parted => ({ paths: changed, part });
  if (event.kind === "shutdown") return same(scaled(split, groups, (s, week) => 1 - shareOf(s, week)));
  if (event.kind === "growth") {
    const { times, yearly, from, to } = event;
    return same(
      scaled(split, groups, (s, week) => {
        if (times !== null) return 1 + (times - 1) * shareOf(s, week);
        const middle = Math.min(start + (week + 0.5) * WEEK_HOURS, to ?? Infinity);
        const happens =
          shareOf(s, week) > 0 || (to !== null && middle >= to && shareOf(s, weekOf(from, start)) > 0);
        return happens ? (1 + yearly!) ** Math.max(0, (middle - from) / HOURS_PER_YEAR) : 1;
      }),
    );
  }
  const keptOf = event.kind === "autoscaling" ? keptBy(event, paths.base, start) : null;
  const added = items.map((item): ItemUsage => {
    const { account, sku } = split.base.items[item]!;
    const usage = usageOf(split.base, item);
    if (event.kind === "autoscaling") {
      const kept = usage.onDemandUsd.map((usd, n) => usd * keptOf!(usage.hour[n]!));
      return { item: { account, sku }, hour: usage.hour, onDemandUsd: kept };
    }
    const target = eventSkuKey(migrated(skus[sku]!, event.target));
    const usd = usage.onDemandUsd.map((each) => each * event.spendRatio);
    return {
      item: { account, sku: skus.findIndex((each) => eventSkuKey(each) === target) },
      hour: usage.hour,
      onDemandUsd: usd,
    };
  });
  return {
    paths: moved(split, items, added, shareOf),
    part: [...part, ...items.map((item) => part[item]!)],
  };
}

/** Hour of the base → the share of its usage that autoscaling keeps. The base's last hour comes before `start`. */
function keptBy(
  { minimum, week }: DeclaredEvent & { kind: "autoscaling" },
  base: Demand,
  start: Hour,
): (hour: number) => number {
  if (week !== undefined) return (hour) => week[hourOfWeek(start - base.hourCount + hour)]!;
  const profile = weekProfile(base);
  return (hour) => minimum + (1 - minimum) * profile[hour % WEEK_HOURS]!;
}

const weekOf = (hour: Hour, start: Hour): number => Math.max(0, Math.floor((hour - start) / WEEK_HOURS));

const matchedItems = ({ base }: Paths, skus: readonly Sku[], match: Match): number[] =>
  [...base.items.keys()].filter((item) => {
    const { account, sku } = base.items[item]!;
    return base.start[item]! < base.start[item + 1]! && matches(match, skus[sku]!, account);
  });

/** The paths with these items in groups that hold no others: a group that is only partly meant is split. */
function withOwnGroups(paths: Paths, items: readonly number[]): { paths: Paths; groups: number[] } {
  const { base, groupOf } = paths;
  const chosen = new Set(items);
  const others = new Set(
    [...groupOf.keys()]
      .filter((item) => !chosen.has(item) && base.start[item]! < base.start[item + 1]!)
      .map((item) => groupOf[item]!),
  );
  const partly = [...new Set(items.map((item) => groupOf[item]!))].filter((group) => others.has(group));
  const split = withCopiedGroups(paths, partly);
  const newGroup = new Map(partly.map((group, n) => [group, paths.groupCount + n]));
  const groups = Int32Array.from(groupOf, (group, item) =>
    chosen.has(item) ? (newGroup.get(group) ?? group) : group,
  );
  return {
    paths: { ...split, groupOf: groups },
    groups: [...new Set(items.map((item) => groups[item]!))],
  };
}

/** More groups after the present ones, each at the levels of one of them. */
function withCopiedGroups(paths: Paths, sources: readonly number[]): Paths {
  if (sources.length === 0) return paths;
  const { level, groupCount, weekCount, probability } = paths;
  const count = groupCount + sources.length;
  const rows = probability.length * weekCount;
  const levels = new Float32Array(rows * count);
  for (let row = 0; row < rows; row++) {
    levels.set(level.subarray(row * groupCount, (row + 1) * groupCount), row * count);
    for (const [n, source] of sources.entries()) {
      levels[row * count + groupCount + n] = level[row * groupCount + source]!;
    }
  }
  return { ...paths, groupCount: count, level: levels };
}

function scaled(paths: Paths, groups: readonly number[], factorOf: ShareOf): Paths {
  const { weekCount, groupCount, probability } = paths;
  const level = paths.level.slice();
  for (let s = 0; s < probability.length; s++) {
    for (let week = 0; week < weekCount; week++) {
      const factor = factorOf(s, week);
      for (const group of groups) level[(s * weekCount + week) * groupCount + group]! *= factor;
    }
  }
  return { ...paths, level };
}

/** Usage leaves the items for the added ones: as much of it as the share says. */
function moved(paths: Paths, items: readonly number[], added: readonly ItemUsage[], shareOf: ShareOf): Paths {
  const sources = [...new Set(items.map((item) => paths.groupOf[item]!))];
  const copied = withCopiedGroups(paths, sources);
  const target = new Map(sources.map((group, n) => [group, paths.groupCount + n]));
  const there = scaled(copied, [...target.values()], shareOf);
  const both = scaled(there, sources, (s, week) => 1 - shareOf(s, week));
  return {
    ...both,
    base: withItems(paths.base, added),
    groupOf: Int32Array.from([...paths.groupOf, ...items.map((item) => target.get(paths.groupOf[item]!)!)]),
  };
}

/**
 * New usage in the rhythm of other usage: its shape, scaled in each scenario so that the hours in which the launch holds
 * add on average what was declared. A scenario repeats some regimes of the history only, where the other usage may be
 * far from its mean, or nothing: then the launch runs round the clock.
 */
function launched(
  paths: Paths,
  skus: readonly Sku[],
  event: DeclaredEvent & { kind: "launch" },
  shareOf: ShareOf,
): Paths {
  const { base } = paths;
  const target = eventSkuKey(event.sku);
  const item = {
    account: event.account ?? base.items[0]?.account ?? "",
    sku: skus.findIndex((each) => eventSkuKey(each) === target),
  };
  const like = event.shapeOf === null ? [] : matchedItems(paths, skus, event.shapeOf);
  const shape = new Float64Array(base.hourCount);
  for (const each of like) {
    const { hour, onDemandUsd } = usageOf(base, each);
    for (let n = 0; n < hour.length; n++) shape[hour[n]!]! += onDemandUsd[n]!;
  }
  const mean = meansWhile(paths, shape, shareOf);
  const flat = shape.map(() => event.usdPerHour);
  const isFlat = (s: number): boolean => !(mean[s]! > 0);
  const rounds = withNewItem(paths, item, flat, (s, week) => (isFlat(s) ? shareOf(s, week) : 0));
  if (mean.every((_, s) => isFlat(s))) return rounds;
  return withNewItem(mean.some((_, s) => isFlat(s)) ? rounds : paths, item, shape, (s, week) =>
    isFlat(s) ? 0 : (shareOf(s, week) * event.usdPerHour) / mean[s]!,
  );
}

/** `[scenario]` Mean of what the hours of the base hold, over the days of the scenario in which the event holds. */
function meansWhile(paths: Paths, shape: Float64Array, shareOf: ShareOf): Float64Array {
  const { dayStart, dayCount, probability } = paths;
  const hours = Math.min(DAY_HOURS, shape.length);
  const ofDay = new Map<number, number>();
  const dayMean = (start: number): number => {
    const known =
      ofDay.get(start) ?? shape.subarray(start, start + hours).reduce((sum, usd) => sum + usd, 0) / hours;
    ofDay.set(start, known);
    return known;
  };
  return Float64Array.from(probability, (_, s) => {
    let sum = 0;
    let weight = 0;
    for (let day = 0; day < dayCount; day++) {
      const share = shareOf(s, Math.floor(day / LEVEL_DAYS));
      if (share === 0) continue;
      sum += share * dayMean(dayStart[s * dayCount + day]!);
      weight += share;
    }
    return weight > 0 ? sum / weight : 0;
  });
}

/** Usage of a group of its own, at these levels. */
function withNewItem(
  paths: Paths,
  item: ItemUsage["item"],
  usdOfHour: Float64Array,
  levelOf: ShareOf,
): Paths {
  const { base, weekCount, probability, groupCount } = paths;
  const usage: ItemUsage = { item, hour: Int32Array.from(usdOfHour.keys()), onDemandUsd: usdOfHour };
  const grown = withCopiedGroups(paths, [0]);
  const level = grown.level.slice();
  for (let s = 0; s < probability.length; s++) {
    for (let week = 0; week < weekCount; week++) {
      level[(s * weekCount + week) * grown.groupCount + groupCount] = levelOf(s, week);
    }
  }
  return {
    ...grown,
    level,
    base: withItems(base, [usage]),
    groupOf: Int32Array.from([...paths.groupOf, groupCount]),
  };
}

/** `[hour of the base, modulo a week]` All usage ÷ that of the busiest such hour. */
function weekProfile({ hour, onDemandUsd }: Demand): Float64Array {
  const usd = new Float64Array(WEEK_HOURS);
  for (let n = 0; n < hour.length; n++) usd[hour[n]! % WEEK_HOURS]! += onDemandUsd[n]!;
  const most = usd.reduce((max, each) => Math.max(max, each), 0);
  return usd.map((each) => (most > 0 ? each / most : 1));
}
