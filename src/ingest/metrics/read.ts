/**
 * Endpoint metrics: the JSON that `aws cloudwatch get-metric-data` prints. Which metric an `Id` is, the queries that
 * were asked tell (`--metric-data-queries`), else the label: `EndpointName VariantName MetricName`, which
 * `${PROP('Dim.EndpointName')} ${PROP('Dim.VariantName')} ${PROP('MetricName')}` makes of itself. Metrics: Invocations,
 * CPUUtilization, GPUUtilization, ModelLatency (SageMaker AI guide, "Amazon SageMaker AI metrics in Amazon
 * CloudWatch").
 */
import { createHash } from "node:crypto";
import type { z } from "zod";
import { SageplanError } from "../../domain/error.ts";
import type { EndpointMetrics } from "../../domain/headroom.ts";
import { hourOfMs, parseUtcMs, type Hour } from "../../domain/hour.ts";
import type { InputFile } from "../../domain/documents/provenance.ts";
import type { MetricsFiles } from "../../domain/metrics-files.ts";
import { parseJson, readBytes, textOf } from "../files/text.ts";
import { metricDataSchema, queriesSchema } from "./schema.ts";

type Metric = "invocations" | "cpuPercent" | "gpuPercent" | "latencyMicroseconds";

/** What a metric must be asked for as, and how points of one hour become one. */
const METRICS: Readonly<Record<string, { as: Metric; stat: "Sum" | "Average" }>> = {
  Invocations: { as: "invocations", stat: "Sum" },
  CPUUtilization: { as: "cpuPercent", stat: "Average" },
  GPUUtilization: { as: "gpuPercent", stat: "Average" },
  ModelLatency: { as: "latencyMicroseconds", stat: "Average" },
};

const HOUR_SECONDS = 3_600;

/** `[variant]` `[hour]` The points that were seen. */
type Points = Map<string, Map<Hour, number[]>>;

/** @throws SageplanError `path-not-found`; `bad-metrics` naming file, place, what was found and what was expected */
export async function readMetrics(
  paths: readonly string[],
  queriesPath: string | undefined,
): Promise<MetricsFiles> {
  const inputs: InputFile[] = [];
  const asked = queriesPath === undefined ? null : askedIn(await jsonOf(queriesPath, inputs), queriesPath);
  const seen = new Map<string, Map<Metric, Points>>();
  const passedOver = new Set<string>();
  const known = new Map<string, number>();
  for (const [n, path] of paths.entries()) {
    const { MetricDataResults, NextToken } = valid(metricDataSchema, await jsonOf(path, inputs), path);
    if (NextToken && n === paths.length - 1) {
      throw badMetrics(path, "it is one page of several (it holds a NextToken): name the others after it");
    }
    for (const { Id, Label, Timestamps, Values, StatusCode } of MetricDataResults) {
      if (StatusCode === "InternalError" || StatusCode === "Forbidden") {
        throw badMetrics(path, `the result ${Id} has the status ${StatusCode}: ask for it again`);
      }
      const what = asked === null ? labelled(Label) : (asked.get(Id) ?? null);
      if (what === null) {
        passedOver.add(Id);
        continue;
      }
      const ofEndpoint = seen.get(what.endpoint) ?? new Map<Metric, Points>();
      seen.set(what.endpoint, ofEndpoint);
      const points: Points = ofEndpoint.get(METRICS[what.metric]!.as) ?? new Map();
      ofEndpoint.set(METRICS[what.metric]!.as, points);
      const hours = points.get(what.variant) ?? new Map<Hour, number[]>();
      points.set(what.variant, hours);
      for (const [at, text] of Timestamps.entries()) {
        const ms = parseUtcMs(text);
        if (Number.isNaN(ms)) throw badMetrics(path, `${Id}: found the timestamp "${text}", expected a date`);
        const hour = hourOfMs(ms);
        const value = Values[at]!;
        const key = [what.endpoint, what.variant, what.metric, ms].join("\n");
        const other = known.get(key);
        known.set(key, value);
        // A file that is named twice, or pages that overlap, would count requests twice.
        if (other === value) continue;
        if (other !== undefined)
          throw twoValues(path, `${Id}: ${what.metric} at ${text} is ${other} and ${value}`);
        hours.set(hour, [...(hours.get(hour) ?? []), value]);
      }
    }
  }
  return {
    endpoints: [...seen].map(([endpoint, metrics]) => metricsOf(endpoint, metrics)),
    inputs,
    passedOver: [...passedOver],
  };
}

