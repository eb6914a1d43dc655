import { dataFindings, usdBySku } from "./findings.ts";
import { settleWith } from "./evaluate.ts";
import { summaryOf } from "./parts.ts";
import { replay } from "./replay.ts";
import { eligibilities, historyOf, situationOf } from "./situation.ts";
import { packageVersion } from "./version.ts";
import type { Finding } from "./domain/finding.ts";
import type { Inspection } from "./domain/inspection.ts";
import { decimalText, sumPico } from "./domain/money.ts";
import { OFFERINGS, offeringLabel } from "./domain/offering.ts";
import type { Effects } from "./domain/progress.ts";
import type { HourlySpend } from "./domain/usage.ts";
import { withBilling, type Billing, type BillingOptions } from "./ingest/billing.ts";
import type { Eligibility } from "./ingest/eligibility.ts";
import { readRateFiles } from "./ingest/rate-files.ts";
import { ratesInUse, type RatesInUse } from "./ingest/rates-in-use.ts";
import { classTotals } from "./ingest/reconcile.ts";
import { shownPath } from "./ingest/shown-path.ts";

export interface InspectOptions extends BillingOptions {
  /** Rate cards: they decide what is eligible, and the gaps are told. */
  rates?: readonly string[] | undefined;
}

/** What is in these exports, and proof that it adds up to the bill. @throws SageplanError */
export async function inspect(options: InspectOptions, effects: Effects = {}): Promise<Inspection> {
  const card = options.rates?.length ? await readRateFiles(options.rates) : null;
  return withBilling(options, effects, async (billing) => {
    const { spend } = billing;
    const rates = spend && ratesInUse(spend, billing.observedRates, card);
    const eligibility = spend && rates ? eligibilities(spend, rates) : [];
    const eligibleSku = eligibility.map(({ eligible }) => eligible === "yes");
    const replayed = spend && rates ? replay(billing, spend, rates, eligibleSku) : null;
    const agreements = [...billing.agreements, ...(replayed?.agreement ? [replayed.agreement] : [])];
    const classes = classTotals(billing.charges, rates?.ratedKeys ?? new Set());
    const span = spend && { from: spend.from, to: spend.from + spend.hourCount };
    return {
      schema: "sageplan/inspection/1",
      provenance: {
        version: packageVersion(),
        inputs: billing.inputs.map((input) => ({ ...input, path: shownPath(input.path) })),
        options: { ...options },
        seed: 1,
      },
      deliveries: billing.deliveries.map(({ delivery, formats, inputs }) => ({
        format: formats.join(", "),
        billingPeriod: delivery.billingPeriod,
        version: delivery.version,
        files: inputs.length,
        rows: inputs.reduce((sum, { rows }) => sum + rows, 0),
        supersedes: delivery.supersedes,
      })),
      granularity: granularityOf(spend),
      currency: billing.currency,
      payerAccounts: billing.payerAccounts,
      accounts: spend
        ? by(spend, eligibility, ({ account }) => account).map(([account, usd]) => ({ account, ...usd }))
        : [],
      regions: spend
        ? by(spend, eligibility, ({ sku }) => spend.skus[sku]!.region).map(([region, usd]) => ({
            region,
            ...usd,
          }))
        : [],
      history: spend && span ? historyOf(spend, eligibility, span) : null,
      reconciliation: {
        exportTotalUsd: decimalText(sumPico(billing.charges.map(({ billedUsd }) => billedUsd))),
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
      ownedPlans: spend && rates && span ? ownedPlans(billing, spend, rates, replayed?.sharing ?? true) : [],
      rateGaps: spend && rates ? rateGaps(spend, eligibility, rates) : [],
      findings: spend
        ? dataFindings(billing, spend, eligibility, agreements)
        : [...billing.findings, nothingFound(billing)],
    };
  });
}

function ownedPlans(
  billing: Billing,
  spend: HourlySpend,
  rates: RatesInUse,
  sharing: boolean,
): Inspection["ownedPlans"] {
  const span = { from: spend.from, to: spend.from + spend.hourCount };
  const situation = situationOf(billing, spend, rates, span, { sharing, negotiatedDiscount: 0 });
  const nothingNew = { rates: rates.byOffering.get("1yr no-upfront")!, commitmentUsdPerHour: 0 };
  const { usedUsd } = settleWith(situation, nothingNew).settlement;
  return billing.ownedPlans.map((plan, n) => summaryOf(plan, situation, usedUsd[n]!, n));
}

const granularityOf = (spend: HourlySpend | null): Inspection["granularity"] =>
  !spend
    ? "none"
    : spend.granularityHours === 1
      ? "hourly"
      : spend.granularityHours <= 24
        ? "daily"
        : "monthly";

/** On-Demand dollars and the eligible part, by whatever an item has; largest first. */
function by(
  spend: HourlySpend,
  eligibility: readonly Eligibility[],
  keyOf: (item: HourlySpend["items"][number]) => string,
): [string, { onDemandUsd: number; eligibleUsd: number }][] {
  const groups = new Map<string, { onDemandUsd: number; eligibleUsd: number }>();
  for (let row = 0; row < spend.item.length; row++) {
    const item = spend.items[spend.item[row]!]!;
    const group = groups.get(keyOf(item)) ?? { onDemandUsd: 0, eligibleUsd: 0 };
    group.onDemandUsd += spend.onDemandUsd[row]!;
    if (eligibility[item.sku]!.eligible === "yes") group.eligibleUsd += spend.onDemandUsd[row]!;
    groups.set(keyOf(item), group);
  }
  return [...groups].sort(([a, x], [b, y]) => y.onDemandUsd - x.onDemandUsd || (a < b ? -1 : 1));
}

/** Eligible usage without a real rate (from a card or the bill), by offering. */
function rateGaps(
  spend: HourlySpend,
  eligibility: readonly Eligibility[],
  rates: RatesInUse,
): Inspection["rateGaps"] {
  const usd = usdBySku(spend);
  return OFFERINGS.flatMap((offering) => {
    const { source } = rates.byOffering.get(offeringLabel(offering))!;
    const gaps = spend.skus.flatMap((_, n) =>
      eligibility[n]!.eligible === "yes" &&
      usd[n]! > 0 &&
      (source[n] === null || source[n] === "illustrative")
        ? [n]
        : [],
    );
    if (gaps.length === 0) return [];
    return [
      {
        offering: offeringLabel(offering),
        skus: gaps.length,
        usd: gaps.reduce((sum, n) => sum + usd[n]!, 0),
      },
    ];
  });
}

const nothingFound = (billing: Billing): Finding => ({
  code: "no-sagemaker-usage",
  message:
    "No row holds SageMaker usage (product code AmazonSageMaker), so there is nothing to commit to. " +
    `Columns that these files lack: ${[...new Set(billing.deliveries.flatMap(({ missingColumns }) => missingColumns))].join(", ") || "none"}.`,
  usd: 0,
  source: shownPath(billing.inputs[0]?.path ?? ""),
});
