/**
 * Futures from a seed: what the history could go on as.
 *
 * 1. AGE OF THE REGIME. Nobody knows how far back the present way of use goes. A scenario draws the age a, evenly among
 *    1, 2, 4, 8 … weeks that the history holds, and every one of its blocks of days is a stretch of the last a: joint
 *    over all items, so what moves together still does, and what ended before that or began since is in or out with it.
 * 2. NEWEST HOURS. A collapse shows first in them. With the same weight as each age, the level is that of the last 6,
 *    12 or 24 hours, against the same hours of the days before, each day by what its day of the week usually has: a
 *    fall in full, a rise by a part. In half of the scenarios it is the level of all usage together, in the others each
 *    group's own.
 * 3. LEVEL. Times exp(x), x Student's t with 3 degrees of freedom: of scale √(s² + c²·v), v the variance of its
 *    changes, s wider the shorter the history. Half of the variance all groups share, with v of their sum; half is each
 *    one's own.
 * 4. TIME. The level walks on from week to week; a drift, shrunk by the length of the history, dies away; groups end
 *    and begin at the rate that the history shows, shrunk toward a prior. An unknown SKU has no rate, so a birth adds
 *    to a known group.
 *
 * All constants hold for every history. `docs/futures.md` says what was tried, on which traces, and what did not help.
 */
import type { Assumed } from "../domain/assumed.ts";
import { DAY_HOURS, LEVEL_DAYS, type Paths } from "../domain/paths.ts";
import type { BootstrapOptions } from "../domain/sampling.ts";
import type { Demand } from "../domain/usage.ts";
import { driftPerWeek, freshLevels, levelVariance, turnoverOf } from "./level.ts";
import { normal, randomOf, studentScale, type Random } from "./random.ts";
import { meanOf, usageByGroup } from "./usage.ts";

const LEVEL_SCALE = 0.1;

/** Days of history at which the scale above is wider by √2. */
const SHORT_DAYS = 7;

/** Weeks of history that tell as much of how much a level moves as the scale above, which is believed before any. */
const PRIOR_WEEKS = 26;

/** Weight of the scale of its changes. */
const CHANGE_SHARE = 0.2;

const DEGREES = 3;

/** Part of a level's variance that all groups share. */
const SHARED = 0.5;

/**
 * Falls are believed in full and rises in part, so without this the futures would lie below the
 * present; use that goes on grows.
 */
const USE_GROWS = 0.03;

/** Scale of the level's walk from week to week: what the longest series show (`docs/futures.md`). */
const WALK_SCALE = 0.02;

/** What is left of the drift a week later. */
const DRIFT_KEPT = 0.96;

/** Levels stay within e^±3 of where they are. */
const MOST_LOG = 3;

/** Variance of changes where there are not two days. */
const UNKNOWN_VARIANCE = 1;

const WEEKS_PER_YEAR = 365 / 7;

/** Everything but price cuts and declared events (`price-cuts.ts`, `events.ts`), which are added to it. */
export function bootstrap(
  base: Demand,
  options: BootstrapOptions,
): { paths: Paths; assumed: Omit<Assumed, "cutSkus"> } {
  const { horizonHours, scenarios } = options;
  const { groupOf, groupCount } = groupsOf(base);
  const groups = usageByGroup(base, groupOf, groupCount).usd;
  const all = usageByGroup(base, new Int32Array(base.items.length), 1).usd[0]!;
  const days = base.hourCount / DAY_HOURS;
  const ages = agesOf(days);
  const believed = PRIOR_WEEKS / (PRIOR_WEEKS + days / LEVEL_DAYS);
  const scaleOf = (usd: Float64Array): number =>
    Math.sqrt(
      believed * LEVEL_SCALE ** 2 * (1 + SHORT_DAYS / Math.max(1, days)) +
        CHANGE_SHARE ** 2 * levelVariance(usd, UNKNOWN_VARIANCE),
    );
  const known: Known = {
    ages,
    groups,
    all,
    fresh: groups.map(freshLevels),
    freshOfAll: freshLevels(all),
    scale: groups.map(scaleOf),
    scaleOfAll: scaleOf(all),
    drift: options.growth === null ? driftPerWeek(all) : Math.log1p(options.growth) / WEEKS_PER_YEAR,
    driftKept: options.growth === null ? DRIFT_KEPT : 1,
    turnover: turnoverOf(groups),
  };
  const dayCount = Math.ceil(horizonHours / DAY_HOURS);
  const weekCount = Math.ceil(dayCount / LEVEL_DAYS);
  const paths: Paths = {
    hourCount: horizonHours,
    base,
    probability: new Float64Array(scenarios).fill(1 / scenarios),
    dayCount,
    dayStart: new Int32Array(scenarios * dayCount),
    groupOf,
    groupCount,
    weekCount,
    level: new Float32Array(scenarios * weekCount * groupCount),
  };
  const seeds = stratified(paths, known, options.seed);
  for (let s = 0; s < scenarios; s++) drawScenario(paths, known, s, randomOf(seeds[s]!));
  const { endsPerWeek, birthsPerWeek } = known.turnover;
  return {
    paths,
    assumed: {
      regimeDays: ages,
      driftPerWeek: known.drift,
      driftIsGiven: options.growth !== null,
      endsPerWeek,
      birthsPerWeek,
      levelScale: known.scaleOfAll,
    },
  };
}

