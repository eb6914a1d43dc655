import { OPEN_SHARING } from "./domain/sharing.ts";
import { currencyOf } from "./domain/currency.ts";
import type { Inspection } from "./domain/documents/inspection.ts";
import { decimalText, sumPico } from "./domain/money.ts";
import type { Effects } from "./domain/progress.ts";
import type { CallOf } from "./domain/options/verbs.ts";
import { dataFindings } from "./findings/data.ts";
import { historyOf } from "./history/history.ts";
import { granularityOf, nothingFound, rateGaps, shares } from "./history/inspection.ts";
import { provenanceOf } from "./history/provenance.ts";
import { replay } from "./history/replay.ts";
import { withBilling } from "./ingest/billing.ts";
import { readRateFiles } from "./ingest/rates/read.ts";
import { classTotals } from "./ingest/reconcile.ts";
import { requireTableForMonths } from "./ingest/remote/options.ts";
import { requireSoundCard } from "./pricing/card-checks.ts";
import { eligibilities } from "./pricing/eligibility.ts";
import { ratesInUse } from "./pricing/rate-table.ts";
import { ownedPlans } from "./recommendation/problem-data.ts";

export type InspectOptions = CallOf<"inspect">;

/** What is in these exports, and proof that it adds up to the bill. @throws SageplanError */
export async function inspect(options: InspectOptions, effects: Effects = {}): Promise<Inspection> {
  requireTableForMonths(options);
  const card = options.rates?.length ? await readRateFiles(options.rates) : null;
  return withBilling(options, effects, async (billing) => {
    const { spend } = billing;
    if (spend) requireSoundCard(billing, spend, card);
    const rates = spend && ratesInUse(spend, billing.observedRates, card);
    const eligibility = spend && rates ? eligibilities(spend, rates) : [];
    const replayed = spend && rates ? replay(billing, spend, rates) : null;
    const agreements = [...billing.agreements, ...(replayed?.agreements ?? [])];
    const classes = classTotals(billing.charges, rates?.ratedKeys ?? new Set());
    return {
      schema: "sageplan/inspection/1",
      provenance: provenanceOf(billing, [], { ...options }),
      deliveries: billing.deliveries.map(({ delivery, formats, inputs }) => ({
        format: formats.join(", "),
        billingPeriod: delivery.billingPeriod,
        version: delivery.version,
        files: inputs.length,
        rows: inputs.reduce((sum, { rows }) => sum + rows, 0),
        supersedes: delivery.supersedes,
      })),
      granularity: granularityOf(spend),
      currency: currencyOf(billing),
      payerAccounts: billing.payerAccounts,
      ...shares(spend, eligibility),
      history: spend && historyOf(spend, eligibility),
      reconciliation: {
        exportTotalUsd: decimalText(billing.exportTotalUsd),
        classesTotalUsd: decimalText(sumPico(classes.map(({ billedUsd }) => billedUsd))),
        classes: classes.map((total) => ({
          class: total.class,
          reason: total.reason,
          rows: total.rowCount,
          billedUsd: decimalText(total.billedUsd),
          onDemandUsd: decimalText(total.onDemandUsd),
        })),
        checks: agreements,
      },
      ownedPlans: spend && rates ? ownedPlans(billing, spend, rates, replayed?.sharing ?? OPEN_SHARING) : [],
      rateGaps: spend && rates ? rateGaps(spend, eligibility, rates) : [],
      findings:
        spend && rates
          ? dataFindings({ billing, spend, eligibility, agreements, rates })
          : [...billing.findings, nothingFound(billing)],
    };
  });
}
