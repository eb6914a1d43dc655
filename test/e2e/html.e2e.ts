/** The page of `--html` in Chromium, from a file: what its slider and box show is what `simulate` says. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FindingCode } from "../../src/domain/finding-codes.ts";
import { OFFERINGS } from "../../src/domain/offering.ts";
import type { Recommendation } from "../../src/domain/documents/recommendation.ts";
import { tailName } from "../../src/report/document/answer.ts";
import { reportPage } from "../../src/report/html/document.ts";
import type { PageData } from "../../src/report/html/data.ts";
import { moneyIn } from "../../src/report/document/money.ts";
import { termOf, termRows, whatIfRows } from "../../src/report/html/what-if-rows.ts";
import { sageplan } from "../cli/sageplan.ts";
import { futuresHourlyUse, sampleFutures } from "../report/sample-futures.ts";
import { oneHourModel, sampleWhatIf } from "../report/sample-what-if.ts";
import { launchChromium } from "./chromium.ts";

const EXPORTS = "fixtures/ml-company/cur2-parquet";
const CASES: Record<string, string[]> = {
  "sampled scenarios": [
    EXPORTS,
    "--term",
    "1yr",
    "--payment",
    "any",
    "--max-upfront",
    "20000",
    "--discount-rate",
    "0.07",
    "--scenarios",
    "40",
  ],
  "scenarios of a file": [EXPORTS, "--futures", "fixtures/ml-company/futures.csv.gz"],
  "the past": [EXPORTS, "--futures", "history", "--term", "1yr"],
};
/** Where to leave pictures for a person to look at; without it none are taken. */
const PICTURES = process.env["E2E_PICTURES"];

