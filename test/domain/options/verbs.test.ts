/** The table of the options holds together. */
import { expect, test } from "vitest";
import { withDefaults } from "../../../src/domain/options/option.ts";
import { VERBS, type Verb } from "../../../src/domain/options/verbs.ts";

const rows = Object.entries(VERBS).flatMap(([verb, { takes }]: [string, Verb]) =>
  Object.entries(takes).map(([name, row]) => ({ at: `${verb} ${name}`, verb: takes, name, row })),
);

test("a name is a flag in camelCase", () => {
  expect(rows.length).toBeGreaterThan(150);
  expect(rows.filter(({ name }) => !/^[a-z]+([A-Z][a-z]+)*$/.test(name))).toEqual([]);
});

test.each(rows.filter(({ row }) => row.default !== undefined))(
  "$at: its kind takes its default",
  ({ row }) => {
    const { kind, default: value } = row;
    expect(kind.choices ?? [value]).toContain(value);
    const written = kind.unit === "headroom=world" ? `headroom=${String(value)}` : String(value);
    expect(kind.read?.(written) ?? value).toBe(value);
  },
);

test("options conflict with options of the same verb", () => {
  const strange = rows.filter(({ verb, row }) => row.conflicts?.some((other) => !(other in verb)));
  expect(strange).toEqual([]);
});

test("defaults stand in for what is left out, or undefined", () => {
  const { takes } = VERBS.backtest;
  expect(withDefaults(takes, { tail: 0.5, seed: undefined })).toEqual({
    term: "1yr",
    payment: "no-upfront",
    step: "14d",
    scenarios: 200,
    seed: 1,
    riskAversion: 0.2,
    tail: 0.5,
    engine: "duckdb",
  });
});
