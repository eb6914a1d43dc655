/** Small demands and plans for tests: built by hand, or drawn by fast-check with ties, gaps and odd ratios on purpose. */
import { OPEN_SHARING, SHARING_MODES, type Sharing } from "../../src/domain/sharing.ts";
import * as fc from "fast-check";
import type { PlanTerms } from "../../src/domain/commitment.ts";
import type { OfferingRates } from "../../src/domain/rates.ts";
import type { Demand, Sku, UsageItem } from "../../src/domain/usage.ts";
import { asCommitmentUsd } from "../../src/domain/units.ts";

export const skuNamed = (usageType: string): Sku => ({
  usageType,
  operation: "RunInstance",
  region: "us-east-1",
  component: "Host",
  instanceType: "",
});

/** `usage[item][hour]` in On-Demand dollars; zeros are left out, as in a real demand. */
export function demandOf(items: UsageItem[], usage: readonly (readonly number[])[]): Demand {
  const entries = usage.flatMap((hours, item) =>
    hours.flatMap((usd, hour) => (usd > 0 ? [{ item, hour, usd }] : [])),
  );
  return {
    hourCount: usage[0]?.length ?? 0,
    items,
    start: Int32Array.from(
      [...items.keys(), items.length],
      (i) => entries.filter(({ item }) => item < i).length,
    ),
    hour: Int32Array.from(entries, ({ hour }) => hour),
    onDemandUsd: Float64Array.from(entries, ({ usd }) => usd),
  };
}

/** Rates with these ratios; On-Demand is $1 unless given. */
export const ratesOf = (ratios: readonly number[], onDemand: readonly number[] = []): OfferingRates => ({
  ratio: Float64Array.from(ratios),
  savingsPlanRateUsd: Float64Array.from(ratios, (ratio, sku) => ratio * (onDemand[sku] ?? 1)),
  source: ratios.map((ratio) => (Number.isNaN(ratio) ? null : "file")),
});

export interface Instance {
  skus: Sku[];
  items: UsageItem[];
  usage: number[][];
  demand: Demand;
  plans: PlanTerms[];
  offer: { ownerAccount: string; rates: OfferingRates };
  sharing: Sharing;
}

const ACCOUNTS = ["A", "B", "C"];
/** The payer, without usage of its own, is the usual owner. */
const OWNERS = [...ACCOUNTS, "payer"];

const ratioArbitrary = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(0.4, 0.5, 0.75, 0.9) },
  { weight: 1, arbitrary: fc.constantFrom(1, 1.25) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
  { weight: 4, arbitrary: fc.double({ min: 0.3, max: 1, noNaN: true }) },
);

const usdArbitrary = fc.oneof(
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 20 }) },
  { weight: 4, arbitrary: fc.double({ min: 0.01, max: 50, noNaN: true }) },
);

const exactly = <T>(arbitrary: fc.Arbitrary<T>, length: number): fc.Arbitrary<T[]> =>
  fc.array(arbitrary, { minLength: length, maxLength: length });

/** Every account but the payer in one of two groups, or in none. */
const sharingArbitrary: fc.Arbitrary<Sharing> = fc
  .record({
    mode: fc.constantFrom(...SHARING_MODES),
    groups: fc.array(fc.constantFrom("x", "y", null), {
      minLength: OWNERS.length,
      maxLength: OWNERS.length,
    }),
  })
  .map(({ mode, groups }) => ({
    mode,
    groups: new Map(
      OWNERS.flatMap((account, n): [string, string][] => {
        const group = groups[n] ?? null;
        return group === null || account === "payer" ? [] : [[account, group]];
      }),
    ),
  }));

