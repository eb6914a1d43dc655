/** What happens to the cells of an export: pure functions of a seeded generator. */
import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

const HOSTILE = [
  "NaN",
  "Infinity",
  "1e400",
  "-0",
  "-1",
  "1,5",
  "1.234,56",
  "1_000",
  "0x10",
  "",
  "NULL",
  "1e-13",
  "1E2",
  "9999-12-31T00:00:00Z",
  "0000-00-00",
  "2026-02-30T00:00:00Z",
  "\u001b[2J",
  "\u0000",
  "\u202e",
  '"',
  "Tax",
  "EUR",
] as const;

/** A table of the same shape with 1 to 3 cells replaced by hostile values; the header, row 0, may be hit too. */
export function mutated(table: readonly (readonly string[])[], random: RandomGenerator): string[][] {
  const copy = table.map((row) => [...row]);
  for (let left = uniformInt(random, 1, 3); left > 0; left -= 1) {
    const row = copy[uniformInt(random, uniformInt(random, 0, 9) === 0 ? 0 : 1, copy.length - 1)]!;
    row[uniformInt(random, 0, row.length - 1)] = HOSTILE[uniformInt(random, 0, HOSTILE.length - 1)]!;
  }
  return copy;
}
