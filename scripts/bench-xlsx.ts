/**
 * The workbook of a year × 100 SKUs: its size, and its time as a ratio to reading the export.
 * `npm run bench:xlsx` writes `docs/bench/<date>-xlsx.json`.
 */
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect, OFFERINGS, recommend, workbookXlsx } from "../src/index.ts";
import { seededRandom } from "./fixtures/random.ts";

const HOURS = 8_760;
const SKUS = 100;
const FROM_MS = Date.UTC(2025, 10, 1);
const folder = mkdtempSync(join(tmpdir(), "sageplan-xlsx-"));

/** Instances by the second, with days and weekends, at a rate per SKU. */
function writeExport(): { file: string; rates: string[] } {
  const random = seededRandom(1);
  const skus = Array.from({ length: SKUS }, (_, n) => ({
    type: `ml.c${5 + (n % 3)}.${n}xlarge`,
    milliUsd: 100 + Math.floor(random() * 4_000),
    size: Math.exp(3 * random()),
  }));
  const lines = [
    "usage_hour,account_id,region,component,instance_type,usage_type,operation,usage_hours,on_demand_usd,covered_on_demand_usd,covered_savings_plan_usd",
  ];
  for (let t = 0; t < HOURS; t++) {
    const at = new Date(FROM_MS + t * 3_600_000).toISOString().replace(".000Z", "Z");
    const day = 1 + 0.4 * Math.sin(((t % 24) / 24) * 2 * Math.PI) - (t % 168 > 119 ? 0.3 : 0);
    for (const { type, milliUsd, size } of skus) {
      const seconds = Math.round(size * day * (0.8 + 0.4 * random()) * 36) * 100;
      lines.push(
        `${at},111122223333,us-east-1,Host,${type},USE1-Host:${type},RunInstance,${seconds / 3_600},${((milliUsd / 1_000) * seconds) / 3_600},0,0`,
      );
    }
  }
  const file = join(folder, "export.csv");
  writeFileSync(file, `${lines.join("\n")}\n`);
  const rates = ["usage_type,operation,term,payment_option,savings_plan_rate_usd,on_demand_rate_usd"];
  for (const [n, { type, milliUsd }] of skus.entries()) {
    for (const [k, { term, paymentOption }] of OFFERINGS.entries()) {
      const rate = ((milliUsd * (0.8 - 0.05 * k - 0.001 * n)) / 1_000).toFixed(6);
      rates.push(`USE1-Host:${type},RunInstance,${term},${paymentOption},${rate},${milliUsd / 1_000}`);
    }
  }
  const card = join(folder, "rates.csv");
  writeFileSync(card, `${rates.join("\n")}\n`);
  return { file, rates: [card] };
}

async function timed<T>(work: () => T | Promise<T>): Promise<{ ms: number; value: T }> {
  const start = performance.now();
  const value = await work();
  return { ms: Math.round(performance.now() - start), value };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

const { file, rates } = writeExport();
const readMs: number[] = [];
for (let n = 0; n < 3; n++) readMs.push((await timed(() => inspect({ exports: [file], rates }))).ms);
const cases: Record<string, object> = {};
for (const [name, options] of Object.entries({
  "history, 1yr": { futures: "history", term: "1yr" },
  "200 futures, 1yr": { term: "1yr" },
  "200 futures, any term": {},
} as const)) {
  const { ms: recommendMs, value } = await timed(() => recommend({ exports: [file], rates, ...options }));
  const { ms: tableMs, value: along } = await timed(value.along);
  const { ms: writeMs, value: bytes } = await timed(() => workbookXlsx(value.recommendation, along));
  const { table } = along.levels[0]!;
  const commitment = along.plans[0]!.commitmentUsdPerHour;
  const near = table.errorUsd.filter((_, n) => {
    const at = table.commitmentUsdPerHour[n]!;
    return at >= commitment / 2 && at <= commitment * 1.5;
  });
  cases[name] = {
    netSavingsUsd: Math.round(value.recommendation.expected.netSavingsUsd),
    bytes: bytes.length,
    rows: along.levels.reduce((sum, level) => sum + level.table.errorUsd.length, 0),
    worstErrorNearUsd: Number(Math.max(...near).toPrecision(3)),
    worstErrorUsd: Number(Math.max(...table.errorUsd).toPrecision(3)),
    recommendMs,
    tableMs,
    writeMs,
    toReading: Number(((tableMs + writeMs) / median(readMs)).toFixed(3)),
  };
}
const date = new Date().toISOString().slice(0, 10);
const text = `${JSON.stringify(
  {
    date,
    node: process.versions.node,
    hours: HOURS,
    skus: SKUS,
    exportBytes: statSync(file).size,
    readMs: median(readMs),
    cases,
  },
  null,
  1,
)}\n`;
writeFileSync(join(import.meta.dirname, `../docs/bench/${date}-xlsx.json`), text);
rmSync(folder, { recursive: true });
console.log(text);
