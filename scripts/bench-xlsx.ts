/**
 * The workbook of a year × 100 SKUs: its size, and its time as a ratio to reading the export.
 * `npm run bench -- xlsx` writes `docs/bench/<date>-xlsx.json`.
 */
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect, recommend, workbookXlsx } from "../src/index.ts";
import { HOURS, median, timed, writeExport } from "./bench-export.ts";

const SKUS = 100;
const folder = mkdtempSync(join(tmpdir(), "sageplan-xlsx-"));

const { file, rates } = writeExport(folder, SKUS);
const readMs: number[] = [];
for (let n = 0; n < 3; n++) readMs.push((await timed(() => inspect({ exports: [file], rates }))).ms);
const cases: Record<string, object> = {};
for (const [name, options] of Object.entries({
  "history, 1yr": { futures: "history", term: "1yr" },
  "200 futures, 1yr": { term: "1yr" },
  "200 futures, any term": {},
} as const)) {
  const { ms: recommendMs, value } = await timed(() => recommend({ exports: [file], rates, ...options }));
  const { ms: tableMs, value: commitmentTable } = await timed(value.commitmentTable);
  const { ms: writeMs, value: bytes } = await timed(() =>
    workbookXlsx(value.recommendation, commitmentTable),
  );
  const { table } = commitmentTable.levels[0]!;
  const commitment = commitmentTable.plans[0]!.commitmentUsdPerHour;
  const near = table.errorUsd.filter((_, n) => {
    const at = table.commitmentUsdPerHour[n]!;
    return at >= commitment / 2 && at <= commitment * 1.5;
  });
  cases[name] = {
    netSavingsUsd: Math.round(value.recommendation.expected.netSavingsUsd),
    bytes: bytes.length,
    rows: commitmentTable.levels.reduce((sum, level) => sum + level.table.errorUsd.length, 0),
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
