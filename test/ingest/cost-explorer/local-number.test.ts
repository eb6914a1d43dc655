/** Numbers in the language of a console's user: a way of writing is told by all numbers of a file together. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decimalText, picoOfText } from "../../../src/domain/money.ts";
import { noNumber, picoOfLocal, stylesOf } from "../../../src/ingest/cost-explorer/local-number.ts";

test("exact decimals: digits, exponents, the thirteenth decimal; and what is no number", () => {
  const read = (text: string): string | null => {
    const pico = picoOfText(text);
    return pico === null ? null : decimalText(pico);
  };
  expect(["0", "-1.5", "4.172E-7", "1e3", "0.0000000000005", "0.0000000000004"].map(read)).toEqual([
    "0",
    "-1.5",
    "0.0000004172",
    "1000",
    "0.000000000001",
    "0",
  ]);
  for (const text of ["", "NaN", "Infinity", "1,5", "0x10", "1_000", " 1", "1e31", "--1", "."])
    expect(read(text)).toBeNull();
});

test.each([
  [["1,234.56", "7"], 1_234.56],
  [["1.234,56", "7"], 1_234.56],
  [["1 234,56", "7"], 1_234.56],
  [["1\u202f234,56", "7"], 1_234.56],
  [["1'234.56", "7"], 1_234.56],
  [["-1.234.567,8", "0,5"], -1_234_567.8],
  [["4.172E-7", "1.5"], 4.172e-7],
])("%j", (texts, usd) => {
  const [style, ...others] = stylesOf(texts);
  expect(others).toEqual([]);
  expect(Number(decimalText(picoOfLocal(texts[0]!, style!)!))).toBe(usd);
});

test("what can be read in two ways stays so; what is in no way a number is found", () => {
  expect(stylesOf(["1.234", "5.678"])).toHaveLength(2);
  expect(stylesOf(["1.234", "0.678"])).toHaveLength(1);
  expect(stylesOf(["12", "7"])).toHaveLength(1);
  expect(stylesOf(["1,234.56", "1.234,56"])).toEqual([]);
  expect(noNumber(["1,234.56", "1.234,56"])).toBeNull();
  expect(noNumber(["1", "12,34,567.8"])).toBe(1);
  expect(noNumber(["1", "$5"])).toBe(1);
});

const WRITTEN = [
  [",", "."],
  [".", ","],
  ["'", "."],
  ["\u00a0", ","],
] as const;

test("any amount, written in any of them beside one that has both signs, is read back to the last digit", () => {
  fc.assert(
    fc.property(
      fc.array(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), { minLength: 1, maxLength: 8 }),
      fc.constantFrom(...WRITTEN),
      (picos, [thousands, decimal]) => {
        const written = (plain: string): string => {
          const [whole = "", fraction] = plain.split(".");
          const parts = whole.replace(/\B(?=(?:\d{3})+$)/g, thousands);
          return fraction === undefined ? parts : `${parts}${decimal}${fraction}`;
        };
        const texts = [...picos.map((pico) => written(decimalText(pico))), written("12345.25")];
        const styles = stylesOf(texts);
        expect(styles).toHaveLength(1);
        expect(texts.slice(0, -1).map((text) => picoOfLocal(text, styles[0]!))).toEqual(picos);
      },
    ),
    { seed: 3, numRuns: 300 },
  );
});
