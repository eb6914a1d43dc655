/** 1-year against 3-year plans, from a bill to the document. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { recommend, simulate, type Recommendation, type RecommendOptions } from "../../src/index.ts";
import { csvOf, folderWith, hourOf } from "../ingest/small-exports.ts";

const FOUR_WEEKS = 672;

/** A 1-year rate and a 3-year rate of one SKU at $1 an hour. */
const card = (oneYear: number, threeYears: number): string =>
  "usage_type,operation,term,payment_option,savings_plan_rate_usd,on_demand_rate_usd\n" +
  `USE1-Train:ml.p4d.24xlarge,RunInstance,1yr,no-upfront,${oneYear},1\n` +
  `USE1-Train:ml.p4d.24xlarge,RunInstance,3yr,no-upfront,${threeYears},1\n`;

/** Use that walks between $6 and $14 an hour. */
const usdAt = (n: number): number => 10 + 3 * Math.sin(n / 40) + (n % 24 < 8 ? 1 : 0);

const files = (): string =>
  folderWith({
    "bill.csv": csvOf(
      Array.from({ length: FOUR_WEEKS }, (_, n) => ({
        ...hourOf(n),
        "lineItem/UsageType": "USE1-Train:ml.p4d.24xlarge",
        "lineItem/UsageAmount": String(usdAt(n)),
        "lineItem/UnblendedCost": String(usdAt(n)),
        "pricing/publicOnDemandCost": String(usdAt(n)),
      })),
    ),
    "near.csv": card(0.6, 0.55),
    "far.csv": card(0.65, 0.4),
  });

function asked({ rates = ["near.csv"], ...options }: Partial<RecommendOptions>): RecommendOptions {
  const folder = files();
  return {
    exports: [join(folder, "bill.csv")],
    rates: rates.map((file) => join(folder, file)),
    scenarios: 30,
    ...options,
  };
}

const recommended = async (options: Partial<RecommendOptions> = {}): Promise<Recommendation> =>
  (await recommend(asked(options))).recommendation;

const amounts = (purchases: readonly { term: string; commitmentUsdPerHour: number }[]) =>
  purchases.map(({ term, commitmentUsdPerHour }) => ({ term, commitmentUsdPerHour }));

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);

/** The answer without options is looked at from several sides. */
let plain: Promise<Recommendation> | undefined;
const plainly = (): Promise<Recommendation> => (plain ??= recommended());

