/** What happens to the cells and to the shape of a table. */
import type { Table } from "./csv-text.ts";
import type { Dice } from "./dice.ts";
import { HOSTILE } from "./hostile.ts";

/** A table of the same shape with 1 to 3 cells replaced by hostile values; the header, row 0, may be hit too. */
export function mutated(table: Table, dice: Dice): string[][] {
  const copy = table.map((row) => [...row]);
  for (let left = dice.below(3); left >= 0; left -= 1) {
    const row = dice.below(20) === 0 ? copy[0]! : copy[1 + dice.below(copy.length - 1)]!;
    row[dice.below(row.length)] = dice.pick(HOSTILE);
  }
  return copy;
}

/** Each makes another table of one, often no rectangle. */
const RESHAPINGS: readonly ((table: string[][], column: number, row: number, dice: Dice) => string[][])[] = [
  (table, column) => table.map((cells) => cells.toSpliced(column, 1)),
  (table, column) => table.map((cells) => [...cells, cells[column]!]),
  ([header, ...rows], column, _, dice) => [header!.with(column, dice.pick(HOSTILE)), ...rows],
  ([header, ...rows], column, _, dice) => [header!.with(column, dice.pick(header!)), ...rows],
  ([header, ...rows], column) => [header!.with(column, header![column]!.toUpperCase()), ...rows],
  (table, column, row) => table.with(row, table[row]!.slice(0, column)),
  (table, _, row) => table.with(row, [...table[row]!, "more"]),
  (table, _, row) => table.with(row, []),
  ([, ...rows]) => rows,
  ([header]) => [header!],
  ([header, ...rows], _, row) => [header!, ...rows.slice(0, row), header!, ...rows.slice(row)],
  (table, column, row) => table.with(row, table[row]!.with(column, "x".repeat(1 << 20))),
  (table, column, row) =>
    table.with(row, table[row]!.with(column, `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`)),
  ([header, ...rows]) => {
    const names = Array.from({ length: 10_000 }, (_, n) => `extra/${n}`);
    return [[...header!, ...names], ...rows.slice(0, 5).map((cells) => [...cells, ...names])];
  },
  (table) => table.map((cells) => cells.slice(0, 1)),
  (table) => table.map((cells) => cells.map(() => "")),
];

/** One or two things done to the shape. */
export function reshaped(table: Table, dice: Dice): string[][] {
  let copy = table.map((row) => [...row]);
  for (let left = dice.below(2); left >= 0 && copy.length > 1 && copy[0]!.length > 1; left -= 1) {
    copy = dice.pick(RESHAPINGS)(copy, dice.below(copy[0]!.length), 1 + dice.below(copy.length - 1), dice);
  }
  return copy;
}
