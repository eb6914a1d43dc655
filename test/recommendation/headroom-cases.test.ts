/** The commitment before and after, and the part of it that is right in every world: settled, over seeds and fixtures. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { jsonSchemas } from "../../src/domain/documents/json-schemas.ts";
import { eventsOfFindings } from "../../src/headroom/events.ts";
import {
  detailsText,
  eventsYaml,
  headroom,
  headroomMarkdown,
  quietText,
  recommend,
  simulate,
  type Recommendation,
  type RecommendOptions,
} from "../../src/index.ts";
import { readEvents } from "../../src/ingest/futures/events.ts";
import { scratchFolder } from "../ingest/small-exports.ts";

const PLANTED: RecommendOptions = {
  exports: ["fixtures/headroom/export"],
  metrics: ["fixtures/headroom/metrics.json"],
  metricDataQueries: "fixtures/headroom/queries.json",
};
const COMPANY: RecommendOptions = { exports: ["fixtures/ml-company/cur2-parquet"] };
const SMALL = { scenarios: 10, horizon: "12mo", term: "1yr" } as const;

const schemas = jsonSchemas();
const ajv = new Ajv2020({
  allErrors: true,
  strict: true,
  strictTypes: false,
  schemas: [schemas.recommendation],
});
const isRecommendation = ajv.getSchema("urn:sageplan:schema:recommendation:2")!;
const isHeadroom = ajv.compile(schemas.headroom);

let planted: Promise<Recommendation> | undefined;

/** What is planted, without more options, is looked at from several sides. */
const recommended = (options: RecommendOptions): Promise<Recommendation> =>
  options === PLANTED ? (planted ??= answered(PLANTED)) : answered(options);

const answered = async (options: RecommendOptions): Promise<Recommendation> =>
  (await recommend({ ...SMALL, ...options })).recommendation;

/** What must hold of the three worlds, whatever the futures. */
function expectSound({ headroom: told }: Recommendation): void {
  const { worlds, safeNow } = told!.worlds!;
  const [none, likely, all] = worlds;
  expect(worlds.map(({ world }) => world)).toEqual(["none", "likely", "all"]);
  expect(likely!.commitmentUsdPerHour).toBeLessThanOrEqual(none!.commitmentUsdPerHour);
  expect(all!.commitmentUsdPerHour).toBeLessThanOrEqual(none!.commitmentUsdPerHour);
  expect(safeNow.commitmentUsdPerHour).toBeLessThanOrEqual(none!.commitmentUsdPerHour);
  for (const each of worlds) {
    expect(each.safeNow.probabilityOfLoss).toBeLessThanOrEqual(safeNow.mostLossProbability);
    expect(each.eligibleUsdPerHour).toBeLessThanOrEqual(none!.eligibleUsdPerHour * (1 + 1e-9));
  }
}

describe("over seeds and fixtures", () => {
  const cases: [string, RecommendOptions][] = [
    ...[1, 2].map((seed): [string, RecommendOptions] => [`planted, seed ${seed}`, { ...PLANTED, seed }]),
    ["company, seed 3", { ...COMPANY, seed: 3 }],
    ["planted, risk-neutral, all payments", { ...PLANTED, riskAversion: 0, payment: "any" }],
    ["planted, growing, no loss at all", { ...PLANTED, growth: 0.5, safeLoss: 0 }],
  ];

  test.each(cases)(
    "%s: the answer after never exceeds the one before, and the safe part keeps its bound",
    async (_, options) => {
      const told = await recommended(options);
      expectSound(told);
      isRecommendation(told);
      expect(isRecommendation.errors ?? null).toBeNull();
      const [none] = told.headroom!.worlds!.worlds;
      expect(told.purchases).toEqual(none!.purchases);
    },
  );
});

test("headroom=all: the recommendation is of that world, and the three worlds are the same", async () => {
  const before = await recommended(PLANTED);
  const after = await recommended({ ...PLANTED, assume: "all" });
  const { worlds: told } = after.headroom!;
  expect(told!.assumed).toBe("all");
  expect(after.purchases).toEqual(told!.worlds[2]!.purchases);
  expect(after.risk.probabilityOfLoss).toBeCloseTo(told!.worlds[2]!.probabilityOfLoss, 12);
  const unassumed = before.headroom!.worlds!.worlds;
  for (const [n, world] of told!.worlds.entries()) {
    expect(world.eligibleUsdPerHour).toBeCloseTo(unassumed[n]!.eligibleUsdPerHour, 9);
    expect(world.commitmentUsdPerHour / unassumed[n]!.commitmentUsdPerHour).toBeCloseTo(1, 1);
  }
  expect(told!.worlds[2]!.commitmentUsdPerHour).toBeLessThan(told!.worlds[0]!.commitmentUsdPerHour);
});

