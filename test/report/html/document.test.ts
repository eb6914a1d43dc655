/** The page of `--html` without a browser: what it holds, and that the code in it settles as the tool does. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import * as fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { FINDINGS, type FindingCode } from "../../../src/domain/finding-codes.ts";
import { OFFERINGS } from "../../../src/domain/offering.ts";
import type { Recommendation } from "../../../src/domain/documents/recommendation.ts";
import { recommend, simulate, type RecommendOptions } from "../../../src/index.ts";
import { reportPage, type PageAssets } from "../../../src/report/html/document.ts";
import type { PageData } from "../../../src/report/html/data.ts";
import { packModel, unpackModel } from "../../../src/report/html/pack.ts";
import { withNow } from "../../../src/domain/portfolio.ts";
import { moneyIn } from "../../../src/report/document/money.ts";
import { termOf, termRows, whatIfRows } from "../../../src/report/html/what-if-rows.ts";
import { figuresOf, type FiguresAt } from "../../../src/page/figures.ts";
import { documentMarkdown } from "../../../src/report/markdown/document.ts";
import { soonFutures } from "../../ingest/company-futures.ts";
import { oneHourModel, sampleWhatIf } from "../sample-what-if.ts";
import { futuresHourlyUse, sampleFutures, sampleOverTime, sampleSimulation } from "../sample-futures.ts";
import { sampleBuyNothing, sampleHourlyUse, sampleRecommendation } from "../sample.ts";

const assets: PageAssets = {
  script: readFileSync("dist/page/page.js", "utf8"),
  style: readFileSync("dist/page/page.css", "utf8"),
};

const pageOf = (r: Recommendation): string => reportPage(r, futuresHourlyUse(r), sampleWhatIf(r), assets);

const dataOf = (page: string): PageData =>
  JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page)![1]!) as PageData;

const EXPORTS = [join("fixtures", "ml-company", "cur2-csv")];
const FUTURES = soonFutures();
const CASES: Record<string, Partial<RecommendOptions>> = {
  "sampled scenarios": { term: "1yr", scenarios: 10, payment: "any", discountRate: 0.08 },
  "scenarios of a file": { futures: FUTURES, negotiatedDiscount: 0.07 },
  "the past": { futures: "history", term: "1yr" },
};

describe.each(Object.entries(CASES))("%s", (_, options) => {
  const all: RecommendOptions = { exports: EXPORTS, ...options };
  let page: string;
  let data: PageData;
  let at: FiguresAt;
  let found: Awaited<ReturnType<typeof recommend>>;
  beforeAll(async () => {
    found = await recommend(all);
    page = reportPage(found.recommendation, found.hourlyUse, found.whatIf, assets);
    data = dataOf(page);
    at = await figuresOf(data);
  });

  test("its totals are those of --json", () => {
    const { expected, risk, purchases } = found.recommendation;
    expect(data).toMatchObject({ expected, risk, purchases });
    const { breakEvenMonth: _month, ...settled } = expected;
    expect(at(data.offering, data.commitments[data.offering]!).figures).toEqual({ expected: settled, risk });
  });

  test("the page's code settles any commitment of any offering as the tool does, to the last digit", () => {
    fc.assert(
      fc.property(fc.nat(5), fc.double({ min: 0, max: 40, noNaN: true }), (offering, wanted) => {
        const { commitmentUsdPerHour, figures, term } = at(offering, wanted);
        expect(Math.abs(commitmentUsdPerHour - wanted)).toBeLessThanOrEqual(0.000005 + 1e-12);
        const portfolio = withNow(found.whatIf.subject, (k) =>
          k === offering ? commitmentUsdPerHour : data.commitments[k]!,
        );
        expect(figures).toEqual(found.whatIf.at(portfolio));
        expect(term()).toEqual(found.whatIf.term(portfolio));
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  test("and as simulate does", async () => {
    const random = fc.sample(fc.tuple(fc.nat(5), fc.integer({ min: 100, max: 900_000 })), {
      numRuns: 2,
      seed: 7,
    });
    for (const [offering, steps] of random) {
      const commitmentUsdPerHour = steps / 100_000;
      const held = OFFERINGS.flatMap((each, k) => {
        const amount = k === offering ? commitmentUsdPerHour : data.commitments[k]!;
        return amount > 0 ? [{ ...each, commitmentUsdPerHour: amount }] : [];
      });
      const queued = found.recommendation.queued.map(
        ({ term, paymentOption, commitmentUsdPerHour: usd, start }) => ({
          term,
          paymentOption,
          start,
          commitmentUsdPerHour: usd,
        }),
      );
      const { recommendation } = await simulate({ ...all, commitments: [...held, ...queued] });
      const { breakEvenMonth, ...expected } = recommendation.expected;
      const { figures, term } = at(offering, commitmentUsdPerHour);
      expect(figures).toEqual({ expected, risk: recommendation.risk });
      const { undiscountedUsd, netPresentValueUsd, cashAtStartUsd, months } = recommendation.cashFlow[0]!;
      const told = { undiscountedUsd, netPresentValueUsd, cashAtStartUsd, months: months.length };
      expect(term()).toEqual({ ...told, breakEvenMonth });
    }
  });

  test("the figures that stand in the page are those of the document", () => {
    for (const { id, text } of whatIfRows("worst tenth", data.scenarios > 1, moneyIn(data))) {
      expect(page).toContain(`id="now-${id}">${text(found.recommendation)}<`);
    }
    for (const { id, text } of termRows(data.discountRate, moneyIn(data))) {
      expect(page).toContain(`id="now-${id}">${text(termOf(found.recommendation.cashFlow[0]!))}<`);
    }
  });

  test("the same call gives the same bytes", async () => {
    const { recommendation, hourlyUse, whatIf } = await recommend(all);
    expect(reportPage(recommendation, hourlyUse, whatIf, assets)).toBe(page);
  });
});

test("packing loses nothing: whole amounts, odd doubles, empty items, zeros", () => {
  const usage = fc.oneof(
    fc.nat(1e6).map((n) => n / 1000),
    fc.nat(1e6).map((n) => (n * 1_515) / 1e6),
    fc.nat(1e6).map((n) => Math.round(((n * 1.408) / 3_600) * 1e12) / 1e12),
    fc.double({ min: 0, max: 1e9, noNaN: true }),
    fc.constant(0),
  );
  fc.assert(
    fc.property(fc.array(fc.array(usage, { maxLength: 8 }), { maxLength: 6 }), (items) => {
      const start = Int32Array.from([0, ...items.map((_, n) => items.slice(0, n + 1).flat().length)]);
      const onDemandUsd = Float64Array.from(items.flat());
      const hour = Int32Array.from(items.flatMap((item) => item.map((_, n) => n * 3)));
      const model = { ...oneHourModel(), start, hour, onDemandUsd };
      expect(unpackModel(packModel(model))).toEqual(model);
    }),
  );
});

test("a bill of seconds, rounded to 12 decimals, takes two bytes for each use", () => {
  const count = 5_000;
  const seconds = fc.sample(fc.nat(36_000), { numRuns: count, seed: 1 });
  const onDemandUsd = Float64Array.from(seconds, (n) => Math.round(((n * 1.408) / 3_600) * 1e12) / 1e12);
  const start = Int32Array.of(0, count);
  const hour = Int32Array.from({ length: count }, (_, n) => n);
  const model = { ...oneHourModel(), start, hour, onDemandUsd };
  const packed = packModel(model);
  expect(unpackModel(packed)).toEqual(model);
  expect(deflateSync(packed).length).toBeLessThan(2.2 * count);
});

test("numbers too many for a page: it holds a grid of commitments, says so, and snaps to the nearest", async () => {
  const r = sampleFutures();
  const huge = { ...oneHourModel(), onDemandUsd: new Float64Array(3_000_001) };
  const page = reportPage(r, futuresHourlyUse(r), { ...sampleWhatIf(r), model: () => huge }, assets);
  const data = dataOf(page);
  expect(data.model).toBeNull();
  expect(page).toContain("The slider and the box snap to the nearest");
  const at = await figuresOf(data);
  const own = data.commitments[data.offering]!;
  expect(at(data.offering, own).commitmentUsdPerHour).toBe(own);
  const { step } = data.slider[data.offering]!;
  expect(Math.abs(at(data.offering, 0.4 * step).commitmentUsdPerHour)).toBe(0);
  expect(page.length).toBeLessThan(2_000_000);
});

const SAMPLES = [sampleRecommendation, sampleBuyNothing, sampleFutures, sampleSimulation, sampleOverTime].map(
  (sample) => [sample.name, sample()] as const,
);

test.each(SAMPLES)("%s: one file that asks for nothing, its policy names its own code", (_, r) => {
  const page = reportPage(r, sampleHourlyUse(), sampleWhatIf(r), assets);
  const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const [, script] = /<script>(.*?)<\/script>/s.exec(page)!;
  const [, style] = /<style>(.*?)<\/style>/s.exec(page)!;
  expect(page).toContain(
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src ${hash(script!)}; style-src ${hash(style!)}; base-uri 'none'; form-action 'none'">`,
  );
  expect(page).not.toMatch(/https?:|\/\/[a-z]/i);
  expect(page).not.toMatch(/<(link|img|iframe|object|embed|base)\b|\son[a-z]+=|\sstyle=|@import|url\(/i);
  expect([...page.matchAll(/(?:href|src)="([^"]*)"/g)].map((match) => match[1])).toEqual(["#try"]);
  expect(page).not.toMatch(/NaN|undefined|Infinity/);
});

/** Every text of a document that comes from a bill or a path. */
function hostile(r: Recommendation, text: string): Recommendation {
  const plan = { ...r.ownedPlans[0]!, arn: text, ownerAccount: text };
  return {
    ...r,
    reason: text,
    payerAccounts: [text],
    ownedPlans: [
      {
        ...plan,
        term: "1yr",
        paymentOption: "no-upfront",
        commitmentUsdPerHour: 1,
        start: null,
        end: "2027-01-01T00:00:00Z",
        isQueued: false,
        utilization: 0.5,
      },
    ],
    findings: [{ code: text as FindingCode, message: text, source: text, usd: 1 }],
    certificate: { ...r.certificate, solver: text },
    provenance: {
      ...r.provenance,
      inputs: [{ path: text, sha256: text, rows: 1 }],
      options: { [text]: text, other: { [text]: [text] } },
    },
  };
}

