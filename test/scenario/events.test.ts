import { describe, expect, test } from "vitest";
import type { DeclaredEvent, Match } from "../../src/domain/event.ts";
import { baseHourOf, levelsAt, type Paths } from "../../src/domain/paths.ts";
import type { Sku } from "../../src/domain/usage.ts";
import { bootstrap } from "../../src/scenario/bootstrap.ts";
import { eventSkus } from "../../src/scenario/event-skus.ts";
import { withEvents } from "../../src/scenario/events.ts";
import { PRICE_CUT } from "../../src/domain/assumed.ts";
import { withPriceCuts } from "../../src/scenario/price-cuts.ts";
import { demandOf, hours, skuNamed } from "./histories.ts";

const P3 = skuNamed("USE1-Host:ml.p3.2xlarge");
const M5 = skuNamed("USE1-Host:ml.m5.xlarge");
const SKUS = [P3, M5];
const WEEK = 168;
const history = demandOf(
  hours(28 * 24, (h) => (h % 24 < 12 ? 8 : 4)),
  hours(28 * 24, () => 5),
);
const { paths: sampled } = bootstrap(history, {
  horizonHours: 10 * WEEK,
  scenarios: 20,
  seed: 1,
  growth: 0,
});

/** `[scenario][week]` Dollars of the items of SKUs that fit. */
function weekly(paths: Paths, skus: readonly Sku[], fits: (sku: Sku) => boolean): number[][] {
  const { base, groupOf, level, hourCount } = paths;
  const usd = base.items.map((_, item) => {
    const own = new Float64Array(base.hourCount);
    for (let n = base.start[item]!; n < base.start[item + 1]!; n++) own[base.hour[n]!] = base.onDemandUsd[n]!;
    return own;
  });
  return Array.from(paths.probability, (_, s) => {
    const weeks = Array.from({ length: Math.ceil(hourCount / WEEK) }, () => 0);
    for (let t = 0; t < hourCount; t++) {
      for (const [item, { sku }] of base.items.entries()) {
        if (!fits(skus[sku]!)) continue;
        weeks[Math.floor(t / WEEK)]! +=
          usd[item]![baseHourOf(paths, s, t)]! * level[levelsAt(paths, s, t) + groupOf[item]!]!;
      }
    }
    return weeks;
  });
}

const about = (usageType: string): Match => ({ usageType, account: null, region: null });
const always = { to: null, probability: 1 };

function after(event: DeclaredEvent) {
  const skus = [...SKUS, ...eventSkus([event], SKUS)];
  const paths = withEvents(sampled, skus, 0, [event], 1);
  const usd = (family: string): number[][] =>
    weekly(paths, skus, ({ instanceType }) => instanceType.includes(family));
  return { paths, skus, usd };
}
const before = (family: string): number[][] =>
  weekly(sampled, SKUS, ({ instanceType }) => instanceType.includes(family));

/** Ratio of two tables, week by week; the same in every scenario. */
function ratios(now: readonly number[][], then: readonly number[][]): number[] {
  const own = now.map((weeks, s) => weeks.map((usd, w) => (then[s]![w] === 0 ? 1 : usd / then[s]![w]!)));
  for (const each of own) for (const [w, ratio] of each.entries()) expect(ratio).toBeCloseTo(own[0]![w]!, 5);
  return own[0]!;
}

