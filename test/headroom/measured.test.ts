/** Metrics beside hours: what they are a share of, and when they say nothing. */
import { expect, test } from "vitest";
import type { EndpointMetrics, ResourceUse } from "../../src/domain/headroom.ts";
import { coresOf, gpusOf } from "../../src/headroom/hardware.ts";
import { idleShare, measuredOf, metricsByUse } from "../../src/headroom/measured.ts";
import { successorType, SUCCESSORS } from "../../src/headroom/successors.ts";

const use = (instanceType: string, account = "1", name = "ranker"): ResourceUse => ({
  resourceId: `arn:aws:sagemaker:us-east-1:${account}:endpoint/${name}`,
  account,
  sku: {
    usageType: `USE1-Host:${instanceType}`,
    operation: "RunInstance",
    region: "us-east-1",
    component: "Host",
    instanceType,
  },
  hour: Int32Array.of(10, 11, 12, 13),
  usageHours: Float64Array.of(1, 1, 1, 1),
  onDemandUsd: Float64Array.of(1, 1, 1, 1),
});
const metrics = (more: Partial<EndpointMetrics> = {}): EndpointMetrics => ({
  endpoint: "Ranker",
  invocations: new Map(),
  cpuPercent: new Map(),
  gpuPercent: new Map(),
  latencyMicroseconds: new Map(),
  ...more,
});

test.each([
  ["ml.m5.large", 2, 0],
  ["ml.t3.medium", 2, 0],
  ["ml.c6g.12xlarge", 48, 0],
  ["ml.c4.8xlarge", 36, 0],
  ["ml.g5.2xlarge", 8, 1],
  ["ml.g6.48xlarge", 192, 8],
  ["ml.p3.8xlarge", 32, 4],
  ["ml.inf2.xlarge", 4, null],
  ["ml.new9.mega", null, null],
])("%s has %s vCPUs and %s GPUs", (type, cores, gpus) => {
  expect([coresOf(type), gpusOf(type)]).toEqual([cores, gpus]);
});

test("CloudWatch counts over all cores or GPUs together: 200 % of eight cores is a quarter", () => {
  const cpu = measuredOf(use("ml.m5.2xlarge"), metrics({ cpuPercent: new Map([[11, 200]]) }));
  expect([...cpu.utilization]).toEqual([Number.NaN, 0.25, Number.NaN, Number.NaN]);
  const gpu = measuredOf(
    use("ml.p3.8xlarge"),
    metrics({
      cpuPercent: new Map([[11, 3200]]),
      gpuPercent: new Map([
        [11, 100],
        [12, 300],
      ]),
    }),
  );
  // The busier of the two counts.
  expect([...gpu.utilization]).toEqual([Number.NaN, 1, 0.75, Number.NaN]);
});

test("idle cores say nothing of a GPU without metrics, nor of accelerators that have none", () => {
  const idle = metrics({
    cpuPercent: new Map([
      [10, 1],
      [11, 1],
    ]),
  });
  expect(measuredOf(use("ml.g5.2xlarge"), idle).utilization.every(Number.isNaN)).toBe(true);
  expect(measuredOf(use("ml.inf2.xlarge"), idle).utilization.every(Number.isNaN)).toBe(true);
});

test("no data point of requests is none within the metrics' span, and unknown outside of it", () => {
  const { invocations, secondsPerRequest } = measuredOf(
    use("ml.m5.large"),
    metrics({
      invocations: new Map([[11, 6]]),
      cpuPercent: new Map([[12, 1]]),
      latencyMicroseconds: new Map([
        [11, 500_000],
        [12, 9e9],
      ]),
    }),
  );
  expect([...invocations]).toEqual([Number.NaN, 6, 0, Number.NaN]);
  expect(idleShare(invocations)).toBe(0.5);
  expect(secondsPerRequest).toBe(0.5);
});

test("names match without case; one that two endpoints have is left out, and one that none has", () => {
  const [one, two, other] = [use("ml.m5.large"), use("ml.m5.large", "2"), use("ml.m5.large", "1", "other")];
  expect(metricsByUse([one, other], [metrics()]).of.get(one)).toMatchObject({ endpoint: "Ranker" });
  const both = metricsByUse([one, two], [metrics(), metrics({ endpoint: "gone" })]);
  expect([both.of.size, both.ambiguous, both.unmatched]).toEqual([0, ["ranker"], ["gone"]]);
});

test("a successor of equal size has as many GPUs, and where there is none no price is told", () => {
  const [g6] = SUCCESSORS["p3"]!;
  expect(["2xlarge", "8xlarge", "16xlarge"].map((size) => successorType(`ml.p3.${size}`, g6!))).toEqual([
    "ml.g6.2xlarge",
    "ml.g6.12xlarge",
    "ml.g6.48xlarge",
  ]);
  expect(successorType("ml.p3.metal", g6!)).toBeNull();
  expect(successorType("ml.c4.8xlarge", SUCCESSORS["c4"]![0]!)).toBe("ml.c5.9xlarge");
});