const ATTACKS = [
  `"><img src=x onerror=alert(1)>`,
  `</script><script>alert(1)</script>`,
  `</style><!--<script>`,
  `' onmouseover='alert(1)`,
  "\u202e\u001b[2J\u0000&lt;b&gt;",
];

test.each(ATTACKS)("hostile text stays text: %s", (attack) => {
  const page = pageOf(hostile(sampleFutures(), attack));
  const calm = pageOf(hostile(sampleFutures(), "calm"));
  const tags = (text: string): string[] =>
    [...text.replace(/<script>.*?<\/script>|<style>.*?<\/style>/gs, "").matchAll(/<[!/a-z][^>\s]*/gi)].map(
      ([tag]) => tag,
    );
  expect(tags(page)).toEqual(tags(calm));
  expect(page.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(page).not.toMatch(/<[^>]*\son[a-z]+=/i);
  expect(dataOf(page)).toEqual(dataOf(calm));
});

test("Markdown for a ticket: the answer, money, risk, alternatives, what to type, findings", () => {
  const text = documentMarkdown(hostile(sampleFutures(), "told"));
  expect(text).toMatch(/^# SageMaker Savings Plans recommendation\n\n\*\*Buy /);
  for (const part of [
    "## Money",
    "## How it can go wrong",
    "## Alternatives",
    "create-savings-plan",
    "## Findings",
  ]) {
    expect(text).toContain(part);
  }
  expect(documentMarkdown(sampleSimulation())).toMatch(/^# SageMaker Savings Plans simulation/);
});

test("Markdown is at most 25 lines, the details folded behind them", () => {
  const many = sampleFutures();
  many.findings = Object.keys(FINDINGS).map((code, n) => ({
    code: code as FindingCode,
    message: "m",
    usd: n,
    source: "",
  }));
  const documents = [sampleRecommendation(), sampleFutures(), sampleOverTime(), sampleSimulation(), many];
  for (const r of documents) {
    const [short = "", details] = documentMarkdown(r).split("<details>\n\n<summary>Details</summary>\n\n");
    expect(short.trimEnd().split("\n").length).toBeLessThanOrEqual(25);
    expect(short).toContain("**Total commitment**");
    expect(details).toMatch(/<\/details>\n$/);
  }
  expect(documentMarkdown(many)).toMatch(/> \d+ warnings more: see the details\./);
});

test.each([...ATTACKS, "[x](https://evil.example)", "![x](y)", "@everyone | # `x`"])(
  "hostile text stays text in Markdown: %s",
  (attack) => {
    const text = documentMarkdown(hostile(sampleFutures(), attack));
    // Our own fold is the only HTML.
    const told = text.replaceAll(/^<\/?(details|summary>Details<\/summary)>$/gm, "");
    expect(text.split("<details>")).toHaveLength(2);
    expect(told).not.toMatch(/(?<!\\)<(img|script|!--|\/)/);
    expect(text).not.toMatch(/(?<!\\)\]\(|https:\/\/evil|@everyone/);
  },
);