describe("an event changes what it is about, when it says so, and nothing else", () => {
  test("shutdown from the middle of a week, for good; and for two weeks", () => {
    const shutdown = { kind: "shutdown" as const, match: about("*:ml.p3.*") };
    const gone = after({ ...shutdown, ...always, from: 2 * WEEK + 84 });
    expect(ratios(gone.usd("p3"), before("p3"))).toEqual(
      [1, 1, 0.5, 0, 0, 0, 0, 0, 0, 0].map((share) => expect.closeTo(share, 5)),
    );
    expect(gone.usd("m5")).toEqual(before("m5"));
    const pause = after({ ...shutdown, from: 2 * WEEK, to: 4 * WEEK, probability: 1 });
    expect(ratios(pause.usd("p3"), before("p3")).slice(0, 5)).toEqual(
      [1, 1, 0, 0, 1].map((share) => expect.closeTo(share, 5)),
    );
  });

  test("a probability is a share of the scenarios, the same ones every time", () => {
    const event: DeclaredEvent = {
      kind: "shutdown",
      match: about("*p3*"),
      from: 0,
      to: null,
      probability: 0.3,
    };
    const usd = after(event).usd("p3");
    const gone = usd.map((weeks) => weeks[5] === 0);
    const wereGone = before("p3").map((weeks) => weeks[5] === 0);
    expect(wereGone.some(Boolean)).toBe(false);
    expect(gone.filter(Boolean)).toHaveLength(6);
    expect(after(event).usd("p3")).toEqual(usd);
  });

  test("migration: dollar for dollar, evenly over its time; sizes are kept", () => {
    const event: DeclaredEvent = {
      kind: "migration",
      match: about("*:ml.p3.*"),
      target: "ml.g6",
      spendRatio: 0.5,
      from: 2 * WEEK,
      to: 4 * WEEK,
      probability: 1,
    };
    const { usd, skus } = after(event);
    expect(skus.map(({ usageType }) => usageType)).toContain("USE1-Host:ml.g6.2xlarge");
    const [left, there] = [ratios(usd("p3"), before("p3")), ratios(usd("g6"), before("p3"))];
    expect(left.slice(0, 6)).toEqual([1, 1, 0.75, 0.25, 0, 0].map((share) => expect.closeTo(share, 5)));
    for (const [w, share] of left.entries()) expect(there[w]).toBeCloseTo(0.5 * (1 - share), 5);
    expect(usd("m5")).toEqual(before("m5"));
  });

  test("launch: round the clock, or in the rhythm of other usage, at the dollars that were said", () => {
    const sku = skuNamed("USE1-Host:ml.g6.xlarge");
    const launch = { kind: "launch" as const, sku, account: null, usdPerHour: 3, from: 5 * WEEK, ...always };
    const flat = after({ ...launch, shapeOf: null });
    expect(flat.usd("g6")[7]).toEqual(
      [0, 0, 0, 0, 0, 504, 504, 504, 504, 504].map((x) => expect.closeTo(x, 3)),
    );
    const shaped = after({ ...launch, shapeOf: about("*p3*") });
    expect(shaped.usd("g6")[7]![8]).toBeCloseTo(504, 3);
    const { base } = shaped.paths;
    const own = base.onDemandUsd.subarray(base.start.at(-2), base.start.at(-1));
    expect(own[0]! / own[12]!).toBeCloseTo(2, 9);
  });

  test("a launch in a rhythm adds on average what was said, in each scenario, whichever regime that repeats", () => {
    const fallen = demandOf(
      hours(56 * 24, (h) => (h < 28 * 24 ? 40 : 4) * (h % 24 < 12 ? 2 : 1)),
      hours(56 * 24, () => 5),
    );
    const { paths } = bootstrap(fallen, { horizonHours: 10 * WEEK, scenarios: 24, seed: 2, growth: 0 });
    const sku = skuNamed("USE1-Host:ml.g6.xlarge");
    const event: DeclaredEvent = {
      kind: "launch",
      sku,
      account: null,
      usdPerHour: 3,
      shapeOf: about("*p3*"),
      from: 2 * WEEK,
      ...always,
    };
    const skus = [...SKUS, ...eventSkus([event], SKUS)];
    const launched = withEvents(paths, skus, 0, [event], 1);
    for (const weeks of weekly(launched, skus, (each) => each.usageType === sku.usageType)) {
      expect(weeks.reduce((sum, usd) => sum + usd, 0)).toBeCloseTo(3 * 8 * WEEK, 2);
    }
  });

  test("where what it follows is not used in a scenario, a launch runs round the clock there", () => {
    const ended = demandOf(
      hours(28 * 24, (h) => (h < 7 * 24 ? 8 : 0)),
      hours(28 * 24, () => 5),
    );
    const { paths } = bootstrap(ended, { horizonHours: 4 * WEEK, scenarios: 8, seed: 3, growth: 0 });
    const sku = skuNamed("USE1-Host:ml.g6.xlarge");
    const launch = {
      kind: "launch" as const,
      sku,
      account: null,
      usdPerHour: 3,
      shapeOf: about("*p3*"),
      from: 0,
    };
    const event: DeclaredEvent = { ...launch, ...always };
    const skus = [...SKUS, ...eventSkus([event], SKUS)];
    const launched = withEvents(paths, skus, 0, [event], 1);
    const usd = weekly(launched, skus, (each) => each.usageType === sku.usageType);
    for (const weeks of usd) expect(weeks.reduce((sum, each) => sum + each, 0)).toBeCloseTo(3 * 4 * WEEK, 2);
    expect(usd[0]![0]).toBeCloseTo(3 * WEEK, 2);
  });

  test("autoscaling: the busiest hours stay, quiet ones fall toward the least", () => {
    const event: DeclaredEvent = {
      kind: "autoscaling",
      match: about("*m5*"),
      minimum: 0.2,
      from: 3 * WEEK,
      ...always,
    };
    const { paths, usd } = after(event);
    expect(usd("p3")).toEqual(before("p3"));
    const { base } = paths;
    const scaled = base.onDemandUsd.subarray(base.start.at(-2), base.start.at(-1));
    // All usage: 13 by day, 9 by night; m5 is 5 round the clock.
    expect(scaled[0]).toBeCloseTo(5, 9);
    expect(scaled[12]).toBeCloseTo(5 * (0.2 + 0.8 * (9 / 13)), 9);
  });

  test("growth: at once by a factor, and by a yearly rate until its end", () => {
    const growth = { kind: "growth" as const, match: about("*"), probability: 1 };
    const step = after({ ...growth, yearly: null, times: 1.5, from: WEEK, to: null });
    expect(ratios(step.usd("p3"), before("p3"))[3]).toBeCloseTo(1.5, 5);
    const yearly = after({ ...growth, yearly: 0.5, times: null, from: 0, to: 4 * WEEK });
    const ratio = ratios(yearly.usd("p3"), before("p3"));
    expect(ratio[2]).toBeCloseTo(1.5 ** ((2.5 * WEEK) / 8_760), 5);
    expect(ratio[9]).toBeCloseTo(1.5 ** ((4 * WEEK) / 8_760), 5);
  });

  test("of one account only", () => {
    const two = demandOf(
      hours(28 * 24, () => 1),
      hours(28 * 24, () => 2),
    );
    const items = [
      { account: "1", sku: 0 },
      { account: "2", sku: 0 },
    ];
    const { paths } = bootstrap({ ...two, items }, { horizonHours: WEEK, scenarios: 4, seed: 1, growth: 0 });
    const match = { usageType: "*", account: "2", region: null };
    const gone = withEvents(paths, [P3], 0, [{ kind: "shutdown", match, from: 0, ...always }], 1);
    const kept = weekly(
      { ...gone, base: { ...gone.base, start: Int32Array.of(0, 672, 672) } },
      [P3],
      () => true,
    );
    expect(weekly(gone, [P3], () => true)).toEqual(kept);
    expect(kept[0]![0]).toBeGreaterThan(0);
  });
});