test("simulate settles the safe part to the same figures", async () => {
  const { headroom: told } = await recommended(PLANTED);
  const { worlds, safeNow } = told!.worlds!;
  const { metrics: _, metricDataQueries: __, ...plain } = PLANTED;
  const { recommendation } = await simulate({ ...SMALL, ...plain, commitments: safeNow.purchases });
  expect(recommendation.headroom).toBeNull();
  expect(recommendation.risk.probabilityOfLoss).toBe(worlds[0]!.safeNow.probabilityOfLoss);
  expect(recommendation.expected.netSavingsUsd).toBeCloseTo(worlds[0]!.safeNow.netSavingsUsd, 6);
});

test("the safe part is the most there is: a wider bound gives no less, and all of it where it is safe", async () => {
  const at = async (safeLoss: number) => (await recommended({ ...PLANTED, safeLoss })).headroom!.worlds!;
  const [tight, wide] = [await at(0), await at(0.99)];
  expect(tight.safeNow.commitmentUsdPerHour).toBeLessThanOrEqual(wide.safeNow.commitmentUsdPerHour);
  expect(wide.safeNow.purchases).toEqual(wide.worlds[0]!.purchases);
});

test("where nothing is to be bought, nothing is after, and nothing is safe", async () => {
  const told = await recommended({ ...PLANTED, maxCommitment: 0 });
  expectSound(told);
  expect(told.headroom!.worlds!.worlds.map(({ commitmentUsdPerHour }) => commitmentUsdPerHour)).toEqual([
    0, 0, 0,
  ]);
  expect(told.headroom!.worlds!.safeNow.purchases).toEqual([]);
});

test("scenarios that are not sampled have no worlds: findings are told, assuming is refused", async () => {
  const told = await recommended({
    ...COMPANY,
    horizon: undefined,
    scenarios: undefined,
    futures: "history",
  });
  expect(told.headroom!.worlds).toBeNull();
  expect(told.headroom!.findings.length).toBeGreaterThan(0);
  expect(told.headroom!.notes.at(-1)).toContain("sampled scenarios only");
  await expect(
    recommended({ ...COMPANY, horizon: undefined, scenarios: undefined, futures: "history", assume: "all" }),
  ).rejects.toMatchObject({ code: "wrong-call", message: expect.stringContaining("--assume headroom=all") });
});

describe("the events file", () => {
  test("is read back as the very events of the findings", async () => {
    const found = await headroom(PLANTED);
    isHeadroom(found);
    expect(isHeadroom.errors ?? null).toBeNull();
    const file = join(scratchFolder(), "headroom.yaml");
    writeFileSync(file, eventsYaml(found));
    const { events } = await readEvents(file);
    expect(events).toEqual(eventsOfFindings(found).events);
    expect(events.length).toBe(16);

    // Declared, a finding happens once and not twice.
    const told = await recommended({ ...PLANTED, events: file });
    expect(told.headroom!.worlds).toBeNull();
    expect(told.headroom!.notes.join(" ")).toContain("16 of the findings are in the events file already");
  });

  test("without findings is empty, and can be read", async () => {
    const file = join(scratchFolder(), "none.yaml");
    writeFileSync(file, eventsYaml({ findings: [] }));
    expect((await readEvents(file)).events).toEqual([]);
  });
});

test("every finding stands in the text and in the Markdown, with the page of AWS that it is from", async () => {
  const found = await headroom(PLANTED);
  const text = detailsText(found, "all", { colour: false, width: 100 });
  expect(quietText(found, { colour: false, width: 100 })).toMatch(/^18 ways to use less before you commit, /);
  expect(Math.max(...text.split("\n").map((line) => [...line].length))).toBeLessThanOrEqual(100);
  const flat = text.replaceAll(/\s+/g, " ");
  const markdown = headroomMarkdown(found);
  for (const { page, what } of found.findings) {
    expect(flat).toContain(page);
    expect(flat).toContain(what.replaceAll(/\s+/g, " "));
    expect(markdown).toContain(page);
  }
});
