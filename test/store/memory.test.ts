import { expect, test } from "vitest";
import { recall, record, recordAt, recordBefore, remember } from "../../src/store/memory.ts";
import { freshStore } from "./stores.ts";

test.each(["rate_card", "inventory"] as const)(
  "%s: what counts is the newest that was told by then",
  async (kind) => {
    const store = await freshStore();
    expect(await recall(store, kind, 100)).toBeNull();
    await remember(store, kind, 100, "a", ["a"]);
    await remember(store, kind, 200, "b", ["b"]);
    expect(await recall(store, kind, 99)).toBeNull();
    expect(await recall(store, kind, 100)).toEqual(["a"]);
    expect(await recall(store, kind, 199)).toEqual(["a"]);
    expect(await recall(store, kind, 200)).toEqual(["b"]);
    // One that is told later for an earlier hour does not hide what was told for later ones.
    await remember(store, kind, 150, "c", ["c"]);
    expect(await recall(store, kind, 199)).toEqual(["c"]);
    expect(await recall(store, kind, 300)).toEqual(["b"]);
  },
);

test("what counts already is not told again; another of the same hour takes its place", async () => {
  const store = await freshStore();
  await remember(store, "rate_card", 100, "a", ["a"]);
  await remember(store, "rate_card", 200, "a", ["a"]);
  expect(await store.rows("SELECT since FROM store.rate_card")).toEqual([{ since: 100 }]);
  await remember(store, "rate_card", 100, "b", ["b"]);
  expect(await store.rows("SELECT since, told FROM store.rate_card")).toEqual([
    { since: 100, told: '["b"]' },
  ]);
});

test.each(["review", "decision"] as const)(
  "%s: one for each end of usage; the one before is of earlier usage",
  async (kind) => {
    const store = await freshStore();
    expect(await recordBefore(store, kind, 100)).toBeNull();
    await record(store, kind, 100, { n: 1 });
    await record(store, kind, 200, { n: 2 });
    await record(store, kind, 200, { n: 3 });
    await record(store, kind, 200, { n: 3 });
    expect(await store.rows(`SELECT usage_until FROM store.${kind} ORDER BY 1`)).toHaveLength(2);
    expect(await recordBefore(store, kind, 200)).toEqual({ usageUntil: 100, told: { n: 1 } });
    expect(await recordBefore(store, kind, 201)).toEqual({ usageUntil: 200, told: { n: 3 } });
    expect(await recordBefore(store, kind, 100)).toBeNull();
    expect(await recordAt(store, kind, 100)).toEqual({ n: 1 });
    expect(await recordAt(store, kind, 150)).toBeNull();
  },
);
