/**
 * The HTML page of a year × 100 SKUs, which are too many numbers for a page, and × 14, which are not: its size, its time as a ratio to
 * reading the export, and in Chromium how long a moved slider takes to be drawn.
 * `npm run bench:html` writes `docs/bench/<date>-html.json`.
 */
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { documentHtml, inspect, OFFERINGS, recommend } from "../src/index.ts";
import { launchChromium, redrawMs } from "../test/e2e/chromium.ts";
import { seededRandom } from "./fixtures/random.ts";

const HOURS = 8_760;
const FROM_MS = Date.UTC(2025, 10, 1);
const folder = mkdtempSync(join(tmpdir(), "sageplan-html-"));

/** Instances that run the hour through and one that does not: whole numbers and seconds, at a rate per SKU. */
function writeExport(skuCount: number): { file: string; rates: string[] } {
  const random = seededRandom(1);
  const head =
    "usage_hour,account_id,region,component,instance_type,usage_type,operation,usage_hours,on_demand_usd,covered_on_demand_usd,covered_savings_plan_usd";
  const skus = Array.from({ length: skuCount }, (_, n) => ({
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
  const file = join(folder, `${skuCount}-skus.csv`);
  writeFileSync(file, `${lines.join("\n")}\n`);
  const rates = ["usage_type,operation,term,payment_option,savings_plan_rate_usd,on_demand_rate_usd"];
  for (const [n, { type, milliUsd }] of skus.entries()) {
    for (const [k, { term, paymentOption }] of OFFERINGS.entries()) {
      const rate = ((milliUsd * (0.8 - 0.05 * k - 0.001 * n)) / 1_000).toFixed(6);
      rates.push(`USE1-Host:${type},RunInstance,${term},${paymentOption},${rate},${milliUsd / 1_000}`);
    }
  }
  const card = join(folder, `${skuCount}-rates.csv`);
  writeFileSync(card, `${rates.join("\n")}\n`);
  return { file, rates: [card] };
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const start = performance.now();
  const value = await work();
  return { ms: Math.round(performance.now() - start), value };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

const browser = await launchChromium();

/** From a slider moved to the frame drawn. */
async function drawn(file: string) {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(file).href);
  const start = performance.now();
  await page.locator("#controls").waitFor({ state: "visible" });
  const readyMs = Math.round(performance.now() - start);
  const { median: medianMs, worst: worstMs } = await redrawMs(page, 60);
  await page.close();
  return { readyMs, redrawMedianMs: Number(medianMs.toFixed(1)), redrawWorstMs: Number(worstMs.toFixed(1)) };
}

async function measured(skus: number, futures: string[]) {
  const { file, rates } = writeExport(skus);
  const readMs: number[] = [];
  for (let n = 0; n < 3; n++) readMs.push((await timed(() => inspect({ exports: [file], rates }))).ms);
  const cases: Record<string, object> = {};
  for (const kind of futures) {
    const { ms: recommendMs, value } = await timed(() =>
      recommend({ exports: [file], rates, term: "1yr", futures: kind }),
    );
    const { ms: pageMs, value: page } = await timed(() => documentHtml(value));
    const written = join(folder, `${skus}-${kind}.html`);
    writeFileSync(written, page);
    cases[kind] = {
      holds: page.includes('"model":null') ? "some commitments" : "every commitment",
      pageBytes: Buffer.byteLength(page),
      recommendMs,
      pageMs,
      pageToReading: Number((pageMs / median(readMs)).toFixed(3)),
      ...(await drawn(written)),
    };
  }
  return { hours: HOURS, skus, exportBytes: statSync(file).size, readMs: median(readMs), cases };
}

const results = [await measured(100, ["history", "bootstrap"]), await measured(14, ["history", "bootstrap"])];
await browser.close();
const date = new Date().toISOString().slice(0, 10);
const text = `${JSON.stringify({ date, node: process.versions.node, results }, null, 1)}\n`;
writeFileSync(join(import.meta.dirname, `../docs/bench/${date}-html.json`), text);
rmSync(folder, { recursive: true });
console.log(text);
