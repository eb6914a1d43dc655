import type { Recourse } from "./prepare-recourse.ts";

/** The program of each scenario alone, as if it were certain. */
export function* scenariosAlone(recourse: Recourse): Generator<Recourse> {
  const { program, sites } = recourse;
  const { scenarios, baselineUsd } = program;
  const count = scenarios.probability.length;
  const start = new Int32Array(count + 1);
  for (const s of sites.scenario) start[s + 1]!++;
  for (let s = 0; s < count; s++) start[s + 1]! += start[s]!;
  const next = start.slice();
  // Hours by scenario; within one they stay in the order of the sites.
  const hours = new Int32Array(sites.growth.length);
  const siteOf = new Int32Array(sites.growth.length);
  for (let site = 0; site < sites.count; site++) {
    for (let n = sites.start[site]!; n < sites.start[site + 1]!; n++) {
      const place = next[sites.scenario[n]!]!++;
      hours[place] = n;
      siteOf[place] = site;
    }
  }
  for (let s = 0; s < count; s++) {
    const own = hours.subarray(start[s], start[s + 1]);
    const ownSite = siteOf.subarray(start[s], start[s + 1]);
    const isFirst = (_: number, n: number): boolean => n === 0 || ownSite[n] !== ownSite[n - 1];
    const firsts = Int32Array.from(ownSite.keys()).filter(isFirst);
    const site = firsts.map((n) => ownSite[n]!);
    yield {
      ...recourse,
      program: {
        ...program,
        scenarios: { ...scenarios, probability: Float64Array.of(1) },
        baselineUsd: baselineUsd.subarray(s, s + 1),
      },
      sites: {
        ...sites,
        count: site.length,
        baseHour: site.map((each) => sites.baseHour[each]!),
        segment: site.map((each) => sites.segment[each]!),
        start: Int32Array.from([...firsts, own.length]),
        growth: Float64Array.from(own, (n) => sites.growth[n]!),
        hours: Float64Array.from(own, (n) => sites.hours[n]!),
        scenario: new Int32Array(own.length),
      },
      mu: new Float64Array(site.length * recourse.mostClasses).fill(1),
    };
  }
}
