import type { Agreement } from "../../domain/documents/inspection.ts";
import type { Hour, HourSpan } from "../../domain/hour.ts";
import type { Picodollars } from "../../domain/money.ts";
import { SageplanError } from "../../domain/error.ts";

/** One amount of Cost Explorer, with all that it is grouped by; empty: the file does not say. */
export interface CostExplorerRow {
  /** For a person: `ResultsByTime.3.Groups.12`, or `row 4`. */
  place: string;
  span: HourSpan;
  account: string;
  region: string;
  usageType: string;
  operation: string;
  recordType: string;
  currency: string;
  unblendedUsd: Picodollars;
  netUsd: Picodollars | null;
  amortizedUsd: Picodollars | null;
  /** 10⁻¹² of a unit. */
  quantity: Picodollars | null;
}

/** What a reader of one spelling hands on; see `CostExplorerFacts`. */
export interface CostExplorerRead {
  rows: CostExplorerRow[];
  dimensions: string[];
  keys: ReadonlySet<string>;
  periods: HourSpan[];
  /** Start of each period that AWS calls final. */
  final: ReadonlySet<Hour>;
  estimatedUsd: Picodollars;
  agreements: Agreement[];
}

/**
 * Record types as Cost Explorer spells them (its console, "Charge type") → the line item types of a
 * Cost and Usage Report.
 */
const LINE_ITEM_TYPES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "Enterprise Discount Program Discount": "EdpDiscount",
    "Private Rate Discount": "PrivateRateDiscount",
    "Bundled Discount": "BundledDiscount",
    "Solution Provider Program Discount": "SppDiscount",
    "Savings Plan Covered Usage": "SavingsPlanCoveredUsage",
    "Savings Plan Negation": "SavingsPlanNegation",
    "Savings Plan Recurring Fee": "SavingsPlanRecurringFee",
    "Savings Plan Upfront Fee": "SavingsPlanUpfrontFee",
  }),
);

export const lineItemTypeOf = (recordType: string): string => LINE_ITEM_TYPES.get(recordType) ?? recordType;

const USAGE: ReadonlySet<string> = new Set(["", "Usage", "SavingsPlanCoveredUsage"]);

/** Neither a fee of a plan nor tax, credit and the like, which Cost Explorer files under no usage type. */
export const isUsage = ({ recordType, usageType }: CostExplorerRow): boolean =>
  USAGE.has(recordType) && !/SageMakerSP:|^NoUsageType$|^$/.test(usageType);

/** Usage that AWS takes back. Only a record type tells it from negation, credits and refunds. */
const isCorrection = ({ recordType, unblendedUsd, amortizedUsd, quantity }: CostExplorerRow): boolean =>
  recordType !== "" && unblendedUsd <= 0n && (amortizedUsd ?? 0n) <= 0n && (quantity ?? 0n) <= 0n;

/**
 * Usage below zero is not usage: without a filter on the record type, what plans cover is taken off
 * again, and demand with it.
 * @throws SageplanError `bad-value`
 */
export function requireUsage(rows: readonly CostExplorerRow[], path: string): void {
  const negative = rows.filter(
    (row) => isUsage(row) && (row.unblendedUsd < 0n || (row.quantity ?? 0n) < 0n) && !isCorrection(row),
  );
  const [first] = negative;
  if (!first) return;
  throw new SageplanError(
    "bad-value",
    `${path}, ${first.place}: ${first.usageType} is below zero, expected usage of 0 or more ` +
      `(${negative.length} ${negative.length > 1 ? "amounts are" : "amount is"}). SavingsPlanNegation, credits or refunds are in it, and they hide ` +
      "the usage that plans cover. Ask again for the record types (console: charge types) Usage and SavingsPlanCoveredUsage only, " +
      "or group by RECORD_TYPE.",
  );
}

/** What a usage type of an instance of SageMaker, or of one of its components, holds. */
export const SAGEMAKER =
  /ml\.|(?:^|-)(?:Host|Hst|Train|Notebk|Studio|Processing|DataWrangler|Tsform|AsyncInf|Cluster|ServerlessInf|Canvas|FeatureStore|LabeledObject|Geospatial|RStudio|TensorBoard)\b/;

/**
 * @throws SageplanError `no-sagemaker-usage` when usage types are there and none is SageMaker's:
 *   another service, or grouped by something else
 */
export function requireSageMaker(rows: readonly CostExplorerRow[], path: string): void {
  const types = [...new Set(rows.filter(isUsage).map(({ usageType }) => usageType))];
  if (types.length === 0 || types.some((usageType) => SAGEMAKER.test(usageType))) return;
  throw new SageplanError(
    "no-sagemaker-usage",
    `${path}: none of its ${types.length} names is a usage type of SageMaker (first ${types[0]}). Ask Cost Explorer for the service ` +
      "Amazon SageMaker, grouped by usage type.",
  );
}
