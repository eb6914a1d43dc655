/**
 * Declared events, laid over sampled futures. Levels hold for a week, so in the week of a date an event counts with the
 * share of the week's hours that lie after it: exact in the week's dollars. Where usage moves (a migration,
 * autoscaling) it moves to an item of its own, which keeps the sampled level of what it came from. Parts that events
 * name are split off first (`event-parts.ts`), so that each is an item of its own and an event about it is about a
 * whole.
 */
import type { ItemUsage } from "../domain/demand-items.ts";
import { matches, partOf, type DeclaredEvent, type Match } from "../domain/event.ts";
import { hourOfWeek, type Hour } from "../domain/hour.ts";
import { DAY_HOURS, LEVEL_DAYS, type Paths } from "../domain/paths.ts";
import type { Sku } from "../domain/usage.ts";
import {
  addGroup,
  addItem,
  draftOf,
  isUsed,
  levelsFrom,
  move,
  ownGroups,
  pathsOf,
  scale,
  usageIn,
  type Draft,
  type ShareOf,
} from "./event-draft.ts";
import { splitParts } from "./event-parts.ts";
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
  if (events.length === 0) return paths;
  const draft = draftOf(splitParts(paths, skus, events));
  for (const [n, event] of events.entries()) {
    const happens = scenariosOf(event, paths.probability.length, seed + OWN_SEED + n);
    const share = (week: number): number => shareAfter(event, start + week * WEEK_HOURS);
    happen(draft, skus, start, event, (s, week) => (happens[s] === 1 ? share(week) : 0));
  }
  return pathsOf(draft);
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

function happen(
  draft: Draft,
  skus: readonly Sku[],
  start: Hour,
  event: DeclaredEvent,
  shareOf: ShareOf,
): void {
  if (event.kind === "launch") return launch(draft, skus, event, shareOf);
  const name = partOf(event)?.name;
  const items = matchedItems(draft, skus, event.match).filter(
    (item) => name === undefined || draft.part[item] === name,
  );
  if (items.length === 0) return;
  const groups = ownGroups(draft, items);
  if (event.kind === "shutdown") return scale(draft, groups, (s, week) => 1 - shareOf(s, week));
  if (event.kind === "growth") {
    const { times, yearly, from, to } = event;
    return scale(draft, groups, (s, week) => {
      if (times !== null) return 1 + (times - 1) * shareOf(s, week);
      const middle = Math.min(start + (week + 0.5) * WEEK_HOURS, to ?? Infinity);
      const happens =
        shareOf(s, week) > 0 || (to !== null && middle >= to && shareOf(s, weekOf(from, start)) > 0);
      return happens ? (1 + yearly!) ** Math.max(0, (middle - from) / HOURS_PER_YEAR) : 1;
    });
  }
  const keptOf = event.kind === "autoscaling" ? keptBy(event, draft, start) : null;
  const added = items.map((item): ItemUsage => {
    const { account, sku } = draft.items[item]!;
    const usage = usageIn(draft, item);
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
  move(draft, items, added, shareOf);
}

/** Hour of the base → the share of its usage that autoscaling keeps. The base's last hour comes before `start`. */
function keptBy(
  { minimum, week }: DeclaredEvent & { kind: "autoscaling" },
  draft: Draft,
  start: Hour,
): (hour: number) => number {
  const { hourCount } = draft.paths.base;
  if (week !== undefined) return (hour) => week[hourOfWeek(start - hourCount + hour)]!;
  const profile = weekProfile(draft);
  return (hour) => minimum + (1 - minimum) * profile[hour % WEEK_HOURS]!;
}

const weekOf = (hour: Hour, start: Hour): number => Math.max(0, Math.floor((hour - start) / WEEK_HOURS));

const matchedItems = (draft: Draft, skus: readonly Sku[], match: Match): number[] =>
  [...draft.items.keys()].filter((item) => {
    const { account, sku } = draft.items[item]!;
    return matches(match, skus[sku]!, account) && isUsed(draft, item);
  });

/**
 * New usage in the rhythm of other usage: its shape, scaled in each scenario so that the hours in which the launch holds
 * add on average what was declared. A scenario repeats some regimes of the history only, where the other usage may be
 * far from its mean, or nothing: then the launch runs round the clock.
 */
function launch(
  draft: Draft,
  skus: readonly Sku[],
  event: DeclaredEvent & { kind: "launch" },
  shareOf: ShareOf,
): void {
  const { base } = draft.paths;
  const target = eventSkuKey(event.sku);
  const item = {
    account: event.account ?? draft.items[0]?.account ?? "",
    sku: skus.findIndex((each) => eventSkuKey(each) === target),
  };
  const like = event.shapeOf === null ? [] : matchedItems(draft, skus, event.shapeOf);
  const shape = new Float64Array(base.hourCount);
  for (const each of like) {
    const { hour, onDemandUsd } = usageIn(draft, each);
    for (let n = 0; n < hour.length; n++) shape[hour[n]!]! += onDemandUsd[n]!;
  }
  const mean = meansWhile(draft.paths, shape, shareOf);
  const isFlat = (s: number): boolean => !(mean[s]! > 0);
  /** Usage of a group of its own, at these levels. */
  const add = (usdOfHour: Float64Array, levelOf: ShareOf): void => {
    const usage = { item, hour: Int32Array.from(usdOfHour.keys()), onDemandUsd: usdOfHour };
    addItem(draft, usage, addGroup(draft, levelsFrom(draft, levelOf)), "");
  };
  const isAnyFlat = mean.some((_, s) => isFlat(s));
  if (isAnyFlat) {
    const flat = shape.map(() => event.usdPerHour);
    add(flat, (s, week) => (isFlat(s) ? shareOf(s, week) : 0));
  }
  if (mean.every((_, s) => isFlat(s))) return;
  add(shape, (s, week) => (isFlat(s) ? 0 : (shareOf(s, week) * event.usdPerHour) / mean[s]!));
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

/** `[hour of the base, modulo a week]` All usage ÷ that of the busiest such hour. */
function weekProfile({ paths, added }: Draft): Float64Array {
  const usd = new Float64Array(WEEK_HOURS);
  for (const { hour, onDemandUsd } of [paths.base, ...added]) {
    for (let n = 0; n < hour.length; n++) usd[hour[n]! % WEEK_HOURS]! += onDemandUsd[n]!;
  }
  const most = usd.reduce((max, each) => Math.max(max, each), 0);
  return usd.map((each) => (most > 0 ? each / most : 1));
}
