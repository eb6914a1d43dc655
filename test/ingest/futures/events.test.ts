import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hourOfMs } from "../../../src/domain/hour.ts";
import { readEvents } from "../../../src/ingest/futures/events.ts";
import { recommend } from "../../../src/index.ts";
import { folderWith } from "../small-exports.ts";

const read = (text: string) => readEvents(join(folderWith({ "events.yaml": text }), "events.yaml"));
const hour = (text: string): number => hourOfMs(Date.parse(text));

test("every kind, as docs/events.md writes it", async () => {
  const { events, input } = await read(`# what we know
events:
  - launch: { usage_type: "USE1-Host:ml.g6.2xlarge", usd_per_hour: 12.5, shape_of: "*:ml.g5.*" }
    from: 2026-12-01
    probability: 0.8
  - shutdown: { match: "*:ml.p3.*", account: "123456789012" }
    from: 2027-02-01T05:00:00Z
  - migration: { match: "*:ml.p3.*", to: ml.g6, spend_ratio: 0.6 }
    from: 2027-01-01
    to: 2027-03-01
  - autoscaling: { match: "*-Host:*", minimum: 0.3, region: us-east-1 }
    from: 2027-01-15
  - growth: { match: "*", yearly: 0.25 }
    from: 2027-01-01
  - growth: { match: "*", times: 1.5 }
    from: 2027-01-01T06Z
`);
  expect(input.rows).toBe(6);
  expect(events.map(({ kind, probability }) => [kind, probability])).toEqual([
    ["launch", 0.8],
    ["shutdown", 1],
    ["migration", 1],
    ["autoscaling", 1],
    ["growth", 1],
    ["growth", 1],
  ]);
  expect(events[0]).toMatchObject({
    sku: { usageType: "USE1-Host:ml.g6.2xlarge", instanceType: "ml.g6.2xlarge", region: "us-east-1" },
    from: hour("2026-12-01T00:00:00Z"),
    to: null,
  });
  expect(events[1]).toMatchObject({ match: { account: "123456789012" }, from: hour("2027-02-01T05:00:00Z") });
  expect(events[2]).toMatchObject({ target: "ml.g6", spendRatio: 0.6, to: hour("2027-03-01T00:00:00Z") });
  expect(events[5]!.from).toBe(hour("2027-01-01T06:00:00Z"));
});

test("the example of docs/events.md", async () => {
  const example = /^```yaml\n(.*?)^```/ms.exec(readFileSync("docs/events.md", "utf8"))![1]!;
  expect((await read(example)).events).toHaveLength(6);
});

const one = (event: string): string => `events:\n  - ${event}\n`;