let browser: Browser;
let folder: string;
beforeAll(async () => {
  browser = await launchChromium();
  folder = mkdtempSync(join(tmpdir(), "sageplan-e2e-"));
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** The page, and everything that it must not do. */
async function opened(
  file: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  const url = pathToFileURL(file).href;
  page.on("console", (message) => faults.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => faults.push(`dialog: ${dialog.message()}`));
  page.on("request", (request) => {
    if (request.url() !== url) faults.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  await page.locator("#controls").waitFor({ state: "visible" });
  return { page, faults };
}

/** Without functions of its own in the page: the page's policy forbids their evaluation. */
const settledAt = (page: Page, commitment: number): Promise<void> =>
  page.locator(`body[data-shown="${commitment}"]`).waitFor({ timeout: 10_000 });

const said = (page: Page, text: string): Promise<void> =>
  page.locator("#status", { hasText: text }).waitFor({ timeout: 10_000 });

async function shownIn(page: Page, r: Recommendation): Promise<Record<string, string>> {
  const rows = [
    ...whatIfRows(tailName(r.risk.tail), r.horizon.scenarios > 1, moneyIn(r)),
    ...termRows(r.objective.discountRate, moneyIn(r)),
  ];
  const texts = await Promise.all(rows.map(({ id }) => page.locator(`#now-${id}`).innerText()));
  return Object.fromEntries(rows.map(({ id }, n) => [id, texts[n]!]));
}

const told = (r: Recommendation): Record<string, string> =>
  Object.fromEntries([
    ...whatIfRows(tailName(r.risk.tail), r.horizon.scenarios > 1, moneyIn(r)).map(({ id, text }) => [
      id,
      text(r),
    ]),
    ...termRows(r.objective.discountRate, moneyIn(r)).map(({ id, text }) => [
      id,
      text(termOf(r.cashFlow[0]!)),
    ]),
  ]);

async function documentOf(args: string[]): Promise<Recommendation> {
  const { code, stdout, stderr } = await sageplan([...args, "--json"]);
  expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as Recommendation;
}

const dataOf = (file: string): PageData =>
  JSON.parse(/id="data">(.*?)<\/script>/s.exec(readFileSync(file, "utf8"))![1]!) as PageData;

/** What `simulate` says when one offering is moved and the others are held. */
function simulated(
  args: string[],
  data: PageData,
  offering: number,
  commitment: number,
): Promise<Recommendation> {
  const named = OFFERINGS.flatMap(({ term, paymentOption }, k) => {
    const amount = k === offering ? commitment : data.commitments[k]!;
    return amount > 0 ? [`${term}-${paymentOption}=${amount}`] : [];
  });
  return documentOf(["simulate", ...args, "--commitment", ...named, ...data.queue]);
}

describe.each(Object.entries(CASES))("%s", (name, args) => {
  let file: string;
  let data: PageData;
  let found: Recommendation;
  beforeAll(async () => {
    file = join(folder, `${name.replaceAll(" ", "-")}.html`);
    found = await documentOf(["recommend", ...args, "--html", file]);
    data = dataOf(file);
  });

  test("opens with the answer; box, slider, keyboard and offering move to what simulate says", async () => {
    const { page, faults } = await opened(file);
    const { offering, slider } = data;
    await settledAt(page, data.commitments[offering]!);
    expect(await shownIn(page, found)).toEqual(told(found));

    for (const typed of [0.12345, 3.3, Number((slider[offering]!.most * 1.5).toFixed(5))]) {
      await page.locator("#box").fill(String(typed));
      await settledAt(page, typed);
      expect(await shownIn(page, found)).toEqual(told(await simulated(args, data, offering, typed)));
    }

    const { step, most } = slider[offering]!;
    const dragged = Number((Math.round(most / step / 3) * step).toFixed(5));
    await page.locator("#slider").fill(String(dragged));
    await settledAt(page, dragged);
    expect(await page.locator("#box").inputValue()).toBe(String(dragged));
    expect(await shownIn(page, found)).toEqual(told(await simulated(args, data, offering, dragged)));

    await page.locator("#slider").press("ArrowRight");
    const stepped = Number((dragged + step).toFixed(5));
    await settledAt(page, stepped);
    expect(await shownIn(page, found)).toEqual(told(await simulated(args, data, offering, stepped)));
    await said(page, `$${stepped}`);

    const other = (offering + 1) % OFFERINGS.length;
    await page.locator("#offering").selectOption(String(other));
    await settledAt(page, data.commitments[other]!);
    await page.locator("#box").fill("2.5");
    await settledAt(page, 2.5);
    expect(await shownIn(page, found)).toEqual(told(await simulated(args, data, other, 2.5)));

    await page.locator("#back").click();
    await settledAt(page, data.commitments[offering]!);
    expect(await shownIn(page, found)).toEqual(told(found));
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test.each([
    ["light", 1440],
    ["dark", 1440],
    ["light", 390],
    ["dark", 390],
  ] as const)("%s at %i px: nothing serious for axe, nothing sticks out", async (colorScheme, width) => {
    const { page, faults } = await opened(file, { colorScheme, viewport: { width, height: 900 } });
    await settledAt(page, data.commitments[data.offering]!);
    if (PICTURES !== undefined) {
      mkdirSync(PICTURES, { recursive: true });
      const picture = `${name.replaceAll(" ", "-")}-${colorScheme}-${width}.png`;
      await page.screenshot({ path: join(PICTURES, picture), fullPage: true });
    }
    await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    await page.evaluate(axe.source);
    const { violations } = (await page.evaluate("axe.run()")) as axe.AxeResults;
    expect(
      violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html.slice(0, 200)) })),
    ).toEqual([]);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

test("a page that holds a grid snaps to it, and says so", async () => {
  const r = sampleFutures();
  const huge = { ...oneHourModel(), onDemandUsd: new Float64Array(3_000_001) };
  const file = join(folder, "grid.html");
  const asset = (name: string): string => readFileSync(`dist/page/${name}`, "utf8");
  const whatIf = { ...sampleWhatIf(r), model: () => huge };
  const assets = { script: asset("page.js"), style: asset("page.css") };
  writeFileSync(file, reportPage(r, futuresHourlyUse(r), whatIf, assets));
  const { page, faults } = await opened(file);
  const { grid, slider, offering } = dataOf(file);
  const { step } = slider[offering]!;
  await page.locator("#box").fill(String(grid[1]!.commitmentUsdPerHour + 0.3 * step));
  await settledAt(page, grid[1]!.commitmentUsdPerHour);
  await said(page, "is not in this page");
  await page.locator("#box").blur();
  // The page writes the box at the next frame.
  await expect.poll(() => page.locator("#box").inputValue()).toBe(String(grid[1]!.commitmentUsdPerHour));
  expect(faults).toEqual([]);
  await page.context().close();
});

test("text from a bill runs nothing", async () => {
  const attack = `"><img src=x onerror=alert(1)></script><script>alert(2)</script><!--`;
  const r = sampleFutures();
  const file = join(folder, "hostile.html");
  const asset = (name: string): string => readFileSync(`dist/page/${name}`, "utf8");
  const hostile = {
    ...r,
    reason: attack,
    payerAccounts: [attack],
    findings: [{ code: attack as FindingCode, message: attack, source: attack, usd: 1 }],
    provenance: {
      ...r.provenance,
      inputs: [{ path: attack, sha256: attack, rows: 1 }],
      options: { [attack]: attack },
    },
  };
  const assets = { script: asset("page.js"), style: asset("page.css") };
  writeFileSync(file, reportPage(hostile, futuresHourlyUse(r), sampleWhatIf(r), assets));
  const { page, faults } = await opened(file);
  expect(await page.locator("img").count()).toBe(0);
  expect(await page.locator("#findings").innerText()).toContain("<img src=x onerror=alert(1)>");
  expect(faults).toEqual([]);
  await page.context().close();
});
