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
  usage_rows: number;
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
  requireOwnPeriods(read, totals);
  // Cost Explorer's files are of any days, and often name no account:
  // `ingest/cost-explorer/overlap.ts` looks at their hours.
  const counted = totals
    .filter((row) => !read[row.delivery]!.costExplorer?.length)
    .map((row) => ({ ...row, month: read[row.delivery]!.delivery.billingPeriod || row.billing_period }));
  for (const rows of groupBy(counted, ({ month }) => month).values()) {
    const unnamed = rows.filter(({ account_id }) => account_id === "");
    // Rows without an account may be of any.
    const groups = [
      ...groupBy(rows, ({ account_id }) => account_id).values(),
      unnamed.length > 0 ? rows : [],
    ];
    for (const [first, ...others] of groups) {
      const other = others.find(({ delivery }) => delivery !== first!.delivery);
      if (first && other) throw twice(read, first, other);
    }
  }
}

function twice(
  read: readonly DeliveryRead[],
  one: DeliveryTotal & { month: string },
  other: DeliveryTotal,
): SageplanError {
  const [first, second] = [one, other].map(({ delivery }) => read[delivery]!.inputs[0]?.path);
  const whose =
    one.account_id === other.account_id
      ? `Account ${one.account_id || "(none)"}'s ${one.month}`
      : `Usage of ${one.month}, of account ${one.account_id || other.account_id} and of accounts that are not named,`;
  return new SageplanError(
    "duplicate-delivery",
    `${whose} stands in two deliveries, ${first} and ${second}, and nothing tells that one replaces the other: every dollar may count twice. ` +
      `Where one replaces the other, leave the older out; where both are parts of one export, put them into one folder BILLING_PERIOD=${one.month}.`,
  );
}

/**
 * AWS's folder of a billing period holds rows of that period alone.
 * @throws SageplanError `bad-value`
 */
function requireOwnPeriods(read: readonly DeliveryRead[], totals: readonly DeliveryTotal[]): void {
  const odd = totals.find(({ delivery, billing_period, usage_rows }) => {
    const { billingPeriod } = read[delivery]!.delivery;
    return billingPeriod !== "" && usage_rows > 0 && billing_period !== billingPeriod;
  });
  if (!odd) return;
  const { delivery, inputs } = read[odd.delivery]!;
  throw new SageplanError(
    "bad-value",
    `${inputs[0]?.path} lies in the folder of ${delivery.billingPeriod}, and ${odd.usage_rows} of the rows there are usage of ${odd.billing_period}: ` +
      "they would count beside that period's own. Download the folder anew, or put the files into the folder of their period.",
  );
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
