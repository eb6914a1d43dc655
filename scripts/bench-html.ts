/**
 * The HTML page of a year × 100 SKUs, which are too many numbers for a page, and × 14, which are not: its size, its time as a ratio to
 * reading the export, and in Chromium how long a moved slider takes to be drawn.
 * `npm run bench -- html` writes `docs/bench/<date>-html.json`.
 */
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { documentHtml, inspect, recommend } from "../src/index.ts";
import { launchChromium, redrawMs } from "../test/e2e/chromium.ts";
import { HOURS, median, timed, writeExport } from "./bench-export.ts";

const folder = mkdtempSync(join(tmpdir(), "sageplan-html-"));

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
  const { file, rates } = writeExport(folder, skus);
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
