/** What was read → what could shrink: for `headroom`, `recommend` and `review`. */
import { requireSpend, type Billing } from "../domain/billing.ts";
import { currencySign } from "../domain/currency.ts";
import type { Headroom } from "../domain/documents/headroom.ts";
import type { MetricsFiles } from "../domain/metrics-files.ts";
import { metricsOptions, type HeadroomOptions, type HistoryOptions } from "../domain/options/decision.ts";
import { withDefaults } from "../domain/options/option.ts";
import type { SavingsPlansRate } from "../domain/rates.ts";
import { wholeHistory, withinSpan } from "../history/history.ts";
import { requireSoundCard } from "../pricing/card-checks.ts";
import { eligibilities } from "../pricing/eligibility.ts";
import { priceKey, pricesOf } from "../pricing/on-demand-prices.ts";
import { ratesInUse } from "../pricing/rate-table.ts";
import { lookForHeadroom } from "./look.ts";

export function headroomIn(
  billing: Billing,
  card: readonly SavingsPlansRate[] | null,
  metrics: MetricsFiles | null,
  options: HistoryOptions & HeadroomOptions,
): Headroom {
  const all = requireSpend(billing);
  const spend = withinSpan(all, wholeHistory(billing, all, options).span);
  requireSoundCard(billing, spend, card);
  const rates = ratesInUse(spend, billing.observedRates, card);
  const eligible = new Set(
    eligibilities(spend, rates).flatMap((each, n) =>
      each.eligible === "yes" ? [priceKey(spend.skus[n]!)] : [],
    ),
  );
  const found = lookForHeadroom({
    spend,
    resources: billing.resources,
    metrics: metrics?.endpoints ?? null,
    targetUtilization: withDefaults(metricsOptions, options).targetUtilization,
    isEligible: (sku) => eligible.has(priceKey(sku)),
    priceOf: pricesOf(billing, spend, card),
    sign: currencySign(billing),
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
