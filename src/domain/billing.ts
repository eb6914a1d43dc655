/** What was learnt from billing exports: plain values, which every other room reads. */
import type { Agreement } from "./documents/inspection.ts";
import type { OwnedPlan } from "./commitment.ts";
import type { CostExplorerFacts } from "./cost-explorer.ts";
import { SageplanError } from "./error.ts";
import type { Finding } from "./documents/finding.ts";
import type { ResourceUse } from "./headroom.ts";
import type { Hour, HourSpan } from "./hour.ts";
import type { InputFile } from "./documents/provenance.ts";
import type { Picodollars } from "./money.ts";
import type { SavingsPlansRate } from "./rates.ts";
import type { HourlySpend } from "./usage.ts";

/** All that was learnt from the exports; plain data. */
export interface Billing {
  deliveries: DeliveryRead[];
  inputs: InputFile[];
  /** The newest day or month, which may not be over yet; null: all that was read is whole, as far as can be told. */
  open: OpenPeriod | null;
  /** The time that was delivered, which `spend` spans; null without SageMaker usage. */
  covered: CoveredTime | null;
  /** null when the exports hold no SageMaker usage and no plan; empty when nothing was used of what is paid for. */
  spend: HourlySpend | null;
  charges: ChargeLine[];
  /** Summed apart from `charges`, which must add up to it. */
  exportTotalUsd: Picodollars;
  agreements: Agreement[];
  ownedPlans: OwnedPlan[];
  planHours: PlanHour[];
  observedRates: SavingsPlansRate[];
  negotiatedDiscount: number;
  currency: string;
  payerAccounts: string[];
  /** Null when they were not asked for. */
  resources: ResourceUse[] | null;
  findings: Finding[];
}

/** For verbs that can do nothing without SageMaker usage. */
export function requireSpend(billing: Billing): HourlySpend {
  if (billing.spend) return billing.spend;
  const rows = billing.inputs.reduce((sum, input) => sum + input.rows, 0);
  throw new SageplanError(
    "no-sagemaker-usage",
    `No SageMaker usage in ${billing.inputs.length} ${billing.inputs.length === 1 ? "file" : "files"} (${rows} rows, first ` +
      `${billing.inputs[0]?.path}): no row has product code AmazonSageMaker and usage. Name exports of the payer account or of an ` +
      "account that runs SageMaker.",
  );
}

/** How an export spells its columns and what it is. */
export type ExportFormat =
  | "legacy CUR"
  | "CUR 2.0"
  | "FOCUS 1.0"
  | "FOCUS 1.2"
  | "normalized"
  | "Cost Explorer JSON"
  | "Cost Explorer CSV";

/** One end of the covered time. */
export interface CoveredEnd {
  hour: Hour;
  /** How far `--from` or `--to` may move it outward; the same hour where it is known. */
  furthest: Hour;
  /** What was assumed, null where it is known. */
  assumed: "usage" | "period" | null;
  /** The file that does not tell. */
  source: string;
}

export interface CoveredTime {
  from: CoveredEnd;
  to: CoveredEnd;
  /** Until here every delivery of the newest period tells; later hours are in some only. */
  common: Hour;
  /** The newest time of delivery of the newest period, null where it is not told. */
  delivered: Hour | null;
  /** Billing periods between the first and the newest that no delivery is of. */
  missing: string[];
  /** Billing periods that rows name far from all usage: a damaged date. */
  astray: string[];
}

/**
 * AWS restates a whole billing period with every delivery, so only the newest version of a period may count
 * (CUR guide, "Cost and Usage Reports versions"; Data Exports guide, "Understanding export delivery").
 */
export interface Delivery {
  /** `2026-10`, or empty when only the rows can tell. */
  billingPeriod: string;
  /** Assembly id or execution folder; empty when the layout overwrites. */
  version: string;
  files: DataFile[];
  /** Older versions of the same period that were left out. */
  supersedes: number;
  /** True when a manifest lists its files; not told by stores of version 0.1. */
  isListed?: boolean;
  /** Files of this version that its manifest does not list: remains of an earlier delivery, left out. */
  unlisted: string[];
}

export interface DataFile {
  path: string;
  kind: "csv" | "csv.gz" | "parquet" | "json";
  bytes: number;
}

export interface OpenPeriod extends HourSpan {
  /** True of a history that ends before it, and of one that is not cut yet. */
  finding: Finding;
}

/** One plan in one hour, as AWS's rows tell it (USD). */
export interface PlanHour {
  arn: string;
  hour: Hour;
  commitmentUsd: number;
  /** What the fee row says was used. */
  usedUsd: number;
  /** What the covered rows add up to, at Savings Plans rates and On-Demand. */
  effectiveUsd: number;
  coveredOnDemandUsd: number;
}

export interface PeriodUsage {
  /** `2026-10`; empty when nothing tells. */
  billingPeriod: string;
  /** From the first hour in which usage begins to the hour after the last; null without usage. */
  sageMaker: HourSpan | null;
  /** The same of any service; null where it was not looked for. */
  any: HourSpan | null;
  /** True: the export holds other services' usage too. */
  hasOthers: boolean;
}

export interface DeliveryRead {
  delivery: Delivery;
  formats: ExportFormat[];
  inputs: InputFile[];
  /** Canonical columns that the files of this delivery lack. */
  missingColumns: string[];
  /** Its billing periods, and the hours in which they show usage; none in stores of version 0.1. */
  periods?: PeriodUsage[];
  /** Rows that stand in two of its parts alike, and are few; many stop the work. */
  twins?: { paths: [string, string]; rows: number; usd: number };
  /** What its files of Cost Explorer say; none in a review's store. */
  costExplorer?: CostExplorerFacts[];
}

/** Rows of the export that fall into one class for one reason alike; sums are exact. */
export interface ChargeLine {
  lineItemType: string;
  productCode: string;
  usageType: string;
  operation: string;
  /** After the time that the deliveries cover: a pre-filled fee, or its discount. */
  isFuture: boolean;
  /** Share of its hours that lie after that time, of a discount that spans several. */
  aheadShare: number;
  rowCount: number;
  billedUsd: Picodollars;
  /** Of the rows that state a net cost too: what they bill before and after discounts. */
  grossOfNetUsd: Picodollars;
  netBilledUsd: Picodollars;
  onDemandUsd: Picodollars;
}