/** Up to `maxPlans` owned plans and one offer, over a few SKUs, accounts and hours. */
export function instanceArbitrary(options: { maxPlans: number; sharing?: Sharing }): fc.Arbitrary<Instance> {
  const shape = fc.record({
    skuCount: fc.integer({ min: 1, max: 5 }),
    hourCount: fc.integer({ min: 1, max: 6 }),
    planCount: fc.integer({ min: 0, max: options.maxPlans }),
  });
  return shape.chain(({ skuCount, hourCount, planCount }) => {
    const skus = Array.from({ length: skuCount }, (_, sku) => skuNamed(`Host:ml.m5.${sku}`));
    const everyItem = skus.flatMap((_, sku) => ACCOUNTS.map((account) => ({ account, sku })));
    const rates = fc
      .tuple(exactly(ratioArbitrary, skuCount), exactly(fc.constantFrom(1, 2, 4), skuCount))
      .map(([ratios, onDemand]) => ratesOf(ratios, onDemand));
    const plan = fc
      .record({
        ownerAccount: fc.constantFrom(...OWNERS),
        commitmentUsdPerHour: fc
          .oneof(fc.constant(0), fc.integer({ min: 1, max: 30 }), fc.double({ min: 0, max: 60, noNaN: true }))
          .map((usd) => asCommitmentUsd(usd)),
        ends: fc.tuple(fc.integer({ min: -1, max: hourCount }), fc.integer({ min: 0, max: hourCount + 2 })),
        rates,
      })
      .map(({ ends, ...terms }): PlanTerms => ({ ...terms, activeFrom: ends[0], activeTo: ends[1] }));
    return fc
      .record({
        items: fc.subarray(everyItem, { minLength: 1 }),
        table: exactly(exactly(usdArbitrary, hourCount), everyItem.length),
        plans: exactly(plan, planCount),
        offer: fc.record({ ownerAccount: fc.constantFrom(...OWNERS), rates }),
        sharing: options.sharing === undefined ? sharingArbitrary : fc.constant(options.sharing),
      })
      .map(({ table, ...rest }): Instance => {
        const usage = table.slice(0, rest.items.length);
        return { ...rest, skus, usage, demand: demandOf(rest.items, usage) };
      });
  });
}

/** Wider than fast-check draws them: 40 SKUs in two accounts, three owned plans, half of the ratios tied. */
export function wideInstance(seed: number): Instance {
  let state = seed;
  const random = (): number => {
    // Numerical Recipes' linear congruential generator.
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
  const skus = Array.from({ length: 40 }, (_, sku) => skuNamed(`Host:ml.m5.${sku}`));
  const items = skus.flatMap((_, sku) => ["A", "B"].map((account) => ({ account, sku })));
  const usage = items.map(() => {
    const level = 20 * random();
    const flat = random() < 0.5;
    return Array.from({ length: 20 }, () => (random() < 0.3 ? 0 : flat ? level : level * random()));
  });
  const ratioOf = (): number => {
    if (random() < 0.1) return Number.NaN;
    return random() < 0.5 ? [0.4, 0.5, 0.6, 1][Math.floor(4 * random())]! : 0.36 + 0.6 * random();
  };
  const rates = (): OfferingRates => ratesOf(skus.map(ratioOf));
  const demand = demandOf(items, usage);
  const meanUsd = sum(demand.onDemandUsd) / demand.hourCount;
  const plans = ["A", "payer", "payer"].map((ownerAccount) => ({
    ...planOf({ demand, offer: { ownerAccount, rates: rates() } }, meanUsd * 0.5 * random()),
  }));
  return {
    skus,
    items,
    usage,
    demand,
    plans,
    offer: { ownerAccount: "payer", rates: rates() },
    sharing: OPEN_SHARING,
  };
}

/** The offer bought at this commitment. */
export const planOf = (
  { offer, demand }: Pick<Instance, "offer" | "demand">,
  commitmentUsdPerHour: number,
): PlanTerms => ({
  ...offer,
  commitmentUsdPerHour: asCommitmentUsd(commitmentUsdPerHour),
  activeFrom: 0,
  activeTo: demand.hourCount,
});

export const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};
