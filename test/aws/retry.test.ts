import { expect, test } from "vitest";
import { retried } from "../../src/aws/retry.ts";

function clock() {
  const pauses: number[] = [];
  return { pauses, pause: async (ms: number) => void pauses.push(ms) };
}

test("pauses double up to the longest, and end with the first value", async () => {
  const { pauses, pause } = clock();
  const value = await retried(
    async (_, n) => (n === 6 ? "there" : null),
    { firstPauseMs: 200, mostPauseMs: 1_000 },
    { pause },
  );
  expect(value).toBe("there");
  expect(pauses).toEqual([200, 400, 800, 1_000, 1_000]);
});

test("the last attempt knows that it is the last, and what it throws is thrown", async () => {
  const { pauses, pause } = clock();
  const never = retried(
    async (isLast, n) => {
      if (isLast) throw new Error(`attempt ${n}`);
      return null;
    },
    { firstPauseMs: 100, attempts: 3 },
    { pause },
  );
  await expect(never).rejects.toThrow("attempt 3");
  expect(pauses).toEqual([100, 200]);
});

test("an interrupted pause ends the waiting", async () => {
  const signal = AbortSignal.timeout(10);
  await expect(retried(async () => null, { firstPauseMs: 60_000 }, { signal })).rejects.toThrow("aborted");
});
