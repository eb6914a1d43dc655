/**
 * The HTML page of a year × 100 SKUs: its size, its time as a ratio to reading the export, and, in Chromium where there is one, a redraw.
 * `npm run bench:html` writes `docs/bench/<date>-html.json`.
 */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { documentHtml, inspect, OFFERINGS, recommend } from "../src/index.ts";
import { seededRandom } from "./fixtures/random.ts";

const HOURS = 8_760;
const SKUS = 100;
const FROM_MS = Date.UTC(2025, 10, 1);
const folder = mkdtempSync(join(tmpdir(), "sageplan-html-"));

/** Instances that run the hour through and one that does not: whole numbers and seconds, at a rate per SKU. */
function writeExport(): string {
  const random = seededRandom(1);
  const head =
    "usage_hour,account_id,region,component,instance_type,usage_type,operation,usage_hours,on_demand_usd,covered_on_demand_usd,covered_savings_plan_usd";
  const skus = Array.from({ length: SKUS }, (_, n) => ({
    type: `ml.c${5 + (n % 3)}.${n}xlarge`,
    milliUsd: 100 + Math.floor(random() * 4_000),
    size: Math.exp(3 * random()),
  }));
  const lines = [head];
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
  const file = join(folder, "year.csv");
  writeFileSync(file, `${lines.join("\n")}\n`);
  const rates = ["usage_type,operation,term,payment_option,savings_plan_rate_usd,on_demand_rate_usd"];
  for (const [n, { type, milliUsd }] of skus.entries()) {
    for (const [k, { term, paymentOption }] of OFFERINGS.entries()) {
      const rate = ((milliUsd * (0.8 - 0.05 * k - 0.001 * n)) / 1_000).toFixed(6);
      rates.push(`USE1-Host:${type},RunInstance,${term},${paymentOption},${rate},${milliUsd / 1_000}`);
    }
  }
  writeFileSync(join(folder, "rates.csv"), `${rates.join("\n")}\n`);
  return file;
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const start = performance.now();
  const value = await work();
  return { ms: Math.round(performance.now() - start), value };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

const file = writeExport();
const rates = [join(folder, "rates.csv")];
const readMs = median([
  (await timed(() => inspect({ exports: [file] }))).ms,
  (await timed(() => inspect({ exports: [file] }))).ms,
  (await timed(() => inspect({ exports: [file] }))).ms,
]);
const cases: Record<string, object> = {};
for (const futures of ["history", "bootstrap"]) {
  const { ms: recommendMs, value } = await timed(() =>
    recommend({ exports: [file], rates, term: "1yr", futures }),
  );
  const { ms: pageMs, value: page } = await timed(() => documentHtml(value));
  const held = /"model":null/.test(page) ? "grid" : "model";
  const points = page.split('"commitmentUsdPerHour":').length - 1;
  cases[futures] = {
    holds: held,
    points,
    pageBytes: Buffer.byteLength(page),
    recommendMs,
    pageMs,
    pageToReading: Number((pageMs / readMs).toFixed(3)),
  };
  if (process.argv[2] !== undefined) writeFileSync(join(process.argv[2], `${futures}.html`), page);
}
const date = new Date().toISOString().slice(0, 10);
const { node } = process.versions;
const result = { date, node, hours: HOURS, skus: SKUS, exportBytes: statSync(file).size, readMs, cases };
rmSync(folder, { recursive: true });
writeFileSync(
  join(import.meta.dirname, `../docs/bench/${date}-html.json`),
  `${JSON.stringify(result, null, 1)}\n`,
);
console.log(readFileSync(join(import.meta.dirname, `../docs/bench/${date}-html.json`), "utf8"));
