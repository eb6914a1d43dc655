/** Mutated legacy CUR, `inspect --json`: the total of an independent reading, or a clear refusal. CASES=N SEED=S for longer runs. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { expect, test } from "vitest";
import * as library from "../../src/index.ts";
import { call } from "../cli/call.ts";
import { BASE_ROW, hourOf } from "../ingest/exports.ts";
import { mutated } from "./csv-mutations.ts";
import { billedPico } from "./csv-oracle.ts";
import { escapeOf } from "./judge.ts";

const CASES = Number(process.env["CASES"] ?? 60);
const SEED = Number(process.env["SEED"] ?? 1);

const TABLE = [
  Object.keys(BASE_ROW),
  ...Array.from({ length: 24 }, (_, n) => Object.values({ ...BASE_ROW, ...hourOf(n) })),
];
const textOf = (table: readonly (readonly string[])[]): string =>
  table.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")).join("\n");

test(`${CASES} cases from seed ${SEED}`, { timeout: 60_000 + CASES * 1_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "sageplan-fuzz-"));
  const path = join(folder, "a.csv");
  const escapes: string[] = [];
  const codes: Record<number, number> = {};
  let compared = 0;
  for (let n = 0; n < CASES; n += 1) {
    const table = mutated(TABLE, xoroshiro128plus(SEED * 1_000_003 + n));
    writeFileSync(path, `${textOf(table)}\n`);
    const started = performance.now();
    const { code, out, err } = await call(["inspect", path, "--json"], { load: async () => library });
    const billedUsd = code === 0 ? Number(JSON.parse(out).reconciliation.exportTotalUsd) : null;
    const pico = billedPico(table);
    if (billedUsd !== null && pico !== null) compared += 1;
    codes[code] = (codes[code] ?? 0) + 1;
    const why = escapeOf({
      code,
      out,
      err,
      billedUsd,
      milliseconds: performance.now() - started,
      expectedUsd: pico === null ? null : Number(pico) / 1e12,
    });
    if (why) escapes.push(`case ${n}: ${why}: ${err.slice(0, 300)}`);
  }
  rmSync(folder, { recursive: true });
  console.log({ codes, compared, escapes: escapes.length });
  expect(escapes).toEqual([]);
  expect(compared).toBeGreaterThan(0);
});
