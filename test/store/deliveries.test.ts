import { expect, test } from "vitest";
import type { StoreEngine } from "../../src/engine/query-engine.ts";
import { takeDeliveries, viewLines } from "../../src/store/deliveries.ts";
import { takenFindings } from "../../src/review/deliveries.ts";
import { freshStore, hourOf, readLines, type Line } from "./stores.ts";

const NOW = hourOf("2026-12-05");
const A = "444455556666";
const B = "777788889999";

/** Reads one delivery of these lines, takes it in, and returns what became of its periods. */
async function bring(
  store: StoreEngine,
  version: string,
  lines: readonly Omit<Line, "delivery">[],
  asOf = NOW,
) {
  await readLines(
    store,
    lines.map((line) => ({ delivery: 0, ...line })),
  );
  const fingerprint = JSON.stringify([version, lines]);
  return takeDeliveries(
    store,
    [{ number: 0, version, fingerprint, billingPeriods: [], told: version }],
    asOf,
  );
}

/** On-Demand dollars by period, account and delivery as a review sees them, and what was told of the deliveries. */
async function seenAt(store: StoreEngine, asOf = NOW) {
  const told = (await viewLines(store, asOf)).map((seen) => seen.told);
  const rows = await store.rows(
    `SELECT billing_period || ' ' || account_id || ' ' || delivery AS what, CAST(SUM(on_demand_usd) AS DOUBLE) AS usd
     FROM line GROUP BY ALL ORDER BY 1`,
  );
  return { told, usd: Object.fromEntries(rows.map(({ what, usd }) => [String(what), usd])) };
}

const VERSION = "2026-11-03T09:00:00.000Z-a";
const OCTOBER = { period: "2026-10", account: A, onDemandUsd: 10 };

test("a period is new once; the same bytes again are known and change nothing", async () => {
  const store = await freshStore();
  expect(await bring(store, VERSION, [OCTOBER])).toEqual([
    {
      billingPeriod: "2026-10",
      version: VERSION,
      state: "new",
      rows: 1,
      onDemandUsd: 10,
      onDemandUsdBefore: null,
      droppedAccounts: [],
    },
  ]);
  const before = await seenAt(store);
  expect(await bring(store, VERSION, [OCTOBER])).toMatchObject([{ state: "known", onDemandUsdBefore: 10 }]);
  expect(await seenAt(store)).toEqual(before);
  expect(before).toEqual({ told: [VERSION], usd: { [`2026-10 ${A} 0`]: 10 } });
});

test("a newer delivery takes the place of the period's; one that is older than the store's does not", async () => {
  const store = await freshStore();
  await bring(store, VERSION, [OCTOBER]);
  const newer = "2026-11-19T09:00:00.000Z-b";
  expect(await bring(store, newer, [{ ...OCTOBER, onDemandUsd: 12 }])).toMatchObject([
    { state: "restated", onDemandUsd: 12, onDemandUsdBefore: 10 },
  ]);
  expect(await bring(store, VERSION, [OCTOBER])).toMatchObject([
    { state: "older", version: newer, onDemandUsd: 12 },
  ]);
  expect(await seenAt(store)).toEqual({ told: [newer], usd: { [`2026-10 ${A} 0`]: 12 } });
});

test("a delivery without a version of its own restates too", async () => {
  const store = await freshStore();
  await bring(store, "", [OCTOBER]);
  expect(await bring(store, "", [{ ...OCTOBER, onDemandUsd: 7 }])).toMatchObject([{ state: "restated" }]);
  expect((await seenAt(store)).usd).toEqual({ [`2026-10 ${A} 0`]: 7 });
});

test("two accounts' deliveries of one month stand beside each other, and each is restated alone", async () => {
  const store = await freshStore();
  await bring(store, VERSION, [OCTOBER]);
  expect(await bring(store, VERSION, [{ ...OCTOBER, account: B, onDemandUsd: 5 }])).toMatchObject([
    { state: "new" },
  ]);
  await bring(store, "2026-11-19T09:00:00.000Z", [{ ...OCTOBER, account: B, onDemandUsd: 6 }]);
  expect((await seenAt(store)).usd).toEqual({ [`2026-10 ${A} 0`]: 10, [`2026-10 ${B} 1`]: 6 });
  // Then both in one: nothing of either stays.
  await bring(store, "2026-11-25T09:00:00.000Z", [OCTOBER, { ...OCTOBER, account: B, onDemandUsd: 6 }]);
  expect((await seenAt(store)).usd).toEqual({ [`2026-10 ${A} 0`]: 10, [`2026-10 ${B} 0`]: 6 });
});

test("an account that a restating delivery no longer holds is dropped, and named", async () => {
  const store = await freshStore();
  await bring(store, "", [OCTOBER, { ...OCTOBER, account: B, onDemandUsd: 3 }]);
  const taken = await bring(store, "", [{ ...OCTOBER, onDemandUsd: 11 }]);
  expect(taken).toMatchObject([{ state: "restated", onDemandUsdBefore: 13, droppedAccounts: [B] }]);
  const [finding] = takenFindings(taken);
  expect(finding).toMatchObject({ code: "accounts-dropped-by-restatement", usd: 2 });
  expect(finding!.message).toContain(B);
});

test("of a delivery of several months, one is restated later: the others stay", async () => {
  const store = await freshStore();
  const months = ["2026-08", "2026-09", "2026-10"].map((period) => ({ ...OCTOBER, period }));
  expect(await bring(store, VERSION, months)).toHaveLength(3);
  const newer = "2026-11-19T09:00:00.000Z";
  expect(await bring(store, newer, [{ ...OCTOBER, period: "2026-09", onDemandUsd: 11 }])).toMatchObject([
    { billingPeriod: "2026-09", state: "restated", onDemandUsdBefore: 10 },
  ]);
  const seen = { [`2026-08 ${A} 0`]: 10, [`2026-09 ${A} 1`]: 11, [`2026-10 ${A} 0`]: 10 };
  expect(await seenAt(store)).toEqual({ told: [VERSION, newer], usd: seen });
  const again = await bring(store, VERSION, months);
  expect(again.map(({ state }) => state)).toEqual(["known", "older", "known"]);
  expect(await seenAt(store)).toEqual({ told: [VERSION, newer], usd: seen });
});

test("a review sees no usage of its own hour or later, and numbers what it sees from 0", async () => {
  const store = await freshStore();
  await bring(store, "september", [{ ...OCTOBER, period: "2026-09" }]);
  await bring(store, "october", [OCTOBER, { ...OCTOBER, day: 20, onDemandUsd: 3 }]);
  expect(await seenAt(store, hourOf("2026-10-20"))).toEqual({
    told: ["september"],
    usd: { [`2026-09 ${A} 0`]: 10 },
  });
  expect((await seenAt(store, hourOf("2026-11-01"))).usd).toEqual({
    [`2026-09 ${A} 0`]: 10,
    [`2026-10 ${A} 1`]: 13,
  });
});

test("a month that is brought before its end is seen since then, and no later than its end", async () => {
  const store = await freshStore();
  await bring(store, "begun", [OCTOBER], hourOf("2026-10-10"));
  expect((await seenAt(store, hourOf("2026-10-09"))).usd).toEqual({});
  expect((await seenAt(store, hourOf("2026-10-11"))).usd).toEqual({ [`2026-10 ${A} 0`]: 10 });
});
