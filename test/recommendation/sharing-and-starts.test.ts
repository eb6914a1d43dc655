/** What is assumed of sharing, and what is merged of the ends of plans: both are told. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { recommend, type Recommendation, type RecommendOptions } from "../../src/index.ts";
import { csvOf, folderWith, hourOf } from "../ingest/small-exports.ts";
import { at, flatCase, OWNER, planFile } from "../scenario/flat-futures.ts";

const MEMBER = "777788889999";
const HOURS = 240;

const usage = (n: number, account: string, usd: number): Record<string, string> => ({
  ...hourOf(n),
  "bill/PayerAccountId": OWNER,
  "lineItem/UsageAccountId": account,
  "lineItem/UsageAmount": String(usd),
  "lineItem/UnblendedCost": String(usd),
  "pricing/publicOnDemandCost": String(usd),
});

const CARD =
  "usage_type,operation,term,payment_option,savings_plan_rate_usd,on_demand_rate_usd\n" +
  "USE1-Host:ml.m5.xlarge,RunInstance,1yr,no-upfront,0.7,1\n";

/** The payer spends $10 an hour, a member $30. */
async function answered(options: Partial<RecommendOptions> = {}, groups = ""): Promise<Recommendation> {
  const rows = Array.from({ length: HOURS }, (_, n) => [usage(n, OWNER, 10), usage(n, MEMBER, 30)]).flat();
  const folder = folderWith({ "a.csv": csvOf(rows), "rates.csv": CARD, "groups.yaml": groups });
  const { recommendation } = await recommend({
    exports: [join(folder, "a.csv")],
    rates: [join(folder, "rates.csv")],
    term: "1yr",
    futures: "history",
    ...options,
    ...(groups && { sharingGroups: join(folder, "groups.yaml") }),
  });
  return recommendation;
}

const codes = ({ findings }: Recommendation): string[] => findings.map(({ code }) => code);

describe("sharing", () => {
  test("nothing says how: taken to be open, and told with the dollars of the others", async () => {
    const r = await answered();
    expect(r.purchases).toMatchObject([{ commitmentUsdPerHour: 28, account: OWNER }]);
    expect(r.findings.find(({ code }) => code === "sharing-assumed")).toMatchObject({
      source: OWNER,
      usd: 30 * HOURS,
    });
    expect(codes(await answered({ sharing: "open" }))).not.toContain("sharing-assumed");
  });

  test("off: the account that spends the most; --buyer names another", async () => {
    const r = await answered({ sharing: "off" });
    expect(r.purchases).toMatchObject([{ commitmentUsdPerHour: 21, account: MEMBER }]);
    expect(r.findings.find(({ code }) => code === "sharing-is-off")).toMatchObject({
      source: MEMBER,
      usd: 10 * HOURS,
    });
    // $10 an hour at 0.7, for the hours that are taken to repeat.
    expect(r.elsewhere).toMatchObject([
      { account: OWNER, commitmentUsdPerHour: 7, worth: { probabilityOfLoss: 0 } },
    ]);
    expect(r.elsewhere[0]!.worth.netSavingsUsd).toBeCloseTo(3 * HOURS, 6);
    const own = await answered({ sharing: "off", buyer: OWNER });
    expect(own.elsewhere).toMatchObject([{ account: MEMBER, commitmentUsdPerHour: 21 }]);
    expect(own.purchases).toMatchObject([{ commitmentUsdPerHour: 7, account: OWNER }]);
  });

  test("restricted: never the payer, whose plans would cover its own usage alone", async () => {
    const r = await answered({ sharing: "restricted" }, `web: ["${MEMBER}"]\n`);
    expect(r.purchases).toMatchObject([{ commitmentUsdPerHour: 21, account: MEMBER }]);
    // What the payer uses itself, no group's plan covers.
    expect(r.elsewhere).toMatchObject([{ account: OWNER, commitmentUsdPerHour: 7 }]);
    const asPayer = await answered({ sharing: "restricted", buyer: OWNER }, `web: ["${MEMBER}"]\n`);
    expect(asPayer.purchases).toMatchObject([{ commitmentUsdPerHour: 7, account: OWNER }]);
  });

  test("prioritized: all accounts in the end, so the payer buys for all", async () => {
    const r = await answered({ sharing: "prioritized" }, `web: ["${MEMBER}"]\n`);
    expect(r.purchases).toMatchObject([{ commitmentUsdPerHour: 28, account: OWNER }]);
    expect(codes(r)).not.toContain("sharing-is-off");
    expect(r.elsewhere).toEqual([]);
  });

  test("off, under a limit: the others are left to --buyer, for one limit would count twice", async () => {
    expect((await answered({ sharing: "off", maxCommitment: 25 })).elsewhere).toEqual([]);
  });
});

describe("starts", () => {
  const plans = (count: number): string => {
    const one = (n: number): unknown =>
      JSON.parse(
        planFile({
          savingsPlanArn: `arn:aws:savingsplans::${OWNER}:savingsplan/p${n}`,
          commitment: "1",
          end: at(400 * (n + 1)),
        }),
      ).savingsPlans[0];
    return JSON.stringify({ savingsPlans: Array.from({ length: count }, (_, n) => one(n)) });
  };

  test.each([
    [12, false],
    [14, true],
  ])("%i plans that end one by one: merged and told: %s", async (count, isMerged) => {
    const { recommendation: r } = await recommend({
      ...flatCase([], { plan: plans(count) }),
      term: "1yr",
      scenarios: 5,
    });
    expect(codes(r).includes("starts-merged")).toBe(isMerged);
    expect(new Set(r.queued.map(({ start }) => start)).size).toBeLessThanOrEqual(12);
  });
});
