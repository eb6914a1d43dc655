/** One measurement in a process of its own: `tsx bench-task.ts TASK FOLDER` prints `{ ms, peakMiB, result }`. */
import { createHash } from "node:crypto";
import { createReadStream, readdirSync } from "node:fs";
import { join } from "node:path";
import { createGunzip } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { benchOptimum } from "./bench-optimum.ts";
import { benchAgainstHighs, benchLine, benchWhole } from "./bench-program.ts";
import { openDuckDb } from "../src/engine/duckdb.ts";
import { inspect } from "../src/index.ts";
import { discover } from "../src/ingest/exports/discover.ts";
import { readParquetSchemas } from "../src/ingest/exports/parquet-schema.ts";
import { exportSelect } from "../src/ingest/exports/export-select.ts";
import { sqlFile } from "../src/ingest/files/sql-file.ts";

const [task = "", folder = ""] = process.argv.slice(2);

const filesIn = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:parquet|csv\.gz)$/.test(name))
    .map((name) => join(dir, name))
    .sort();

/** The columns that `src/ingest/sql/cur.sql` reads, where the benchmark's export has them. */
const NUMBERS = [
  "line_item_usage_amount",
  "line_item_unblended_cost",
  "line_item_net_unblended_cost",
  "pricing_public_on_demand_cost",
  "savings_plan_savings_plan_effective_cost",
  "savings_plan_total_commitment_to_date",
  "savings_plan_used_commitment",
];
const OTHERS = [
  "bill_payer_account_id",
  "bill_billing_period_start_date",
  "line_item_usage_account_id",
  "line_item_line_item_type",
  "line_item_usage_start_date",
  "line_item_usage_end_date",
  "line_item_usage_type",
  "line_item_operation",
  "line_item_currency_code",
  "product_region_code",
  "savings_plan_savings_plan_a_r_n",
  "savings_plan_offering_type",
  "savings_plan_payment_option",
  "savings_plan_purchase_term",
  "savings_plan_start_time",
  "savings_plan_end_time",
];

/** What anyone would write first: sums of the same columns under the same filter. */
async function bareSum(scan: string, number: (name: string) => string): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:", { memory_limit: "640MB" });
  const connection = await instance.connect();
  const sums = [...NUMBERS.map((name) => `sum(${number(name)})`), ...OTHERS.map((name) => `max(${name})`)];
  await connection.runAndReadAll(
    `SELECT ${sums.join(", ")} FROM ${scan}
     WHERE line_item_product_code IN ('AmazonSageMaker', 'MachineLearningSavingsPlans')`,
  );
}

const TASKS: Record<string, () => Promise<unknown>> = {
  "parquet-bare": () => bareSum(`read_parquet('${folder}/**/*.parquet')`, (name) => name),
  "csv-duckdb": () =>
    bareSum(`read_csv('${folder}/**/*.csv.gz', all_varchar = true)`, (name) => `CAST(${name} AS DOUBLE)`),
  /** Our own statements over the same, without checksums and checks. */
  "parquet-ours": async () => {
    const engine = await openDuckDb({ memory: "640MB" });
    const { data } = await discover([folder]);
    const [{ columns } = { columns: [] }] = await readParquetSchemas(engine, data);
    const paths = data.map(({ path }) => path);
    await engine.view("export", exportSelect("cur", { kind: "parquet", paths, columns, numbered: false }));
    await engine.view("charge", sqlFile("cur"));
    await engine.keep("line", sqlFile("lines"), [0]);
    await engine.close();
  },
  inspect: async () => void (await inspect({ exports: [folder] })),
  sha256: async () => {
    for (const file of filesIn(folder)) {
      const hash = createHash("sha256");
      for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }))
        hash.update(chunk as Buffer);
    }
  },
  gunzip: async () => {
    for (const file of filesIn(folder)) {
      const inflated = createReadStream(file, { highWaterMark: 1 << 20 }).pipe(
        createGunzip({ chunkSize: 1 << 20 }),
      );
      // oxlint-disable-next-line no-unused-vars
      for await (const _ of inflated);
    }
  },
  optimum: benchOptimum,
  "program-highs": benchAgainstHighs,
  "program-line": benchLine,
  "program-1": () => benchWhole(1),
  "program-2": () => benchWhole(2),
  "program-3": () => benchWhole(3),
};

const start = performance.now();
const result = await TASKS[task]!();
const ms = performance.now() - start;
const peakMiB = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(JSON.stringify({ ms: Math.round(ms), peakMiB, result }));