const twoValues = (path: string, what: string): SageplanError =>
  badMetrics(path, `${what}, in it or in another --metrics file, and which of them holds can't be told`);

const badMetrics = (path: string, what: string): SageplanError =>
  new SageplanError(
    "bad-metrics",
    `${path} can't be used as metrics: ${what}. Expected what \`aws cloudwatch get-metric-data\` prints; docs/headroom.md shows the call.`,
  );

async function jsonOf(path: string, inputs: InputFile[]): Promise<unknown> {
  const bytes = await readBytes(path, "The metrics file");
  inputs.push({ path, sha256: createHash("sha256").update(bytes).digest("hex"), rows: 0 });
  return parseJson(textOf(path, bytes), (why) => badMetrics(path, `it is not valid JSON (${why})`));
}

function valid<T extends z.ZodType>(schema: T, json: unknown, path: string): z.infer<T> {
  const read = schema.safeParse(json);
  if (read.success) return read.data;
  const { path: place, message } = read.error.issues[0]!;
  throw badMetrics(path, `at ${place.map(String).join(".") || "the top"}: ${message}`);
}

interface What {
  endpoint: string;
  variant: string;
  metric: string;
}

/** `ranker AllTraffic Invocations`; null: another label. */
function labelled(label: string): What | null {
  const [endpoint, variant, metric, ...more] = label.trim().split(/\s+/);
  if (metric === undefined || more.length > 0 || !(metric in METRICS)) return null;
  return { endpoint: endpoint!, variant: variant!, metric };
}

/** Id → what was asked for. Expressions and other metrics are passed over. */
function askedIn(json: unknown, path: string): Map<string, What> {
  const told = valid(queriesSchema, json, path);
  const asked = new Map<string, What>();
  for (const { Id, MetricStat } of Array.isArray(told) ? told : told.MetricDataQueries) {
    const name = MetricStat?.Metric.MetricName ?? "";
    const known = METRICS[name];
    if (!MetricStat || !known) continue;
    const { Metric, Stat, Period } = MetricStat;
    if (Stat !== known.stat) {
      throw badMetrics(
        path,
        `${Id} asks for the ${Stat} of ${name}, and what is needed is its ${known.stat}`,
      );
    }
    if (Period > HOUR_SECONDS) {
      throw badMetrics(path, `${Id} has a Period of ${Period} s: hours can't be told; ask for 3600 or less`);
    }
    const dimensionOf = (name_: string): string =>
      Metric.Dimensions.find(({ Name }) => Name === name_)?.Value ?? "";
    const endpoint = dimensionOf("EndpointName");
    if (endpoint === "") throw badMetrics(path, `${Id} has no dimension EndpointName`);
    asked.set(Id, { endpoint, variant: dimensionOf("VariantName"), metric: name });
  }
  return asked;
}

/**
 * Variants' requests add up; of their utilizations the busiest counts, so that a busy one is never taken to be idle.
 */
function metricsOf(endpoint: string, metrics: ReadonlyMap<Metric, Points>): EndpointMetrics {
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const mean = (values: readonly number[]): number => sum(values) / values.length;
  const of = (metric: Metric): Map<Hour, number> => {
    const isSum = metric === "invocations";
    const hours = new Map<Hour, number>();
    for (const variant of (metrics.get(metric) ?? new Map<string, Map<Hour, number[]>>()).values()) {
      for (const [hour, values] of variant) {
        const own = isSum ? sum(values) : mean(values);
        const other = hours.get(hour);
        hours.set(hour, other === undefined ? own : isSum ? own + other : Math.max(own, other));
      }
    }
    return hours;
  };
  return {
    endpoint,
    invocations: of("invocations"),
    cpuPercent: of("cpuPercent"),
    gpuPercent: of("gpuPercent"),
    latencyMicroseconds: of("latencyMicroseconds"),
  };
}
