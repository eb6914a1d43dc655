/**
 * Three years of hourly usage made of real traces: a sum of groups. A group has the shape of the weeks of one long trace, in
 * stretches of 1 to 4 weeks, and a level that walks by stretches of 4 to 8 consecutive week-on-week changes of real ones (their mean
 * taken off), pulled back by 3 % a week; 35 % of the groups begin or end within the time, sizes are lognormal.
 */
import { between, normal, pick, seededRandom, type Random } from "./fixtures/random.ts";
import type { Trace } from "./traces.ts";

const WEEK_HOURS = 168;
const WEEKS = 170;

interface Shape {
  /** `[week]` Hours over the week's mean; null: a week without usage. */
  weeks: (Float64Array | null)[];
  /** Changes of the logarithm of the level from week to week. */
  changes: number[];
}

export function pooled(traces: readonly Trace[], groups: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  const used = traces.filter(({ usd }) => usd.some((each) => each > 0));
  const shapes = used.filter(({ usd }) => usd.length >= 1_300).map(({ usd }) => shapeOf(usd));
  const walks = used.filter(({ usd }) => usd.length >= 6 * WEEK_HOURS).map(({ usd }) => shapeOf(usd).changes);
  const drift = mean(walks.map(mean));
  const total = new Float64Array(WEEKS * WEEK_HOURS);
  for (let group = 0; group < groups; group++) {
    addGroup(total, pick(random, shapes), walks, drift, random);
  }
  return total;
}

function addGroup(
  total: Float64Array,
  { weeks }: Shape,
  walks: readonly (readonly number[])[],
  drift: number,
  random: Random,
): void {
  const order = stretches(WEEKS, () => {
    const from = Math.floor(random() * weeks.length);
    return weeks.slice(from, from + between(random, 1, 4));
  });
  const changes = stretches(WEEKS, () => {
    const walk = pick(random, walks);
    const length = between(random, 4, 8);
    const from = Math.floor(random() * Math.max(1, walk.length - length + 1));
    return walk.slice(from, from + length);
  });
  const [begins, ends] = lifeOf(random);
  const growth = (0.1 + 0.25 * normal(random)) / 52;
  const size = Math.exp(normal(random));
  let level = 0;
  for (let week = 0; week < WEEKS; week++) {
    level = level * 0.97 + changes[week]! - drift;
    const shape = order[week]!;
    if (shape === null || week < begins || week >= ends) continue;
    const scale = size * Math.exp(Math.max(-2.5, Math.min(2.5, level)) + growth * week);
    for (let hour = 0; hour < WEEK_HOURS; hour++) total[week * WEEK_HOURS + hour]! += scale * shape[hour]!;
  }
}

/** The first week and the one after the last. */
function lifeOf(random: Random): [number, number] {
  if (random() >= 0.35) return [0, WEEKS];
  const week = Math.floor(random() * WEEKS);
  return random() < 0.5 ? [0, week] : [week, WEEKS];
}

function stretches<T>(count: number, draw: () => readonly T[]): T[] {
  const all: T[] = [];
  while (all.length < count) all.push(...draw());
  return all.slice(0, count);
}

const LEAST_LEVEL = 0.05;

function shapeOf(usd: Float64Array): Shape {
  const means = Array.from({ length: Math.floor(usd.length / WEEK_HOURS) }, (_, week) =>
    mean(usd.subarray(week * WEEK_HOURS, (week + 1) * WEEK_HOURS)),
  );
  const whole = mean(means);
  const logs = means.map((each) => Math.log(each / whole + LEAST_LEVEL));
  return {
    weeks: means.map((each, week) =>
      each > 1e-6 ? usd.slice(week * WEEK_HOURS, (week + 1) * WEEK_HOURS).map((hour) => hour / each) : null,
    ),
    changes: logs.slice(1).map((log, n) => log - logs[n]!),
  };
}

const mean = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let n = 0; n < values.length; n++) sum += values[n]!;
  return sum / values.length;
};