/** One group per SKU that is used, whatever the account. */
function groupsOf({ items, start }: Demand): { groupOf: Int32Array; groupCount: number } {
  const numbers = new Map<number, number>();
  const groupOf = Int32Array.from(items, ({ sku }, item) => {
    if (start[item] === start[item + 1]) return 0;
    const group = numbers.get(sku) ?? numbers.size;
    numbers.set(sku, group);
    return group;
  });
  return { groupOf, groupCount: Math.max(1, numbers.size) };
}

/** 1, 2, 4 … weeks, as many as the history holds; all of it when it is shorter. */
function agesOf(days: number): number[] {
  const ages: number[] = [];
  for (let age = LEVEL_DAYS; age <= days + 1; age *= 2) ages.push(age);
  return ages.length > 0 ? ages : [Math.max(1, Math.floor(days))];
}

interface Known {
  ages: readonly number[];
  /** `[group][hour]` */
  groups: readonly Float64Array[];
  all: Float64Array;
  /** `[group][newest hours]` */
  fresh: readonly number[][];
  freshOfAll: readonly number[];
  /** `[group]` */
  scale: readonly number[];
  scaleOfAll: number;
  drift: number;
  driftKept: number;
  turnover: { endsPerWeek: number; birthsPerWeek: number };
}

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)]!;

function drawScenario(paths: Paths, known: Known, s: number, random: Random): void {
  const shocks = drawShocks(paths, known, random);
  const scenarios = paths.probability.length;
  const { ages, freshOfAll } = known;
  // One choice of a scenario is spread evenly over the sample, so that a small one holds all of them.
  const choices = freshOfAll.length + ages.length;
  const choice = Math.floor(((s + 0.5) / scenarios) * choices);
  const isFresh = choice < freshOfAll.length;
  const together = s % 2 === 0;
  const shared = isFresh && together;
  const age = isFresh ? (shared ? ages[0]! : pick(random, ages)) : ages[choice - freshOfAll.length]!;
  drawDays(paths, s, age, random);
  drawLevels(paths, known, s, shocks, random, (group) => {
    if (shared) return freshOfAll[choice]!;
    if (together) return 1;
    // The scenario's own choice is the first group's; the others draw theirs.
    const own = group === 0 ? choice : Math.floor(random() * choices);
    return own < freshOfAll.length ? known.fresh[group]![own]! * newestWeek(known.groups[group]!, age) : 1;
  });
}

/** Level of the last week ÷ that of the last `age` days. */
function newestWeek(usd: Float64Array, age: number): number {
  const end = usd.length;
  const of = meanOf(usd, Math.max(0, end - age * DAY_HOURS), end);
  return of > 0 ? meanOf(usd, Math.max(0, end - LEVEL_DAYS * DAY_HOURS), end) / of : 1;
}

/**
 * Stretches of up to a week out of the last `age` days, from any day on, the newest followed by the oldest: so every
 * day is as likely, and it does not matter on which day of the week the history ends. A third of a short regime, so
 * that stretches differ.
 */
function drawDays({ dayStart, dayCount, base }: Paths, s: number, age: number, random: Random): void {
  const end = base.hourCount;
  const available = Math.max(1, Math.min(age, Math.floor(end / DAY_HOURS)));
  const length = Math.min(LEVEL_DAYS, Math.max(1, Math.floor(available / 3)));
  for (let day = 0; day < dayCount; day += length) {
    const first = Math.floor(random() * available);
    for (let n = 0; n < length && day + n < dayCount; n++) {
      const back = available - ((first + n) % available);
      dayStart[s * dayCount + day + n] = Math.max(0, end - back * DAY_HOURS);
    }
  }
}

