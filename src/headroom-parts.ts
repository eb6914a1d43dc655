/** What was read → what could shrink: the rooms' pieces put together, for `headroom`, `recommend` and `review`. */
import type { Headroom } from "./domain/headroom.ts";
import type { SavingsPlansRate } from "./domain/rates.ts";
import type { HourlySpend, Sku } from "./domain/usage.ts";
import { lookForHeadroom } from "./headroom/look.ts";
import { TARGET_UTILIZATION } from "./headroom/thresholds.ts";
import { requireSpend, type Billing } from "./ingest/billing.ts";
import { rateKey } from "./ingest/eligibility.ts";
import { listPrices } from "./ingest/list-prices.ts";
import type { MetricsFiles } from "./ingest/metrics.ts";
import { onDemandRates, ratesInUse } from "./ingest/rates-in-use.ts";
import { eligibilities, wholeHistory, withinSpan, type HistoryOptions } from "./situation.ts";

export interface HeadroomOptions {
  /** What `aws cloudwatch get-metric-data` prints, of endpoints. */
  metrics?: readonly string[] | undefined;
  /** The queries that were asked; without it the labels say what is what. */
  metricDataQueries?: string | undefined;
  /** Utilization at which measured fleets are sized, above 0, up to 1; default 0.6. */
  targetUtilization?: number | undefined;
}

/** Null without metrics; loaded when there are some. @throws SageplanError `bad-metrics` */
export const metricsOf = async ({
  metrics,
  metricDataQueries,
}: HeadroomOptions): Promise<MetricsFiles | null> =>
  metrics?.length ? (await import("./ingest/metrics.ts")).readMetrics(metrics, metricDataQueries) : null;

/** The billing with the files of metrics among its inputs. */
export const withMetricInputs = (billing: Billing, metrics: MetricsFiles | null): Billing =>
  metrics === null ? billing : { ...billing, inputs: [...billing.inputs, ...metrics.inputs] };

export function headroomIn(
  billing: Billing,
  card: readonly SavingsPlansRate[] | null,
  metrics: MetricsFiles | null,
  options: HistoryOptions & HeadroomOptions,
): Headroom {
  const all = requireSpend(billing);
  const spend = withinSpan(all, wholeHistory(billing, all, options).span);
  const rates = ratesInUse(spend, billing.observedRates, card);
  const eligible = new Set(
    eligibilities(spend, rates).flatMap((each, n) =>
      each.eligible === "yes" ? [keyOf(spend.skus[n]!)] : [],
    ),
  );
  const found = lookForHeadroom({
    spend,
    resources: billing.resources,
    metrics: metrics?.endpoints ?? null,
    targetUtilization: options.targetUtilization ?? TARGET_UTILIZATION,
    isEligible: (sku) => eligible.has(keyOf(sku)),
    priceOf: pricesOf(spend, card),
  });
  const passedOver = metrics?.passedOver ?? [];
  return passedOver.length === 0
    ? found
    : {
        ...found,
        notes: [
          ...found.notes,
          `Passed over in the metrics: ${passedOver.join(", ")}. Read are Invocations, CPUUtilization, GPUUtilization and ModelLatency, ` +
            "named by --metric-data-queries or by a label of endpoint, variant and metric.",
        ],
      };
}

const keyOf = ({ usageType, operation }: Sku): string => rateKey(usageType, operation);

/** On-Demand prices of any usage: the user's card, then the bill, then AWS's list price. */
export function pricesOf(
  spend: HourlySpend,
  card: readonly SavingsPlansRate[] | null,
): (sku: Sku) => number | null {
  const list = listPrices();
  const stated = new Map<string, number>();
  const billed = onDemandRates(spend);
  for (const [n, sku] of spend.skus.entries()) if (billed[n]! > 0) stated.set(keyOf(sku), billed[n]!);
  for (const { usageType, operation, onDemandRateUsd } of card ?? []) {
    if (onDemandRateUsd !== null) stated.set(rateKey(usageType, operation), onDemandRateUsd);
  }
  return (sku) => stated.get(keyOf(sku)) ?? list(sku);
}
