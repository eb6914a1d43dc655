/**
 * Random programs by family, each from a seed: what a portfolio can look like, where its limits bind, and where arithmetic hurts.
 * Small on purpose: the extensive form of each is solved by HiGHS in some ten milliseconds.
 */
import { NO_SHARING, OPEN_SHARING } from "../../src/domain/sharing.ts";
import type { PlanTerms } from "../../src/domain/commitment.ts";
import { everyHour, type ScenarioSet } from "../../src/domain/scenario.ts";
import type { Demand, Sku, UsageItem } from "../../src/domain/usage.ts";
import type { Limits, Offer } from "../../src/domain/offer.ts";
import { asCommitmentUsd } from "../../src/domain/units.ts";
import type { Program } from "../../src/optimize/program.ts";
import { limitedAmounts, scenarioCostsUsd, solveExtensiveProgram } from "./extensive-program.ts";
import { seededRandom, type Random } from "../../scripts/fixtures/random.ts";
import { demandOf, ratesOf, skuNamed } from "./instance.ts";

/** `skus` is what settlement asks for beside the program. */
export interface ProgramInstance {
  program: Program;
  skus: Sku[];
}

export const NO_LIMITS: Limits = {
  minUtilization: 0,
  maxCommitmentUsdPerHour: Infinity,
  maxUpfrontUsd: Infinity,
};

export const NEUTRAL: Program["risk"] = { aversion: 0, tail: 0 };

const OWNERS = ["payer", "A", "B"];
const HOURS_OF_DAY = 24;

export type Family = (seed: number) => ProgramInstance;

const oneOffering: Family = (seed) => drawn(seed, { offers: 1 });

const severalOfferings: Family = (seed) => drawn(seed, { offers: [2, 3, 6][seed % 3]! });

const aroundOwnedPlans: Family = (seed) =>
  drawn(seed, { offers: [2, 1, 3][seed % 3]!, owned: 1 + (seed % 3) });

/** Every λ with every α in 12 seeds; half of them around an owned plan. */
const riskAverse: Family = (seed) => {
  const instance = drawn(seed, {
    offers: 1 + (seed % 3),
    owned: seed % 2,
    scenarios: 2 + (seed % 5),
    hours: 24,
  });
  const aversion = [0, 0.2, 1][seed % 3]!;
  const tail = [0, 0.5, 0.9, 0.999][seed % 4]!;
  const { program, skus } = changed(instance, { risk: { aversion, tail } });
  if (seed % 5 > 1) return { program, skus };
  // Settled, nothing new costs a little more than under the best assignment.
  const random = seededRandom(seed);
  const baselineUsd = program.baselineUsd.map((usd) => usd * between(random, 1, 1.02));
  return { program: { ...program, baselineUsd }, skus };
};

/** Half of what would be bought without the limit. */
const commitmentLimit: Family = (seed) => {
  const instance = withRiskOfSeed(drawn(seed, { offers: 2 + (seed % 2), owned: seed % 2 }), seed);
  const { commitmentsUsdPerHour } = solveExtensiveProgram(instance.program);
  const { commitmentUsdPerHour } = limitedAmounts(instance.program, commitmentsUsdPerHour);
  return limited(instance, { maxCommitmentUsdPerHour: commitmentUsdPerHour / 2 });
};

/** Deeper offerings are paid upfront, with a third of the cash that they would take. */
const upfrontLimit: Family = (seed) => {
  const plain = withRiskOfSeed(drawn(seed, { offers: 2 + (seed % 3), owned: seed % 2 }), seed);
  const offers = plain.program.offers.map((offer, k): Offer => {
    const share = [1, 0, 0.5, 1][k]!;
    const rates = ratesOf(Array.from(offer.rates.ratio, (ratio) => ratio * (1 - 0.08 * share)));
    return { ...offer, rates, weight: 1 + 0.02 * share, upfrontUsd: share * offer.activeHours };
  });
  const instance = changed(plain, { offers });
  const { commitmentsUsdPerHour } = solveExtensiveProgram(instance.program);
  const { upfrontUsd } = limitedAmounts(instance.program, commitmentsUsdPerHour);
  return limited(instance, { maxUpfrontUsd: upfrontUsd / 3 });
};

/** Half of what stays unused without the limit may stay unused; every fifth: none may. */
const utilizationLimit: Family = (seed) => {
  const instance = withRiskOfSeed(drawn(seed, { offers: 1 + (seed % 3), owned: seed % 2 }), seed);
  const { commitmentsUsdPerHour } = solveExtensiveProgram(instance.program);
  const { utilization } = limitedAmounts(instance.program, commitmentsUsdPerHour);
  return limited(instance, { minUtilization: seed % 5 === 0 ? 1 : (1 + utilization) / 2 });
};

