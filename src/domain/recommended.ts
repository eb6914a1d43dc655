import type { CommitmentTable } from "./commitment-table.ts";
import type { Recommendation } from "./documents/recommendation.ts";
import type { HourlyUse } from "./hourly-use.ts";
import type { WhatIf } from "./what-if.ts";

export interface Recommended {
  recommendation: Recommendation;
  hourlyUse: HourlyUse;
  /** For a workbook that recalculates; worked out when it is asked for. */
  commitmentTable: () => CommitmentTable;
  /** For a page that recomputes. */
  whatIf: WhatIf;
}
