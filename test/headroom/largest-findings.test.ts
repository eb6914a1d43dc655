import { expect, test } from "vitest";
import { eventsOfFindings } from "../../src/headroom/events.ts";
import type { HeadroomFinding } from "../../src/index.ts";

const finding = (n: number): HeadroomFinding => ({
  pattern: "always-on-notebook",
  resource: `notebook-${n}`,
  account: "111122223333",
  region: "us-east-1",
  usageType: "USE1-Notebk:ml.m5.xlarge",
  confidence: "guess",
  onDemandUsdPerMonth: n,
  savesUsdPerMonth: n,
  effectUsdPerHour: n,
  what: "",
  page: "",
  event: {
    from: "2026-11-01T00:00:00Z",
    probability: 0.5,
    shutdown: { match: `USE1-Notebk:ml.m5.${n}xlarge` },
  },
});

test("up to three hundred findings all change the scenarios, and nothing is said", () => {
  const found = { findings: Array.from({ length: 300 }, (_, n) => finding(n)), notes: [] };
  const { events, told } = eventsOfFindings(found);
  expect(events.length).toBe(300);
  expect(told).toBe(found);
});

test("of more the largest do, in their order, and a note says what share that is", () => {
  const found = { findings: Array.from({ length: 400 }, (_, n) => finding(n)), notes: ["before"] };
  const { events, told } = eventsOfFindings(found);
  expect(events.map((event) => event.kind === "shutdown" && event.match.usageType)).toEqual(
    Array.from({ length: 300 }, (_, n) => `USE1-Notebk:ml.m5.${n + 100}xlarge`),
  );
  // (100 + … + 399) ÷ (0 + … + 399)
  expect(told.notes).toEqual(["before", expect.stringContaining("300 largest of 400 findings, 93.8%")]);
  expect(told.findings).toBe(found.findings);
});
