/** The judge can fail: each planted escape is seen. */
import { expect, test } from "vitest";
import { escapeOf } from "./judge.ts";

const document = (total: string, part: string, more: object = {}): string =>
  JSON.stringify({
    schema: "sageplan/inspection/1",
    reconciliation: { exportTotalUsd: total, classesTotalUsd: total, classes: [{ billedUsd: part }] },
    ...more,
  });
const fine = { code: 3, out: "", err: "sageplan: refused\n", milliseconds: 50 };
const told = { ...fine, code: 0, out: document("1.5", "1.5"), billed: 1_500_000_000_000n };

test("a sound outcome is none", () => expect(escapeOf(fine)).toBeNull());

test("a part that is lost, and told, is no escape for that", () => {
  const out = document("1.5", "1.5", { findings: [{ code: "files-not-read" }] });
  expect(escapeOf({ ...told, out, billed: null, whole: 2_000_000_000_000n })).toMatch(/against its schema/);
});

test.each([
  ["a crash", { ...fine, code: 70 }, /exit code 70/],
  ["an engine failure", { ...fine, code: 4 }, /exit code 4/],
  ["a hang", { ...fine, milliseconds: 60_001 }, /took 60001 ms/],
  ["a raw escape sequence", { ...fine, out: "\u001b[2J" }, /control/],
  ["a stack trace", { ...fine, err: "sageplan: x\n    at f (a.ts:1:2)\n" }, /stack/],
  ["a file poured into a message", { ...fine, err: "x".repeat(10_001) }, /message of 10001/],
  ["silence", { ...fine, err: "" }, /without a message/],
  [
    "a wrong total",
    { ...told, billed: 1_500_000_000_001n },
    /bills 1500000000000 pUSD, expected 1500000000001/,
  ],
  [
    "a part lost without a word",
    { ...told, billed: null, whole: 2_000_000_000_000n },
    /bills 1500000000000 pUSD without a word/,
  ],
  [
    "all of it lost",
    { ...told, out: document("0", "0"), billed: null, lost: 1n },
    /bills nothing without a word/,
  ],
  ["classes that do not add up", { ...told, out: document("1.5", "1.4") }, /add up/],
  ["another document", { ...told, like: document("1.5", "1.5", { regions: ["x"] }) }, /another document/],
  ["a refusal of a sound input", { ...fine, like: document("1.5", "1.5") }, /refused/],
  ["a document against its schema", told, /against its schema/],
])("%s", (_, planted, why) => expect(escapeOf(planted)).toMatch(why));