test.each<[string, string, RegExp]>([
  ["nothing", "", /not a list of events under the one key/],
  ["another key", "event:\n  - a\n", /not a list of events/],
  ["no YAML", "events: [\n  - {", /can't be used as a file of events/],
  ["a key twice", one("{ from: 2027-01-01, from: 2027-01-02 }"), /unique/],
  ["no kind", one("{ from: 2027-01-01 }"), /line 2, column 5: event 1 must have one of launch, shutdown/],
  [
    "two kinds",
    one('{ growth: { match: "*", times: 2 }, shutdown: { match: "*" }, from: 2027-01-01 }'),
    /it has shutdown and growth/,
  ],
  [
    "a day that is none",
    one('{ shutdown: { match: "*" }, from: 2027-02-31 }'),
    /event 1, from: there is no such day/,
  ],
  [
    "an hour that is none",
    one('{ shutdown: { match: "*" }, from: 2027-02-01T24Z }'),
    /event 1, from: expected a day/,
  ],
  [
    "the same in `to`",
    one('{ growth: { match: "*", times: 2 }, from: 2027-02-01, to: 2027-02-03T25Z }'),
    /event 1, to: expected a day/,
  ],
  ["no date", one('{ shutdown: { match: "*" } }'), /line 2, column 5: event 1, from: /],
  [
    "an unknown key",
    one('{ shutdown: { match: "*", acount: "1" }, from: 2027-01-01 }'),
    /event 1, shutdown: Unrecognized key: "acount"/,
  ],
  [
    "a probability of 3",
    one('{ shutdown: { match: "*" }, from: 2027-01-01, probability: 3 }'),
    /event 1, probability: Too big/,
  ],
  [
    "a ratio in words",
    `events:\n  - migration:\n      match: "*"\n      to: ml.g6\n      spend_ratio: half\n    from: 2027-01-01\n`,
    /line 5, column 20: event 1, migration\.spend_ratio: .*expected number/,
  ],
  [
    "an end before the start",
    one('{ shutdown: { match: "*" }, from: 2027-02-01, to: 2027-01-01 }'),
    /`to` is not after `from`/,
  ],
  [
    "a bomb of aliases",
    `a: &a [x, x]\nb: &b [${"*a, ".repeat(40)}*a]\nevents: [${"*b, ".repeat(40)}*b]\n`,
    /can't be used as a file of events/,
  ],
])("%s: told with its place", async (_, text, message) => {
  await expect(read(text)).rejects.toMatchObject({
    code: "bad-events",
    message: expect.stringMatching(message),
  });
});

test("a file that is not there", async () => {
  await expect(readEvents("/nowhere/e.yaml")).rejects.toMatchObject({ code: "path-not-found" });
});

describe("in a recommendation", () => {
  const options = {
    exports: ["fixtures/ml-company/cur2-csv"],
    term: "1yr" as const,
    scenarios: 20,
    horizon: "60d",
  };
  const withEvents = (text: string) =>
    recommend({ ...options, events: join(folderWith({ "e.yaml": text }), "e.yaml") });

  test("all usage ends in a month: less is bought, and the file is among the inputs", async () => {
    const plain = await recommend(options);
    const ending = await withEvents(one('{ shutdown: { match: "*" }, from: 2026-11-20 }'));
    const bought = ({ recommendation }: typeof plain): number =>
      recommendation.purchases.reduce((sum, { commitmentUsdPerHour }) => sum + commitmentUsdPerHour, 0);
    expect(bought(ending)).toBeLessThan(bought(plain));
    expect(ending.recommendation.provenance.inputs.at(-1)!.path).toMatch(/e\.yaml$/);
    expect(ending.recommendation.findings.map(({ code }) => code)).toContain("declared-event");
  });

  test("usage that a migration brings and no card has a rate for is told", async () => {
    const { recommendation } = await withEvents(
      one('{ migration: { match: "*ml.g5.*", to: ml.zz9, spend_ratio: 1 }, from: 2026-11-20 }'),
    );
    expect(recommendation.findings.find(({ code }) => code === "event-without-rate")?.message).toMatch(
      /ml\.zz9/,
    );
  });

  test("an event about usage that there is not: near names", async () => {
    await expect(
      withEvents(one('{ shutdown: { match: "*ml.p9.*" }, from: 2026-12-01 }')),
    ).rejects.toMatchObject({
      code: "bad-events",
      message: expect.stringMatching(/Event 1 \(shutdown\) is about \*ml\.p9\.\*.*The history has /),
    });
  });

  test("beside scenarios that are not sampled: a wrong call", async () => {
    await expect(
      recommend({
        ...options,
        horizon: undefined,
        futures: "history",
        scenarios: undefined,
        events: "e.yaml",
      }),
    ).rejects.toMatchObject({ code: "wrong-call" });
  });
});

describe("parts of usage", () => {
  const about = (more: string) => `events:\n  - shutdown: { match: "*", ${more} }\n    from: 2027-01-01\n`;

  test("a name and a share; a week's 168 shares; another instance type", async () => {
    const week = Array.from({ length: 168 }, (_, n) => (n < 120 ? 1 : 0.25));
    const { events } = await read(
      `${about('part: "endpoint/a", share: 0.4')}  - autoscaling: ${JSON.stringify({ match: "*", part: "endpoint/a", share: 0.4, week })}\n    from: 2027-01-01\n` +
        '  - migration: { match: "*:ml.p3.8xlarge", to: ml.g6.12xlarge, spend_ratio: 0.4 }\n    from: 2027-01-01\n',
    );
    expect(events[0]).toMatchObject({ kind: "shutdown", part: { name: "endpoint/a", share: 0.4 } });
    expect(events[1]).toMatchObject({ kind: "autoscaling", week, minimum: 0 });
    expect(events[2]).toMatchObject({ target: "ml.g6.12xlarge" });
  });

  test.each([
    ['part: "a"', /`part` \(a name\) and `share` \(of the usage\) go together/],
    ["share: 0.5", /go together/],
    ['part: "a", share: 1.2', /share/],
  ])("%s is refused", async (more, message) => {
    await expect(read(about(more))).rejects.toMatchObject({
      code: "bad-events",
      message: expect.stringMatching(message),
    });
  });

  test("shares that add up to more than all are refused, and a part with two shares", async () => {
    const two = (share: number, name: string) =>
      `${about('part: "a", share: 0.6')}  - shutdown: { match: "*", part: "${name}", share: ${share} }\n    from: 2027-01-01\n`;
    await expect(read(two(0.6, "b"))).rejects.toThrow(/line 4.*parts add up to 1\.20, more than 1/);
    await expect(read(two(0.5, "a"))).rejects.toThrow(
      /the part a has a share of 0\.6 in an event before, and 0\.5 here/,
    );
  });
});

test.each([
  ["brackets", `{"events":${"[".repeat(20_000)}`],
  ["brackets that close", `events: ${"[1,".repeat(9_000)}1${"]".repeat(9_000)}`],
  ["blocks in a line", `events: \n  ${"- ".repeat(20_000)}1\n`],
])("%s nested in thousands of levels are refused, and end no process", async (_, text) => {
  const path = join(folderWith({ "e.yaml": text }), "e.yaml");
  await expect(readEvents(path)).rejects.toMatchObject({
    code: "bad-events",
    message: expect.stringMatching(/nested in more than 100 levels/),
  });
});
