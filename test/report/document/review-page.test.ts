/** A review as text: what it says of a decision, and what it makes of names that somebody put into a bill. */
import { expect, test } from "vitest";
import type { FindingCode } from "../../../src/domain/finding-codes.ts";
import type { Review } from "../../../src/domain/documents/review.ts";
import { reviewMarkdown } from "../../../src/report/markdown/review.ts";
import { detailsText } from "../../../src/report/terminal/details.ts";
import { summaryText } from "../../../src/report/terminal/summary.ts";
import { sampleFutures } from "../sample-futures.ts";

const HOSTILE = "<img src=x onerror=alert(1)> | [a](http://evil.example) `x` @team \u001b[2J\u202e*_#";

function review(name: string): Review {
  const recommendation = sampleFutures();
  const figures = {
    commitmentUsd: 100,
    usedUsd: 90,
    unusedUsd: 10,
    coveredOnDemandUsd: 150,
    netSavingsUsd: 50,
    utilization: 0.9,
  };
  const group = { component: name, family: name, region: name };
  return {
    schema: "sageplan/review/1",
    provenance: recommendation.provenance,
    currency: recommendation.currency,
    asOf: "2026-11-03T00:00:00Z",
    usage: {
      from: "2026-10-01T00:00:00Z",
      to: "2026-11-01T00:00:00Z",
      hours: 744,
      missingHours: 0,
      billingPeriods: 1,
    },
    decisionDue: true,
    steps: [{ kind: "buy", what: `Buy ${name}.`, why: [name], until: null, commands: [`aws ${name}`] }],
    deliveries: [
      {
        billingPeriod: name,
        version: name,
        state: "new",
        rows: 1,
        onDemandUsd: 1,
        onDemandUsdBefore: null,
        droppedAccounts: [name],
      },
    ],
    months: [
      {
        month: "2026-10",
        hours: 744,
        isComplete: true,
        onDemandUsd: 200,
        uncoveredOnDemandUsd: 50,
        ...figures,
        coverage: 0.75,
        effectiveSavingsRate: 0.25,
      },
    ],
    plans: [
      {
        arn: `arn:aws:savingsplans::1:savingsplan/${name}`,
        ownerAccount: name,
        term: "1yr",
        paymentOption: "no-upfront",
        commitmentUsdPerHour: 1,
        start: null,
        end: null,
        state: "active",
        source: "bill",
        months: [{ month: "2026-10", ...figures }],
        served: [
          { group, usedUsdPerHourBefore: 1, usedUsdPerHour: 0 },
          { group: { ...group, family: `${name}2` }, usedUsdPerHourBefore: 0, usedUsdPerHour: 1 },
        ],
        utilizationBefore: 0.9,
        utilizationNow: 0.9,
      },
    ],
    expiries: [],
    returnable: [],
    drift: {
      since: "2026-10-01T00:00:00Z",
      windowHours: 672,
      onDemandUsdPerHourBefore: 1,
      onDemandUsdPerHour: 1,
      groups: [{ ...group, onDemandUsdPerHourBefore: 1, onDemandUsdPerHour: 0, changeUsdPerHour: -1 }],
      otherChangeUsdPerHour: 1,
    },
    lastReview: null,
    calibration: null,
    adviceChange: null,
    recommendation,
    findings: [{ code: name as FindingCode, message: name, usd: 0, source: name }],
  };
}

test("Markdown: a name from a bill makes no HTML, link, image, table cell, code or mention", () => {
  const plain = reviewMarkdown(review("x"));
  const all = reviewMarkdown(review(HOSTILE));
  // What stands in a fence is text, as long as nothing ends the fence.
  const hostile = all.replaceAll(/^```[^`]*```$/gm, "");
  expect(all.length - hostile.length).toBeGreaterThan(50);
  expect(hostile).not.toMatch(/(?<!\\)<img/);
  expect(hostile).not.toMatch(/(?<!\\)\[a/);
  expect(hostile).not.toMatch(/https?:\/\//);
  expect(hostile).not.toMatch(/@team/);
  // eslint-disable-next-line no-control-regex
  expect(hostile).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/u);
  const cellsOf = (text: string): number[] =>
    text
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .map((line) => line.split(/(?<!\\)\|/).length);
  expect(cellsOf(hostile)).toEqual(cellsOf(plain));
  const fences = (text: string): number => text.split("\n").filter((line) => line.startsWith("```")).length;
  expect(fences(all)).toBe(fences(plain));
});

test("terminal: no control character of a bill gets there; no colour without a terminal", () => {
  const plain = { colour: false, width: 100 };
  const hostile = review(HOSTILE);
  const text = summaryText(hostile, plain) + detailsText(hostile, "all", plain);
  // eslint-disable-next-line no-control-regex
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/u);
});

test("both say the same: what to decide, and that the plan stayed used", () => {
  const plain = { colour: false, width: 100 };
  const decided = review("x");
  for (const text of [
    reviewMarkdown(decided),
    (summaryText(decided, plain) + detailsText(decided, "all", plain)).replace(/\s+/g, " "),
  ]) {
    expect(text).toMatch(/action needed: 1 purchase/i);
    expect(text).toMatch(/was used 90\.0% before and is used 90\.0% now/);
    expect(text).toMatch(/\$50\.00 saved net, \$10\.00 paid and not used/);
  }
});