describe("terms compared over sampled scenarios of 36 months", () => {
  test("the answer is the policy's first decision, the certificate is the policy's, and nothing simpler is better", async () => {
    const r = await plainly();
    const { nodes, references, policy, valueOfWaitingUsd, evpiUsd, vssUsd, certificate } = r.overTime!;
    // What is seen parts the futures at the next review and after a year; a purchase may start after two as well.
    const months = [0, 1, 1, 1, ...Array<number>(9).fill(12), ...Array<number>(9).fill(24)];
    expect(nodes.map(({ month }) => month)).toEqual(months);
    const parents = [null, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
    expect(nodes.map(({ parent }) => parent)).toEqual(parents);
    // The nodes' usage, each over its months, is the document's.
    const monthsFrom: Record<number, number> = { 0: 1, 1: 11, 12: 12, 24: 12 };
    const usageUsd = sum(
      nodes.map((node) => monthsFrom[node.month]! * 730 * node.probability * node.onDemandUsdPerHour),
    );
    expect(usageUsd).toBeCloseTo(r.expected.onDemandUsd, 2);
    for (const month of [0, 1, 12, 24]) {
      const those = nodes.filter((node) => node.month === month);
      expect(sum(those.map(({ probability }) => probability))).toBeCloseTo(1, 12);
    }
    const spendOf = (n: number): number => nodes[n]!.onDemandUsdPerHour;
    expect(spendOf(1)).toBeLessThan(spendOf(2));
    expect(spendOf(2)).toBeLessThan(spendOf(3));

    expect(amounts(r.purchases)).toEqual(amounts(nodes[0]!.purchases));
    expect(r.certificate).toEqual(certificate);
    expect(r.alternatives.find(({ kind }) => kind === "answer")!.certificate).toEqual(certificate);
    expect(certificate.relativeGap).toBeLessThan(1e-4);
    expect(certificate.lpGap).toBeLessThan(2e-6);
    expect(references.map(({ kind }) => kind)).toEqual(["one-year", "three-year", "all-now"]);
    const { riskAversion } = r.objective;
    const worth = ({ netSavingsUsd, cvarLossUsd }: { netSavingsUsd: number; cvarLossUsd: number }): number =>
      (1 - riskAversion) * netSavingsUsd - riskAversion * cvarLossUsd;
    for (const reference of references) expect(worth(reference)).toBeLessThanOrEqual(worth(policy) + 1e-6);
    expect(valueOfWaitingUsd).toBeCloseTo(worth(policy) - worth(references[2]!), 4);
    // No cost of capital: the bound is about what the policy costs.
    const before = r.expected.costUsd + r.expected.netSavingsUsd;
    expect(certificate.upperBound).toBeCloseTo(before - worth(policy), 4);
    expect(evpiUsd).toBeGreaterThan(0);
    expect(vssUsd).toBeGreaterThan(0);
    expect(valueOfWaitingUsd).toBeGreaterThan(0);
    // More is bought where more was seen.
    const held = (n: number): number =>
      sum(nodes[n]!.purchases.map(({ commitmentUsdPerHour }) => commitmentUsdPerHour)) +
      (nodes[n]!.parent === null ? 0 : held(nodes[n]!.parent!));
    expect(held(4)).toBeLessThan(held(12));
  });

  test("the purchases' own figures are of the purchases alone: simulated, they are the same", async () => {
    const r = await plainly();
    const commitments = [...r.purchases, ...r.queued];
    const { recommendation: simulated } = await simulate({ ...asked({}), commitments });
    expect(simulated.expected).toEqual(r.expected);
    expect(simulated.risk).toEqual(r.risk);
    expect(simulated.overTime).toEqual(r.overTime);
    expect(simulated.certificate.upperBound).toBeCloseTo(
      r.expected.costUsd +
        r.expected.netSavingsUsd -
        0.8 * r.expected.netSavingsUsd +
        0.2 * r.risk.cvarLossUsd,
      4,
    );
  });

  test("a 3-year rate far below leaves nothing to 1-year plans; a limit holds in every node", async () => {
    const far = await recommended({ rates: ["far.csv"], maxCommitment: 4 });
    const { nodes } = far.overTime!;
    expect(nodes.flatMap(({ purchases }) => purchases).every(({ term }) => term === "3yr")).toBe(true);
    const held = (n: number): number =>
      sum(nodes[n]!.purchases.map(({ commitmentUsdPerHour }) => commitmentUsdPerHour)) +
      (nodes[n]!.parent === null ? 0 : held(nodes[n]!.parent!));
    expect(Math.max(...[...nodes.keys()].map(held))).toBeLessThanOrEqual(4 * (1 + 1e-9));
  });
});

test.each<[string, Partial<RecommendOptions>]>([
  ["a past that repeats", { futures: "history", scenarios: undefined }],
  ["a limit on utilization", { minUtilization: 0.8 }],
  ["nothing queued within a year", { horizon: "12mo", queue: false }],
])("%s: nothing is weighed over time", async (_, options) => {
  const r = await recommended({ scenarios: 10, ...options });
  expect(r.overTime).toBeNull();
  expect(r.purchases.length).toBeGreaterThan(0);
});

test.each<[string, Partial<RecommendOptions>, number[]]>([
  ["one term", { term: "1yr" }, [0, 1, 1, 1]],
  ["a shorter horizon", { horizon: "12mo" }, [0, 1, 1, 1]],
])("%s: the next review is weighed", async (_, options, months) => {
  const { overTime } = await recommended({ scenarios: 10, ...options });
  expect(overTime!.nodes.map(({ month }) => month)).toEqual(months);
});
