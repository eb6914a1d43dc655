/** A year of `skuCount` SKUs to measure reports with, and their rates. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { OFFERINGS } from "../src/index.ts";
import { seededRandom } from "./fixtures/random.ts";

export const HOURS = 8_760;
const FROM_MS = Date.UTC(2025, 10, 1);

/** Instances that run the hour through and one that does not: whole numbers and seconds, at a rate per SKU. */
export function writeExport(folder: string, skuCount: number): { file: string; rates: string[] } {
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

export async function timed<T>(work: () => T | Promise<T>): Promise<{ ms: number; value: T }> {
  const start = performance.now();
  const value = await work();
  return { ms: Math.round(performance.now() - start), value };
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1]!;
