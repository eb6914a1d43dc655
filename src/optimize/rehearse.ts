import type { Recourse } from "./prepare-recourse.ts";

/**
 * Base hours of one rehearsed base hour. Not a day's or a week's length, and shifted, so that every
 * hour of the week is met.
 */
const EVERY = 16;
const SHIFT = 7;

/** Fewer sites than this are solved sooner than they are rehearsed. */
const MANY_SITES = 4_000;

/**
 * The same program on every sixteenth hour; null when there are too few to be worth it. Its optimum is within some per
 * cent of the program's and costs a sixteenth to find: a start, nothing more.
 */
export function rehearsal(recourse: Recourse): Recourse | null {
  const { program, sites, ownedUsd, mostClasses } = recourse;
  if (sites.count < MANY_SITES) return null;
  const isPicked = (_: number, site: number): boolean => {
    const h = sites.baseHour[site]!;
    return h % EVERY === (Math.floor(h / EVERY) * SHIFT) % EVERY;
  };
  const picked = Int32Array.from(sites.baseHour.keys()).filter(isPicked);
  const start = new Int32Array(picked.length + 1);
  for (const [n, site] of picked.entries()) {
    start[n + 1] = start[n]! + sites.start[site + 1]! - sites.start[site]!;
  }
  const growth = new Float64Array(start.at(-1)!);
  const hours = new Float64Array(growth.length);
  const scenario = new Int32Array(growth.length);
  for (const [n, site] of picked.entries()) {
    growth.set(sites.growth.subarray(sites.start[site], sites.start[site + 1]), start[n]);
    hours.set(sites.hours.subarray(sites.start[site], sites.start[site + 1]), start[n]);
    scenario.set(sites.scenario.subarray(sites.start[site], sites.start[site + 1]), start[n]);
  }
  const rehearsed = {
    ...sites,
    count: picked.length,
    baseHour: picked.map((site) => sites.baseHour[site]!),
    segment: picked.map((site) => sites.segment[site]!),
    start,
    growth,
    hours,
    scenario,
  };
  const scenarios = program.scenarios.probability.length;
  const usage = usageOf(sites, scenarios);
  const share = usageOf(rehearsed, scenarios).map((usd, s) => (usage[s]! > 0 ? usd / usage[s]! : 0));
  return {
    ...recourse,
    program: {
      ...program,
      offers: program.offers.map((offer) => ({ ...offer, activeHours: offer.activeHours / EVERY })),
      baselineUsd: program.baselineUsd.map((usd, s) => usd * share[s]!),
    },
    sites: rehearsed,
    ownedUsd: ownedUsd / EVERY,
    mu: new Float64Array(picked.length * mostClasses).fill(1),
  };
}

/** `[scenario]` Usage of all its hours, USD. */
function usageOf(
  { count, baseHour, start, growth, hours, scenario, demand }: Recourse["sites"],
  scenarios: number,
): Float64Array {
  const usage = new Float64Array(scenarios);
  for (let site = 0; site < count; site++) {
    const h = baseHour[site]!;
    let usd = 0;
    for (let n = demand.start[h]!; n < demand.start[h + 1]!; n++) usd += demand.onDemandUsd[n]!;
    for (let n = start[site]!; n < start[site + 1]!; n++) {
      usage[scenario[n]!]! += hours[n]! * growth[n]! * usd;
    }
  }
  return usage;
}
