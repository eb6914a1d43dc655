import { expect, test } from "vitest";
import { timeLeft } from "../../src/cli/progress.ts";

test("the time left, as if the rest went as what is done went", () => {
  expect(timeLeft(0.25, 10_000)).toBe(", some 30 s left");
  expect(timeLeft(0.01, 60_000)).toBe(", some 99 min left");
});

test("none too soon, at the beginning or at the end", () => {
  expect([timeLeft(0.5, 2_999), timeLeft(0, 60_000), timeLeft(1, 60_000)]).toEqual(["", "", ""]);
});
