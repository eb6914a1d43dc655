import { agreement, TOLERANCE_USD } from "../domain/agreement.ts";
import type { Agreement } from "../domain/documents/inspection.ts";
import type { PlanHour } from "../domain/billing.ts";
import { usdOf } from "../domain/money.ts";
import type { QueryEngine } from "../engine/query-engine.ts";
import { sqlFile } from "./files/sql-file.ts";

/** Covered usage and its negation cancel; a plan's used commitment is what its covered rows cost. */
export async function billAgreements(
  engine: QueryEngine,
  planHours: readonly PlanHour[],
  hasNegations: boolean,
): Promise<Agreement[]> {
  const agreements: Agreement[] = [];
  if (hasNegations) {
    const [row] = await engine.rows(sqlFile("negations"));
    const worstUsd = usdOf((row?.worst_usd ?? 0n) as bigint);
    agreements.push({
      check: "covered usage + its negation = 0, per plan, hour, usage type and operation",
      comparisons: Number(row?.comparisons),
      differenceUsd: usdOf((row?.difference_usd ?? 0n) as bigint),
      worstUsd,
      toleranceUsd: TOLERANCE_USD,
      passed: worstUsd <= TOLERANCE_USD,
    });
  }
  const withFee = planHours.filter(({ commitmentUsd }) => commitmentUsd > 0);
  if (withFee.length > 0) {
    agreements.push(
      agreement(
        "used commitment of the fee row = Savings Plans cost of the covered rows, per plan and hour",
        withFee.map(({ usedUsd, effectiveUsd }) => usedUsd - effectiveUsd),
      ),
      agreement(
        "used commitment ≤ commitment, per plan and hour",
        withFee.map(({ usedUsd, commitmentUsd }) => Math.max(0, usedUsd - commitmentUsd)),
      ),
    );
  }
  return agreements;
}
