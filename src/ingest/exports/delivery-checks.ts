import { SageplanError } from "../../domain/error.ts";
import { groupBy } from "../../domain/group.ts";
import type { DeliveryRead } from "../../domain/billing.ts";

/** A row of `totals.sql`. */
export interface DeliveryTotal {
  delivery: number;
  payer_account_id: string;
  account_id: string;
  billing_period: string;
  currency: string;
  row_count: number;
}

/**
 * The same account's same month must not come from two deliveries, nor the same file twice.
 * @throws SageplanError `duplicate-delivery` naming both
 */
export function requireNoDuplicates(read: readonly DeliveryRead[], totals: readonly DeliveryTotal[]): void {
  const bySha = groupBy(
    read.flatMap(({ inputs }) => inputs).filter(({ rows }) => rows > 0),
    ({ sha256 }) => sha256,
  );
  for (const twins of bySha.values()) {
    if (twins.length > 1) {
      throw new SageplanError(
        "duplicate-delivery",
        `${twins[0]!.path} and ${twins[1]!.path} are the same file, byte for byte: every dollar would count twice. Leave one out.`,
      );
    }
  }
  // Cost Explorer's files are of any days, and often name no account:
  // `ingest/cost-explorer/overlap.ts` looks at their hours.
  const byAccountMonth = groupBy(
    totals.filter((row) => !read[row.delivery]!.costExplorer?.length),
    (row) => `${row.account_id}\n${read[row.delivery]!.delivery.billingPeriod || row.billing_period}`,
  );
  for (const rows of byAccountMonth.values()) {
    const deliveries = [...new Set(rows.map(({ delivery }) => delivery))];
    if (deliveries.length > 1) {
      const [first, second] = deliveries.map((n) => read[n]!.inputs[0]?.path);
      throw new SageplanError(
        "duplicate-delivery",
        `Account ${rows[0]!.account_id || "(none)"}'s ${rows[0]!.billing_period} stands in two deliveries, ${first} and ${second}, ` +
          "and nothing tells that one replaces the other: every dollar would count twice. Leave one out.",
      );
    }
  }
}

/** @throws SageplanError `mixed-currencies` */
export function requireOneCurrency(read: readonly DeliveryRead[], totals: readonly DeliveryTotal[]): string {
  const byCurrency = groupBy(
    totals.filter(({ currency }) => currency !== ""),
    ({ currency }) => currency,
  );
  if (byCurrency.size > 1) {
    const shown = [...byCurrency].map(
      ([currency, rows]) =>
        `${currency} (${rows.reduce((sum, row) => sum + row.row_count, 0)} rows, ${read[rows[0]!.delivery]?.inputs[0]?.path})`,
    );
    throw new SageplanError(
      "mixed-currencies",
      `SageMaker rows are in ${byCurrency.size} currencies, column lineItem/CurrencyCode or BillingCurrency: ${shown.join(" and ")}. ` +
        "Amounts of different currencies can't be added: run sageplan once for each.",
    );
  }
  return [...byCurrency.keys()][0] ?? "";
}