/** What moves a scenario's level the most. */
interface Shocks {
  /** `[group]` Logarithm of its level at the start. */
  startLog: Float64Array;
  /** `[group]` Scale of its own walk. */
  walk: Float64Array;
  /** `[week]` Logarithm of what all groups share, on its walk. */
  together: Float64Array;
}

function drawShocks({ weekCount, groupCount }: Paths, { scale, scaleOfAll }: Known, random: Random): Shocks {
  const own = Math.sqrt(1 - SHARED);
  const common = Math.sqrt(SHARED);
  const startLog = new Float64Array(groupCount);
  const walk = new Float64Array(groupCount);
  const together = new Float64Array(weekCount);
  const t = studentScale(random, DEGREES);
  const shift = common * scaleOfAll * t * normal(random);
  const walks = common * WALK_SCALE * t;
  for (let group = 0; group < groupCount; group++) {
    const ownT = studentScale(random, DEGREES);
    startLog[group] = USE_GROWS + shift + own * scale[group]! * ownT * normal(random);
    walk[group] = own * WALK_SCALE * ownT;
  }
  let sum = 0;
  for (let week = 0; week < weekCount; week++) together[week] = sum += walks * normal(random);
  return { startLog, walk, together };
}

/** Draws among which one of each stratum is taken. */
const DRAWS = 8;

/** Consecutive multiples of the golden ratio's fraction are spread evenly. */
const GOLDEN = 0.618_033_988_749_895;

/**
 * `[scenario]` Seeds of a stratified sample: eight times as many draws, in the order of the usage that their shocks come
 * to, and of each eight in turn one by chance. Each draw is as likely as in a plain sample, and what depends on the
 * level is known with less error. Strata are given to the scenarios evenly, so that each age of the regime has all.
 */
function stratified(paths: Paths, known: Known, seed: number): Int32Array {
  const scenarios = paths.probability.length;
  const random = randomOf(seed);
  const seeds = Int32Array.from({ length: DRAWS * scenarios }, () => Math.floor(random() * 2 ** 31));
  const share = known.groups.map((usd) => meanOf(usd, 0, usd.length));
  const usd = Float64Array.from(seeds, (each) => usageOf(drawShocks(paths, known, randomOf(each)), share));
  const order = [...seeds.keys()].sort((a, b) => usd[a]! - usd[b]! || a - b);
  const stratum = [...Array(scenarios).keys()].sort((a, b) => ((a * GOLDEN) % 1) - ((b * GOLDEN) % 1));
  const chosen = new Int32Array(scenarios);
  for (const [n, s] of stratum.entries())
    chosen[s] = seeds[order[DRAWS * n + Math.floor(DRAWS * random())]!]!;
  return chosen;
}

function usageOf({ startLog, together }: Shocks, share: readonly number[]): number {
  const level = share.reduce((usd, each, group) => usd + each * Math.exp(bounded(startLog[group]!)), 0);
  return (level * together.reduce((sum, log) => sum + Math.exp(bounded(log)), 0)) / together.length;
}

const bounded = (log: number): number => Math.max(-MOST_LOG, Math.min(MOST_LOG, log));

function drawLevels(
  { level, weekCount, groupCount }: Paths,
  { drift, driftKept, turnover }: Known,
  s: number,
  { startLog, walk, together }: Shocks,
  random: Random,
  startOf: (group: number) => number,
): void {
  const start = Float64Array.from(startLog, (_, group) => startOf(group));
  const lives = new Float64Array(groupCount).fill(1);
  let trend = 0;
  let step = drift;
  for (let week = 0; week < weekCount; week++) {
    trend += step;
    step *= driftKept;
    const first = (s * weekCount + week) * groupCount;
    for (let group = 0; group < groupCount; group++) {
      startLog[group]! += walk[group]! * normal(random);
      if (random() < turnover.endsPerWeek) lives[group] = 0;
      if (random() < turnover.birthsPerWeek) lives[group]! += 1;
      const log = bounded(startLog[group]! + together[week]!);
      level[first + group] = start[group]! * lives[group]! * Math.exp(log + trend);
    }
  }
}
