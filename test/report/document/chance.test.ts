import { expect, test } from "vitest";
import { chanceInWords } from "../../../src/report/document/format.ts";

test("a chance is said in words, with the count behind it", () => {
  expect(chanceInWords(0, 200, true)).toBe("not seen (0 of 200 scenarios: under 1.5%)");
  expect(chanceInWords(0, 2, true)).toBe("not seen (0 of 2 scenarios: under 100%)");
  expect(chanceInWords(0.02, 200, true)).toBe("unlikely (4 of 200 scenarios)");
  expect(chanceInWords(0.15, 200, true)).toBe("possible (30 of 200 scenarios)");
  expect(chanceInWords(0.4, 200, true)).toBe("a real risk (80 of 200 scenarios)");
  expect(chanceInWords(0.9, 10, true)).toBe("likely (9 of 10 scenarios)");
  expect(chanceInWords(0.25, 3, false)).toBe("a real risk (25.0%)");
});
