/**
 * What must follow when a bill changes in a known way, of the whole program: no oracle knows the answer, but how two answers compare is known.
 * Bills are made by fast-check from one seed; money is compared to a billionth, figure by figure of the document.
 */
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inspect, recommend } from "../../src/index.ts";
import { shareOf } from "../share.ts";
import { csvOf, folderWith, hourOf, type CurRow } from "../ingest/small-exports.ts";

const SEED = 10;
const BILLS = 12;

/** On-Demand dollars per hour, and the share that a plan takes of them: all bends lie on tenths of a cent. */
const SKUS = [
  ["USE1-Host:ml.m5.xlarge", 0.23, 0.7],
  ["USE1-Train:ml.g5.xlarge", 1.4, 0.6],
  ["EU-Host:ml.c5.large", 0.1, 0.8],
] as const;
const ACCOUNTS = ["444455556666", "777788889999"];

interface Use {
  hour: number;
  sku: number;
  account: number;
  instances: number;
}

const use = (hours: number) =>
  fc.record({
    hour: fc.integer({ min: IDLE_HOURS, max: hours - 1 - IDLE_HOURS }),
    sku: fc.nat({ max: SKUS.length - 1 }),
    account: fc.nat({ max: 1 }),
    instances: fc.integer({ min: 1, max: 6 }),
  });

/** Nothing of SageMaker is used as the export begins, nor as it ends; another service is. */
const IDLE_HOURS = 3;

/** Two instances, so that there is something to buy, and what comes and goes above them. */
const bill = (hours: number): fc.Arbitrary<Use[]> =>
  fc.array(use(hours), { minLength: hours, maxLength: hours * 3 }).map((some) => [
    ...Array.from({ length: hours - 2 * IDLE_HOURS }, (_, n) => ({
      hour: n + IDLE_HOURS,
      sku: 0,
      account: 0,
      instances: 2,
    })),
    ...some,
  ]);

const rowOf = ({ hour, sku, account, instances }: Use, { times = 1, price = 1 } = {}): CurRow => {
  const [type, usd] = SKUS[sku]!;
  const amount = instances * times;
  return {
    ...hourOf(hour),
    "lineItem/UsageAccountId": ACCOUNTS[account]!,
    "lineItem/UsageType": type,
    "lineItem/UsageAmount": String(amount),
    "lineItem/UnblendedCost": (amount * usd * price).toFixed(6),
    "pricing/publicOnDemandCost": (amount * usd * price).toFixed(6),
  };
};
const rowsOf = (uses: readonly Use[], change?: Parameters<typeof rowOf>[1]): CurRow[] =>
  uses.map((one) => rowOf(one, change));

const cardOf = (price = 1): string =>
  [
    "usage_type,operation,term,payment_option,savings_plan_rate_usd,on_demand_rate_usd",
    ...SKUS.map(([type, usd, share]) =>
      [
        type,
        "RunInstance",
        "1yr",
        "no-upfront",
        (usd * share * price).toFixed(6),
        (usd * price).toFixed(6),
      ].join(),
    ),
  ].join("\n");

/** One virtual machine, all the time. */
const otherService = (hours: number): CurRow[] =>
  Array.from({ length: hours }, (_, hour) => ({
    ...hourOf(hour),
    "lineItem/ProductCode": "AmazonEC2",
    "lineItem/UsageType": "BoxUsage:m5.xlarge",
    "lineItem/UnblendedCost": "0.192",
  }));

async function answerOf(files: Record<string, CurRow[]>, price = 1, hours = 48) {
  const folder = folderWith({
    ...Object.fromEntries(
      Object.entries(files).map(([name, rows], n) => [
        name,
        csvOf([...rows, ...(n === 0 ? otherService(hours) : [])]),
      ]),
    ),
    "rates.csv": `${cardOf(price)}\n`,
  });
  const exports = Object.keys(files).map((name) => join(folder, name));
  const rates = [join(folder, "rates.csv")];
  const options = { exports, rates, futures: "history", term: "1yr" } as const;
  return { recommended: await recommend(options), inspected: await inspect({ exports, rates }) };
}

type Answer = Awaited<ReturnType<typeof answerOf>>;

/** Where the files come from and how many rows they have, and words, which hold figures too. */
const LEFT_OUT = new Set(["provenance", "deliveries", "rows", "findings", "message"]);

/** Where it stands in the document → the figure. Texts that are decimals count; provenance and prose do not. */
function figuresOf(value: unknown, path = ""): [string, number | string][] {
  if (value === null || typeof value === "boolean") return [[path, String(value)]];
  if (typeof value === "number") return [[path, value]];
  if (typeof value === "string")
    return [
      [path, path.endsWith("Usd") && value !== "" && !Number.isNaN(Number(value)) ? Number(value) : value],
    ];
  return Object.entries(value as object)
    .filter(([key]) => !LEFT_OUT.has(key))
    .flatMap(([key, inner]) => figuresOf(inner, `${path}.${key}`));
}

/** The certificate's bounds are dollars by another name. */
const isMoney = (path: string): boolean => /usd|Bound$|\.worth\.\w+\.p\d+$|\.subject\.\d+$/i.test(path);