/** All three limits at once; the least utilization is half-way up from what the other two leave. */
const everyLimit: Family = (seed) => {
  const { program, skus } = upfrontLimit(seed);
  const { commitmentsUsdPerHour } = solveExtensiveProgram({ ...program, limits: NO_LIMITS });
  const taken = limitedAmounts(program, commitmentsUsdPerHour);
  const limits: Limits = {
    minUtilization: 0,
    maxCommitmentUsdPerHour: taken.commitmentUsdPerHour * 0.9,
    maxUpfrontUsd: taken.upfrontUsd * 0.6,
  };
  const optimum = solveExtensiveProgram({ ...program, limits });
  const { utilization } = limitedAmounts(program, optimum.commitmentsUsdPerHour);
  return limited({ program, skus }, { ...limits, minUtilization: (1 + utilization) / 2 });
};

/** Cost of capital, and offers that end before the horizon does. */
const weightsAndTerms: Family = (seed) => {
  const random = seededRandom(seed);
  const instance = drawn(seed, { offers: 2 + (seed % 3), owned: seed % 2, hours: 48 });
  const offers = instance.program.offers.map((offer): Offer => {
    const share = [1, 1, 2 / 3, 1 / 3][Math.floor(4 * random())]!;
    const activeHours = seed % 10 === 9 ? 1 : Math.round(share * instance.program.scenarios.hourCount);
    return { ...offer, activeHours, weight: 1 + 0.2 * random() };
  });
  return withRiskOfSeed(changed(instance, { offers }), seed);
};

/** Every offer at several starts, those of owned plans' ends among them; limits in two fifths of the seeds. */
const schedules: Family = (seed) => {
  const random = seededRandom(seed);
  const instance = drawn(seed, { offers: 1 + (seed % 2), owned: 1 + (seed % 3), hours: 24 });
  const { hourCount } = instance.program.scenarios;
  const ends = instance.program.owned.map(({ activeTo }) => activeTo);
  const starts = [...new Set([0, Math.round(hourCount / 3), ...ends])].filter((hour) => hour < hourCount);
  const termHours = Math.round(hourCount * between(random, 0.4, 1.2));
  const offers = starts.flatMap((activeFrom) =>
    instance.program.offers.map((offer, k): Offer => ({
      ...offer,
      activeFrom,
      activeHours: Math.min(termHours, hourCount - activeFrom),
      weight: 1 + 0.03 * k,
      upfrontUsd: k * termHours,
    })),
  );
  const scheduled = withRiskOfSeed(changed(instance, { offers }), seed);
  const { commitmentsUsdPerHour } = solveExtensiveProgram(scheduled.program);
  const taken = limitedAmounts(scheduled.program, commitmentsUsdPerHour);
  if (seed % 5 === 1)
    return limited(scheduled, { maxCommitmentUsdPerHour: taken.commitmentUsdPerHour * 0.7 });
  if (seed % 5 === 3) return limited(scheduled, { minUtilization: (1 + taken.utilization) / 2 });
  return scheduled;
};

/**
 * AWS's six: 1 and 3 years, each with nothing, half and all upfront. The deepest is the deepest on every SKU; a mix comes from
 * owned plans, limits, cost of capital and terms.
 */
const awsLikeRates: Family = (seed) => {
  const random = seededRandom(seed);
  const instance = drawn(seed, { offers: 6, owned: seed % 3 === 0 ? 2 : 0, hours: 24, scenarios: 2 });
  const { hourCount } = instance.program.scenarios;
  const factor = instance.skus.map(() => between(random, 0.9, 1.15));
  const offers = [0.72, 0.69, 0.67, 0.56, 0.53, 0.5].map((ratio, k): Offer => {
    const activeHours = k < 3 && seed % 2 === 0 ? hourCount / 3 : hourCount;
    const upfrontShare = (k % 3) / 2;
    return {
      ownerAccount: "payer",
      rates: ratesOf(factor.map((each) => each * ratio)),
      activeFrom: 0,
      activeHours,
      weight: 1 + (seed % 4 === 1 ? 0.12 : 0.03) * upfrontShare * (k < 3 ? 1 : 3),
      upfrontUsd: upfrontShare * activeHours,
    };
  });
  const sixOffers = withRiskOfSeed(changed(instance, { offers, sharing: OPEN_SHARING }), seed);
  const { commitmentsUsdPerHour } = solveExtensiveProgram(sixOffers.program);
  const taken = limitedAmounts(sixOffers.program, commitmentsUsdPerHour);
  if (seed % 5 === 2) return limited(sixOffers, { maxUpfrontUsd: taken.upfrontUsd / 2 });
  if (seed % 5 === 3) return limited(sixOffers, { minUtilization: (1 + taken.utilization) / 2 });
  return sixOffers;
};

