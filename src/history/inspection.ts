/** Pieces of an inspection. */
import type { Billing } from "../domain/billing.ts";
import type { Inspection } from "../domain/documents/inspection.ts";
import type { Eligibility } from "../domain/eligibility.ts";
import type { Finding } from "../domain/documents/finding.ts";
import { offeringLabel, OFFERINGS } from "../domain/offering.ts";
import type { RatesInUse } from "../domain/rate-table.ts";
import { shownPath } from "../domain/shown-path.ts";
import type { HourlySpend } from "../domain/usage.ts";
import { usdBySku } from "./totals.ts";

export const granularityOf = (spend: HourlySpend | null): Inspection["granularity"] =>
  !spend
    ? "none"
    : spend.granularityHours === 1
      ? "hourly"
      : spend.granularityHours <= 24
        ? "daily"
        : "monthly";

/** Whose usage it is, where and of what. */
export function shares(
  spend: HourlySpend | null,
  eligibility: readonly Eligibility[],
): Pick<Inspection, "accounts" | "regions" | "usageTypes"> {
  if (!spend) return { accounts: [], regions: [], usageTypes: [] };
  const { skus } = spend;
  return {
    accounts: by(spend, eligibility, ({ account }) => account).map(([account, usd]) => ({ account, ...usd })),
    regions: by(spend, eligibility, ({ sku }) => skus[sku]!.region).map(([region, usd]) => ({
      region,
      ...usd,
    })),
    usageTypes: by(spend, eligibility, ({ sku }) => skus[sku]!.usageType).map(([usageType, usd]) => ({
      usageType,
      ...usd,
    })),
  };
}

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
export function rateGaps(
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

export const nothingFound = (billing: Billing): Finding => ({
  code: "no-sagemaker-usage",
  message:
    "No row holds SageMaker usage (product code AmazonSageMaker), so there is nothing to commit to. " +
    `Columns that these files lack: ${[...new Set(billing.deliveries.flatMap(({ missingColumns }) => missingColumns))].join(", ") || "none"}.`,
  usd: 0,
  source: shownPath(billing.inputs[0]?.path ?? ""),
});