/** Every figure of `after` is that of `before`; money `factor` times it. What differs, with both. */
function differences(before: unknown, after: unknown, factor = 1): string[] {
  const [first, second] = [before, after].map((document) => new Map(figuresOf(document)));
  return [...new Set([...first!.keys(), ...second!.keys()])].flatMap((path) => {
    const [was, is] = [first!.get(path), second!.get(path)];
    const expected = typeof was === "number" && isMoney(path) ? was * factor : was;
    const isSame =
      typeof expected === "number" && typeof is === "number"
        ? Math.abs(expected - is) <= 1e-9 * Math.max(1, Math.abs(expected))
        : expected === is;
    return isSame ? [] : [`${path}: ${String(expected)} was expected, ${String(is)} came`];
  });
}

/** What differs, over all bills, from what must follow of the change. */
async function differencesAfter(
  change: (uses: Use[]) => Promise<[before: Answer, after: Answer]>,
  factor = 1,
): Promise<string[]> {
  const found: string[] = [];
  for (const uses of billsOf(48)) {
    const [before, after] = await change(uses);
    if (before.recommended.recommendation.purchases.length === 0) found.push("a bill without a purchase");
    found.push(
      ...differences(before.recommended, after.recommended, factor),
      ...differences(before.inspected, after.inspected, factor),
    );
  }
  return found;
}

const billsOf = (hours: number): Use[][] => fc.sample(bill(hours), { seed: SEED, numRuns: shareOf(BILLS) });

const plain = (uses: readonly Use[], hours?: number) => answerOf({ "a.csv": rowsOf(uses) }, 1, hours);

describe("the same answer", () => {
  test("when every row is split in two", async () => {
    const halves = (uses: readonly Use[]) =>
      rowsOf(
        uses.flatMap((one) => [one, one]),
        { times: 0.5 },
      );
    const found = await differencesAfter(async (uses) => [
      await plain(uses),
      await answerOf({ "a.csv": halves(uses) }),
    ]);
    expect(found).toEqual([]);
  });

  test("when rows stand in another order, in three files", async () => {
    const found = await differencesAfter(async (uses) => {
      const rows = rowsOf(uses).toReversed();
      const third = (n: number) => rows.filter((_, k) => k % 3 === n);
      return [
        await plain(uses),
        await answerOf({ "part-1.csv": third(2), "part-2.csv": third(0), "part-3.csv": third(1) }),
      ];
    });
    expect(found).toEqual([]);
  });

  test("when an account has another number, but for the number", async () => {
    const found = await differencesAfter(async (uses) => {
      const [was, is] = [ACCOUNTS[0]!, "555566667777"];
      const before = rowsOf(uses);
      const after = before.map((row) =>
        row["lineItem/UsageAccountId"] === was ? { ...row, "lineItem/UsageAccountId": is } : row,
      );
      const named = await answerOf({ "a.csv": after });
      return [await plain(uses), JSON.parse(JSON.stringify(named).replaceAll(is, was)) as Answer];
    });
    expect(found).toEqual([]);
  });

  test("when lines come that no plan covers: only they are added, to their own class", async () => {
    for (const uses of billsOf(48)) {
      const storage: CurRow[] = uses.map((one) => ({
        ...rowOf(one),
        "lineItem/UsageType": "USE1-Host:VolumeUsage.gp2",
        "lineItem/Operation": "CreateVolume",
        "lineItem/UnblendedCost": "0.07",
        "pricing/publicOnDemandCost": "0.07",
      }));
      const before = await plain(uses);
      const after = await answerOf({ "a.csv": [...rowsOf(uses), ...storage] });
      const [was, is] = [before.inspected, after.inspected];
      const bought = ({ recommended }: Answer) => [
        recommended.recommendation.purchases,
        recommended.recommendation.curve,
      ];
      expect(differences(bought(before), bought(after))).toEqual([]);
      const hundredthsOfCents = ({ reconciliation }: typeof is): number =>
        Math.round(Number(reconciliation.exportTotalUsd) * 1e4);
      expect(hundredthsOfCents(is) - hundredthsOfCents(was)).toBe(700 * storage.length);
      const others = ({ reconciliation }: typeof is) =>
        reconciliation.classes.filter((one) => one.class !== "ineligible");
      expect(others(is).length).toBe(is.reconciliation.classes.length - 1);
      expect(differences(others(was), others(is))).toEqual([]);
    }
  });

  test("an hour, when the same day comes three times as often", async () => {
    for (const uses of billsOf(24)) {
      const days = (count: number): Use[] =>
        Array.from({ length: count }, (_, day) =>
          uses.map((one) => ({ ...one, hour: one.hour + 24 * day })),
        ).flat();
      const [before, after] = [await plain(days(1), 24), await plain(days(3), 72)];
      const anHour = ({ recommended }: Answer) =>
        recommended.recommendation.purchases.map(({ commitmentUsdPerHour }) => commitmentUsdPerHour);
      expect(anHour(before).length).toBeGreaterThan(0);
      expect(anHour(after)).toEqual(anHour(before));
      expect(differences(before.inspected.reconciliation, after.inspected.reconciliation, 3)).toEqual([]);
    }
  });
});

describe("money times so much, and nothing else", () => {
  test("when use doubles", async () => {
    const doubled = (uses: readonly Use[]) => rowsOf(uses, { times: 2 });
    const found = await differencesAfter(
      async (uses) => [await plain(uses), await answerOf({ "a.csv": doubled(uses) })],
      2,
    );
    expect(found).toEqual([]);
  });

  test("when all rates are three times as high", async () => {
    const dear = (uses: readonly Use[]) => rowsOf(uses, { price: 3 });
    const found = await differencesAfter(
      async (uses) => [await plain(uses), await answerOf({ "a.csv": dear(uses) }, 3)],
      3,
    );
    expect(found).toEqual([]);
  });
});