/** Every plan asks the same for everything. */
const oneRatio: Family = (seed) => {
  const instance = drawn(seed, { offers: 2 + (seed % 2), owned: seed % 2 });
  return withRiskOfSeed(
    withRatios(instance, () => 0.6),
    seed,
  );
};

const twinOfferings: Family = (seed) => {
  const instance = drawn(seed, { offers: 2, owned: seed % 2 });
  const [first, second] = instance.program.offers;
  return withRiskOfSeed(changed(instance, { offers: [first!, { ...first! }, second!] }), seed);
};

/** r_ik = a_i·b_k, with a third of the b tied. */
const productRatios: Family = (seed) => {
  const random = seededRandom(seed);
  const instance = drawn(seed, { offers: 2 + (seed % 3), owned: seed % 3 });
  const a = instance.skus.map(() => between(random, 0.5, 0.9));
  const b = Array.from({ length: 8 }, () => (random() < 0.33 ? 0.8 : between(random, 0.7, 1)));
  return withRiskOfSeed(
    withRatios(instance, (sku, plan) => a[sku]! * b[plan]!),
    seed,
  );
};

/** Missing, infinite, zero, tied and too high ratios; hours without usage; growth 0; scenarios that cannot happen. */
const gapsAndTies: Family = (seed) => {
  const random = seededRandom(seed);
  const instance = drawn(seed, { offers: 1 + (seed % 4), owned: seed % 3, hours: 24 });
  const ratioOf = (): number => {
    if (random() < 0.2) return [Number.NaN, Number.NaN, Infinity, 0][Math.floor(4 * random())]!;
    if (random() < 0.4) return [0.4, 0.5, 0.6, 1, 1.2][Math.floor(5 * random())]!;
    return between(random, 0.4, 1.1);
  };
  const { scenarios } = instance.program;
  const growth = scenarios.growth.map((each) => (random() < 0.2 ? 0 : each));
  const onDemandUsd = scenarios.base.onDemandUsd.map((usd) => (random() < 0.15 ? 0 : usd));
  const emptyHour = Math.floor(random() * scenarios.base.hourCount);
  for (const [n, hour] of scenarios.base.hour.entries()) if (hour === emptyHour) onDemandUsd[n] = 0;
  const probability = Float64Array.from(scenarios.probability);
  if (seed % 4 === 0 && probability.length > 1) {
    probability[0]! += probability[1]!;
    probability[1] = 0;
  }
  return withRiskOfSeed(
    withRatios(
      changed(instance, {
        scenarios: { ...scenarios, base: { ...scenarios.base, onDemandUsd }, growth, probability },
      }),
      ratioOf,
    ),
    seed,
  );
};

/** Commitments of tens of thousands of dollars an hour. */
const hugeDemand: Family = (seed) => times(drawn(seed, { offers: 2, owned: seed % 2 }), seed, 2e3);

/** An hour's usage is worth a hundredth of a cent. */
const tinyDemand: Family = (seed) => times(drawn(seed, { offers: 2, owned: seed % 2 }), seed, 1e-5);

const oneSku: Family = (seed) =>
  withRiskOfSeed(drawn(seed, { offers: 1 + (seed % 3), owned: seed % 2, skus: 1, accounts: 1 }), seed);

const noUsage: Family = (seed) => {
  const instance = drawn(seed, { offers: 1 + (seed % 3), owned: seed % 2, hours: 6 });
  const { scenarios } = instance.program;
  if (seed % 2 === 0)
    return changed(instance, { scenarios: { ...scenarios, growth: scenarios.growth.map(() => 0) } });
  const base = demandOf(
    scenarios.base.items,
    scenarios.base.items.map(() => Array.from({ length: scenarios.base.hourCount }, () => 0)),
  );
  return changed(instance, { scenarios: { ...scenarios, base } });
};

/** By the day: a week and more of hours, up to twenty SKUs. HiGHS takes seconds. */
export const large: Family = (seed) =>
  withRiskOfSeed(
    drawn(seed, {
      offers: 3,
      owned: seed % 2,
      hours: 168,
      skus: [12, 20][seed % 2]!,
      accounts: 1,
      scenarios: 2,
    }),
    seed,
  );

