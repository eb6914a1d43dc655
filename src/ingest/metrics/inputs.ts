/** Metrics as inputs of a call. */
import type { Billing } from "../../domain/billing.ts";
import type { MetricsFiles } from "../../domain/metrics-files.ts";
import type { HeadroomOptions } from "../../domain/options/decision.ts";

/** Null without metrics; loaded when there are some. @throws SageplanError `bad-metrics` */
export const metricsOf = async ({
  metrics,
  metricDataQueries,
}: HeadroomOptions): Promise<MetricsFiles | null> =>
  metrics?.length ? (await import("./read.ts")).readMetrics(metrics, metricDataQueries) : null;

/** The billing with the files of metrics among its inputs. */
export const withMetricInputs = (billing: Billing, metrics: MetricsFiles | null): Billing =>
  metrics === null ? billing : { ...billing, inputs: [...billing.inputs, ...metrics.inputs] };
