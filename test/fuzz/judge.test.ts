/** The judge can fail: each planted escape is seen. */
import { expect, test } from "vitest";
import { escapeOf } from "./judge.ts";

const fine = { code: 0, out: "{}\n", err: "", milliseconds: 50, billedUsd: 1, expectedUsd: 1 };

test("a sound outcome is none", () => expect(escapeOf(fine)).toBeNull());

test.each([
  ["a crash", { code: 70 }, /exit code 70/],
  ["an engine failure", { code: 4 }, /exit code 4/],
  ["a hang", { milliseconds: 10_001 }, /took 10001 ms/],
  ["a wrong total", { billedUsd: 1.01 }, /bills 1.01, expected 1/],
  ["a raw escape sequence", { out: "\u001b[2J" }, /control/],
  ["a stack trace", { code: 3, err: "sageplan: x\n    at f (a.ts:1:2)\n" }, /stack/],
  ["silence", { code: 3 }, /without a message/],
])("%s", (_, planted, why) => expect(escapeOf({ ...fine, ...planted })).toMatch(why));