export const families: Record<string, Family> = {
  oneOffering,
  severalOfferings,
  aroundOwnedPlans,
  riskAverse,
  commitmentLimit,
  upfrontLimit,
  utilizationLimit,
  everyLimit,
  weightsAndTerms,
  schedules,
  awsLikeRates,
  oneRatio,
  twinOfferings,
  productRatios,
  gapsAndTies,
  hugeDemand,
  tinyDemand,
  oneSku,
  noUsage,
};

interface Shape {
  offers: number;
  owned?: number;
  hours?: number;
  skus?: number;
  accounts?: number;
  scenarios?: number;
}

/** Risk-neutral, without limits; what is not given is drawn. */
export function drawn(seed: number, shape: Shape): ProgramInstance {
  const random = seededRandom(1_000 * shape.offers + seed);
  const skuCount = shape.skus ?? Math.max(whole(random, 5, 9), shape.offers);
  const skus = Array.from({ length: skuCount }, (_, sku) => skuNamed(`USE1-Host:ml.m5.${sku}xlarge`));
  const groups = skus.map(() => Math.floor((skuCount > 12 ? 4 : 3) * random()));
  const accounts = shape.accounts ?? whole(random, 1, 2);
  const days = whole(random, 1, 3);
  const base = drawnDemand(random, skuCount, accounts, days);
  const hourCount = shape.hours ?? [24, 24, 36, 48][Math.floor(4 * random())]!;
  const scenarios = drawnScenarios(random, base, hourCount, shape.scenarios ?? whole(random, 1, 3));
  const ratios = drawnRatios(random, groups, shape.offers + (shape.owned ?? 0));
  const isShared = random() < 0.7;
  const sharing = isShared ? OPEN_SHARING : NO_SHARING;
  const owner = (): string =>
    isShared ? OWNERS[Math.floor(3 * random())]! : accounts > 1 && random() < 0.5 ? "B" : "A";
  const offers = ratios.slice(0, shape.offers).map((each): Offer => ({
    ownerAccount: owner(),
    rates: ratesOf(each),
    activeFrom: 0,
    activeHours: hourCount,
    weight: 1,
    upfrontUsd: 0,
  }));
  const meanUsd = base.onDemandUsd.reduce((sum, usd) => sum + usd, 0) / base.hourCount;
  const owned = ratios.slice(shape.offers).map((each): PlanTerms => ({
    ownerAccount: owner(),
    commitmentUsdPerHour: asCommitmentUsd(meanUsd * between(random, 0.05, 0.35)),
    activeFrom: random() < 0.2 ? Math.floor(hourCount / 4) : -10,
    activeTo: random() < 0.5 ? Math.floor(hourCount * between(random, 0.2, 0.9)) : hourCount + 10,
    rates: ratesOf(each),
  }));
  return changed(
    {
      skus,
      program: {
        scenarios,
        owned,
        offers,
        sharing,
        risk: NEUTRAL,
        limits: NO_LIMITS,
        baselineUsd: new Float64Array(scenarios.probability.length),
      },
    },
    {},
  );
}

/** Flat fleets, daily and weekly waves, training in bursts. */
function drawnDemand(random: Random, skuCount: number, accounts: number, days: number): Demand {
  const items: UsageItem[] = [];
  const usage: number[][] = [];
  for (let sku = 0; sku < skuCount; sku++) {
    for (let account = 0; account < accounts; account++) {
      if (account > 0 && random() < 0.5) continue;
      items.push({ account: ["A", "B"][account]!, sku });
      usage.push(drawnPath(random, days * HOURS_OF_DAY));
    }
  }
  return demandOf(items, usage);
}

function drawnPath(random: Random, hours: number): number[] {
  const level = 0.5 + 20 * random() ** 2;
  const kind = random();
  if (kind < 0.35) {
    const unit = level / whole(random, 2, 6);
    return Array.from({ length: hours }, () => level + (random() < 0.1 ? unit : 0));
  }
  if (kind < 0.7) {
    const phase = HOURS_OF_DAY * random();
    const depth = between(random, 0.2, 0.8);
    return Array.from({ length: hours }, (_, h) => {
      const daily = 1 + depth * Math.sin((2 * Math.PI * (h - phase)) / HOURS_OF_DAY);
      const weekend = Math.floor(h / HOURS_OF_DAY) % 7 < 5 ? 1 : 0.6;
      return level * daily * weekend * between(random, 0.9, 1.1);
    });
  }
  let running = false;
  return Array.from({ length: hours }, () => {
    if (random() < 0.15) running = !running;
    return running ? 2 * level : 0;
  });
}