describe("price cuts", () => {
  test("the family's usage becomes another SKU's, worth less; nothing else changes, and no dollar more is lost", () => {
    const long = bootstrap(history, { horizonHours: 26_280, scenarios: 200, seed: 1, growth: 0 }).paths;
    const { paths, cut } = withPriceCuts(long, SKUS, 1);
    const skus = [...SKUS, ...cut.map(({ of }) => SKUS[of]!)];
    expect(cut.map(({ of }) => of)).toContain(0);
    let cuts = 0;
    const groupsOf = (sku: number): number[] =>
      paths.base.items.flatMap((item, n) => (item.sku === sku ? [paths.groupOf[n]!] : []));
    const [old] = groupsOf(0);
    const [now] = groupsOf(skus.length - cut.length + cut.findIndex(({ of }) => of === 0));
    for (let row = 0; row < 200 * paths.weekCount; row++) {
      const was = long.level[row * long.groupCount + long.groupOf[0]!]!;
      const high = paths.level[row * paths.groupCount + old!]!;
      const low = paths.level[row * paths.groupCount + now!]!;
      expect(high === 0 || low === 0).toBe(true);
      expect(high + low / (1 - PRICE_CUT)).toBeCloseTo(was, 4);
      if (low > 0 && row % paths.weekCount === paths.weekCount - 1) cuts++;
    }
    // 5 % a year for three years: 14 % of the futures.
    expect(cuts / 200).toBeGreaterThan(0.07);
    expect(cuts / 200).toBeLessThan(0.22);
  });
});

