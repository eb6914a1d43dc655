import * as fc from "fast-check";
import { expect, test } from "vitest";
import { matches } from "../../src/domain/event.ts";

const isMatch = (usageType: string, text: string): boolean =>
  matches(
    { usageType, account: null, region: null },
    { usageType: text, operation: "", region: "us-east-1" } as Parameters<typeof matches>[1],
    null,
  );

/** The slow way: a star stands for nothing, or for one letter and a star. */
function slowly(pattern: string, text: string): boolean {
  if (pattern === "") return text === "";
  if (pattern[0] === "*")
    return slowly(pattern.slice(1), text) || (text !== "" && slowly(pattern, text.slice(1)));
  return pattern[0] === text[0] && slowly(pattern.slice(1), text.slice(1));
}

test("a pattern with stars is what trying every length says", () => {
  const few = (letters: string, maxLength: number) =>
    fc.string({ unit: fc.constantFrom(...letters), maxLength });
  fc.assert(
    fc.property(few("ab.*", 7), few("ab.", 9), (pattern, text) => {
      expect(isMatch(pattern, text)).toBe(slowly(pattern, text));
    }),
    { seed: 71, numRuns: 5_000 },
  );
});

test("many stars do not take for ever", () => {
  expect(isMatch(`${"*".repeat(199)}!`, "USE1-Host:ml.g5.xlarge".repeat(40))).toBe(false);
  expect(isMatch(`${"*m".repeat(40)}*`, "m".repeat(300))).toBe(true);
});
