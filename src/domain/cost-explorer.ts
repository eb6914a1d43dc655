import type { Agreement } from "./documents/inspection.ts";
import type { HourSpan } from "./hour.ts";
import type { Picodollars } from "./money.ts";

/** One file of Cost Explorer: what it says beside its amounts, and so what it cannot say. */
export interface CostExplorerFacts {
  path: string;
  /** What its amounts are told apart by, as GetCostAndUsage has it: `USAGE_TYPE`, `REGION`, `RECORD_TYPE`… */
  dimensions: readonly string[];
  hasQuantities: boolean;
  hasNetCosts: boolean;
  /** The periods that it speaks of, ascending; those without an amount too. */
  periods: readonly HourSpan[];
  /** Period and everything that an amount is grouped by, of every amount. */
  keys: ReadonlySet<string>;
  /** Unblended cost of periods that AWS calls estimated. */
  estimatedUsd: Picodollars;
  /** By how much amortized cost is below unblended cost: what plans save on the usage that they cover. */
  coveredSavingUsd: Picodollars;
  /** The newest period that holds an amount, if AWS calls it estimated or does not say: it may not be over. */
  open: HourSpan | null;
  /** All unblended cost of SageMaker in the file, added up apart from the SQL. */
  totalUsd: Picodollars;
  /** Its own totals against its rows. */
  agreements: readonly Agreement[];
}