/** Days of the base demand in any order, and a growth that walks from day to day. */
function drawnScenarios(random: Random, base: Demand, hourCount: number, count: number): ScenarioSet {
  const weights = Array.from({ length: count }, () => between(random, 0.5, 1.5));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const baseHour: number[] = [];
  const growth: number[] = [];
  for (let s = 0; s < count; s++) {
    let level = 1;
    for (let t = 0; t < hourCount; t++) {
      if (t % HOURS_OF_DAY === 0 && (s > 0 || t > 0)) level *= Math.exp(between(random, -0.5, 0.45));
      const day = t % HOURS_OF_DAY === 0 ? whole(random, 0, base.hourCount / HOURS_OF_DAY - 1) : null;
      baseHour.push(day === null ? baseHour.at(-1)! + 1 : day * HOURS_OF_DAY);
      growth.push(level);
    }
  }
  return {
    hourCount,
    startHour: everyHour(hourCount),
    base,
    probability: Float64Array.from(weights, (weight) => weight / total),
    baseHour: Int32Array.from(baseHour),
    growth: Float64Array.from(growth),
  };
}

/** `[plan][sku]` Correlated within a group of SKUs; with enough SKUs every plan is the best on one of them at least. */
function drawnRatios(random: Random, groups: readonly number[], plans: number): number[][] {
  const groupBase = [0.5, 0.6, 0.7, 0.55].map((ratio) => ratio * between(random, 0.95, 1.05));
  const skuBase = groups.map((group) => groupBase[group]! * between(random, 0.96, 1.04));
  const ratios = Array.from({ length: plans }, () => {
    const depth = between(random, 0, 0.04);
    const taste = groupBase.map(() => between(random, 0.92, 1.08));
    return groups.map(
      (group, sku) => skuBase[sku]! * (1 - depth) * taste[group]! * between(random, 0.95, 1.05),
    );
  });
  const isBestSomewhere = (plan: number): boolean =>
    groups.some((_, i) => ratios.every((other, k) => k === plan || ratios[plan]![i]! < other[i]!));
  // A plan may take the only SKU of one that comes before it: so again for all.
  for (let pass = 0; pass < plans; pass++) {
    for (let plan = 0; plan < Math.min(plans, groups.length); plan++) {
      if (!isBestSomewhere(plan)) ratios[plan]![plan] = Math.min(...ratios.map((each) => each[plan]!)) * 0.97;
    }
  }
  return ratios;
}

/** With the baseline that then holds: what the scenarios cost with nothing new. */
export function changed({ program, skus }: ProgramInstance, change: Partial<Program>): ProgramInstance {
  const next = { ...program, ...change };
  const nothing = next.offers.map(() => 0);
  return { skus, program: { ...next, baselineUsd: Float64Array.from(scenarioCostsUsd(next, nothing)) } };
}

const limited = ({ program, skus }: ProgramInstance, limits: Partial<Limits>): ProgramInstance => ({
  skus,
  program: { ...program, limits: { ...NO_LIMITS, ...limits } },
});

/** Two in three stay risk-neutral, so that a limit or an odd rate is not always met together with the tail. */
const withRiskOfSeed = ({ program, skus }: ProgramInstance, seed: number): ProgramInstance => ({
  skus,
  program: { ...program, risk: seed % 9 > 5 ? { aversion: 0.6, tail: 0.7 } : NEUTRAL },
});

/** Plans are counted with the offers first. */
function withRatios(
  instance: ProgramInstance,
  ratioOf: (sku: number, plan: number) => number,
): ProgramInstance {
  const { offers, owned } = instance.program;
  const ratesFor = (plan: number) => ratesOf(instance.skus.map((_, sku) => ratioOf(sku, plan)));
  return changed(instance, {
    offers: offers.map((offer, k) => ({ ...offer, rates: ratesFor(k) })),
    owned: owned.map((plan, k) => ({ ...plan, rates: ratesFor(offers.length + k) })),
  });
}

/** All dollars, multiplied. */
function times(instance: ProgramInstance, seed: number, factor: number): ProgramInstance {
  const { scenarios, owned } = instance.program;
  const onDemandUsd = scenarios.base.onDemandUsd.map((usd) => usd * factor);
  const grown = changed(instance, {
    scenarios: { ...scenarios, base: { ...scenarios.base, onDemandUsd } },
    owned: owned.map((plan) => ({
      ...plan,
      commitmentUsdPerHour: asCommitmentUsd(plan.commitmentUsdPerHour * factor),
    })),
  });
  return withRiskOfSeed(grown, seed);
}

const between = (random: Random, from: number, to: number): number => from + (to - from) * random();

/** Both ends included. */
const whole = (random: Random, from: number, to: number): number =>
  from + Math.floor((to - from + 1) * random());
