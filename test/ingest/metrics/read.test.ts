/** Endpoint metrics as `aws cloudwatch get-metric-data` prints them, and what is wrong with them. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readMetrics } from "../../../src/ingest/metrics/read.ts";
import { scratchFolder } from "../small-exports.ts";

const HOUR = Date.UTC(2026, 9, 5, 7) / 3_600_000;
const at = (minutes: number): string =>
  new Date(HOUR * 3_600_000 + minutes * 60_000).toISOString().replace(".000Z", "+00:00");

function written(json: unknown): string {
  const file = join(scratchFolder(), "file.json");
  writeFileSync(file, typeof json === "string" ? json : JSON.stringify(json));
  return file;
}

const result = (label: string, values: number[], minutes: number[], more: object = {}) => ({
  Id: "m0",
  Label: label,
  Timestamps: minutes.map(at),
  Values: values,
  StatusCode: "Complete",
  ...more,
});
const data = (...results: object[]) => ({ MetricDataResults: results, Messages: [] });
const query = (more: object = {}, dimensions = [{ Name: "EndpointName", Value: "ranker" }]) => [
  {
    Id: "m0",
    MetricStat: {
      Metric: { Namespace: "AWS/SageMaker", MetricName: "Invocations", Dimensions: dimensions },
      Period: 3600,
      Stat: "Sum",
      ...more,
    },
  },
];

test("points of an hour become one: requests add up, utilizations are averaged; variants add up, or the busier counts", async () => {
  const file = written(
    data(
      result("ranker blue Invocations", [3, 4], [5, 10]),
      result("ranker green Invocations", [10], [5]),
      result("ranker blue CPUUtilization", [20, 40], [5, 10]),
      result("ranker green CPUUtilization", [50], [5]),
    ),
  );
  const { endpoints, inputs } = await readMetrics([file], undefined);
  expect(endpoints).toMatchObject([{ endpoint: "ranker" }]);
  expect([...endpoints[0]!.invocations]).toEqual([[HOUR, 17]]);
  expect([...endpoints[0]!.cpuPercent]).toEqual([[HOUR, 50]]);
  expect(inputs[0]!.sha256).toMatch(/^[0-9a-f]{64}$/);
});

test("pages come one after the other; what is none of the metrics is passed over and named", async () => {
  const first = written({ ...data(result("ranker a Invocations", [1], [0])), NextToken: "t" });
  const second = written(
    data(result("ranker a Invocations", [2], [60]), result("ranker a Latency", [2], [60], { Id: "x" })),
  );
  const { endpoints, passedOver } = await readMetrics([first, second], undefined);
  expect([...endpoints[0]!.invocations.values()]).toEqual([1, 2]);
  expect(passedOver).toEqual(["x"]);
});

test("queries may come within the input of the whole call", async () => {
  const file = written(data(result("anything", [1], [0])));
  const queries = written({ MetricDataQueries: query(), StartTime: "2026-10-01T00:00:00Z" });
  const { endpoints } = await readMetrics([file], queries);
  expect(endpoints).toMatchObject([{ endpoint: "ranker" }]);
});

const WRONG: [string, unknown, unknown, RegExp][] = [
  ["no JSON", "{", undefined, /not valid JSON/],
  ["another call's output", { Datapoints: [] }, undefined, /at MetricDataResults: /],
  [
    "values without timestamps",
    data(result("a b Invocations", [1, 2], [0])),
    undefined,
    /as many Values as Timestamps/,
  ],
  ["a negative value", data(result("a b Invocations", [-1], [0])), undefined, /Values\.0/],
  [
    "no date",
    data({ ...result("a b Invocations", [1], [0]), Timestamps: ["soon"] }),
    undefined,
    /found the timestamp "soon"/,
  ],
  [
    "a result that failed",
    data(result("a b Invocations", [], [], { StatusCode: "InternalError" })),
    undefined,
    /status InternalError: ask for it again/,
  ],
  [
    "a page that is not the last",
    { ...data(), NextToken: "t" },
    undefined,
    /NextToken.*name the others after it/,
  ],
  [
    "the mean of requests",
    data(),
    query({ Stat: "Average" }),
    /asks for the Average of Invocations, and what is needed is its Sum/,
  ],
  ["days", data(), query({ Period: 86_400 }), /Period of 86400 s: hours can't be told/],
  ["no endpoint", data(), query({}, [{ Name: "Other", Value: "x" }]), /no dimension EndpointName/],
];

test.each(WRONG)("%s is refused with what was found and what to do", async (_, json, queries, message) => {
  const asked = queries === undefined ? undefined : written(queries);
  await expect(readMetrics([written(json)], asked)).rejects.toMatchObject({
    code: "bad-metrics",
    exitCode: 3,
    message: expect.stringMatching(message),
  });
});

test("a file that is not there", async () => {
  await expect(readMetrics(["nowhere.json"], undefined)).rejects.toMatchObject({ code: "path-not-found" });
});

test("a file that is named twice counts once; two values of one point are refused", async () => {
  const file = written(data(result("ranker a Invocations", [7, 2], [0, 60])));
  const { endpoints } = await readMetrics([file, file], undefined);
  expect([...endpoints[0]!.invocations]).toEqual([
    [HOUR, 7],
    [HOUR + 1, 2],
  ]);
  const other = written(data(result("ranker a Invocations", [3], [60])));
  await expect(readMetrics([file, other], undefined)).rejects.toThrow(
    /Invocations at .* is 2 and 3, in it or in another/,
  );
});