describe("parts of usage", () => {
  const match = about("*:ml.p3.*");
  const part = (name: string, share: number) => ({ name, share });
  const total = (paths: Paths, skus: readonly Sku[]): number =>
    weekly(paths, skus, () => true)
      .flat()
      .reduce((sum, usd) => sum + usd, 0);
  const none = total(sampled, SKUS);
  const p3 = before("p3")
    .flat()
    .reduce((sum, usd) => sum + usd, 0);
  const happening = (...events: DeclaredEvent[]): number =>
    total(withEvents(sampled, SKUS, 0, events, 1), SKUS) / none;
  const dated = { from: 0, to: null };
  const gone = (name: string, share: number, probability = 1): DeclaredEvent => ({
    kind: "shutdown",
    match,
    part: part(name, share),
    ...dated,
    probability,
  });

  test("until an event happens the parts add up to what there was", () => {
    expect(happening({ ...gone("a", 0.3), from: 1e6 }, { ...gone("b", 0.7), from: 1e6 })).toBeCloseTo(1, 6);
  });

  test("each is a share of what there was, whichever others have gone", () => {
    expect(happening(gone("a", 0.3))).toBeCloseTo(1 - (0.3 * p3) / none, 5);
    expect(happening(gone("a", 0.3), gone("b", 0.4))).toBeCloseTo(1 - (0.7 * p3) / none, 5);
    expect(happening(gone("a", 0.3), gone("b", 0.7))).toBeCloseTo(1 - p3 / none, 5);
    // Rounded shares may say a little more than all.
    expect(happening(gone("a", 0.3), gone("b", 0.705))).toBeCloseTo(1 - p3 / none, 5);
  });

  test("two events of one part are about the same usage, wherever the first moved it", () => {
    const halved: DeclaredEvent = {
      kind: "autoscaling",
      match,
      part: part("a", 0.4),
      minimum: 0,
      week: Array.from({ length: WEEK }, () => 0.5),
      ...dated,
      probability: 1,
    };
    expect(happening(halved)).toBeCloseTo(1 - (0.2 * p3) / none, 5);
    const moving: DeclaredEvent = {
      kind: "migration",
      match,
      part: part("a", 0.4),
      target: "ml.g6.12xlarge",
      spendRatio: 0.5,
      ...dated,
      probability: 1,
    };
    const skus = [...SKUS, ...eventSkus([moving], SKUS)];
    expect(skus.at(-1)!.usageType).toBe("USE1-Host:ml.g6.12xlarge");
    const paths = withEvents(sampled, skus, 0, [halved, moving], 1);
    const usd = (family: string): number =>
      weekly(paths, skus, ({ instanceType }) => instanceType.includes(family))
        .flat()
        .reduce((sum, each) => sum + each, 0);
    expect(usd("g6") / p3).toBeCloseTo(0.4 * 0.5 * 0.5, 5);
    expect(usd("p3") / p3).toBeCloseTo(0.6, 5);
  });

  test("a week's shares are of the calendar's hours, Monday first", () => {
    // The horizon starts on a Thursday, 1970-01-01: so did the history, four weeks before.
    const nights = Array.from({ length: WEEK }, (_, hour) => (hour % 24 < 12 ? 0 : 1));
    const paths = withEvents(
      sampled,
      SKUS,
      0,
      [{ kind: "autoscaling", match, minimum: 0, week: nights, ...dated, probability: 1 }],
      1,
    );
    // 8 dollars in the first half of each day, 4 in the second: a third is left.
    const left = weekly(paths, SKUS, ({ instanceType }) => instanceType.includes("p3"))
      .flat()
      .reduce((sum, each) => sum + each, 0);
    expect(left / p3).toBeCloseTo(1 / 3, 2);
  });
});

test("price cuts of families that only some worlds have leave those of the others as they are", () => {
  const g6 = skuNamed("USE1-Host:ml.g6.xlarge");
  const moving: DeclaredEvent = {
    kind: "migration",
    match: about("*:ml.m5.*"),
    target: "ml.g6",
    spendRatio: 1,
    from: 0,
    to: null,
    probability: 1,
  };
  const long = bootstrap(history, { horizonHours: 156 * WEEK, scenarios: 40, seed: 1, growth: 0 }).paths;
  const skus = [...SKUS, g6];
  const p3Of = (paths: Paths, all: readonly Sku[]) =>
    weekly(paths, all, ({ instanceType }) => instanceType.includes("p3"));
  const cut = (paths: Paths, apart: Set<string>) => {
    const priced = withPriceCuts(paths, skus, 1, apart);
    return p3Of(priced.paths, [...skus, ...priced.cut.map(({ of }) => skus[of]!)]);
  };
  const without = cut(long, new Set());
  const withG6 = cut(withEvents(long, skus, 0, [moving], 1), new Set(["g6"]));
  expect(withG6).toEqual(without);
});
