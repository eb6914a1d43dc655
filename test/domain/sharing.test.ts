import { expect, test } from "vitest";
import { SHARING_MODES, turnOf, type SharingMode } from "../../src/domain/sharing.ts";

const groups = new Map([
  ["A", "x"],
  ["B", "x"],
  ["C", "y"],
]);

/** Turns of the owner itself, an account of its group, one of another group, and one in none. */
const turns = (mode: SharingMode, owner: string, accounts: readonly string[]): (number | null)[] =>
  accounts.map((account) => turnOf({ mode, groups }, owner, account));

test("an account of a group: itself, its group, another group, an account in no group", () => {
  const seen = Object.fromEntries(
    SHARING_MODES.map((mode) => [mode, turns(mode, "A", ["A", "B", "C", "D"])]),
  );
  expect(seen).toEqual({
    open: [1, 3, 3, 3],
    off: [1, null, null, null],
    prioritized: [1, 2, 3, 3],
    restricted: [1, 2, null, null],
  });
});

test("the payer is in no group: restricted, it shares with nobody", () => {
  expect(turns("restricted", "payer", ["payer", "A", "D"])).toEqual([1, null, null]);
  expect(turns("prioritized", "payer", ["payer", "A", "D"])).toEqual([1, 3, 3]);
});
