/** What goes with `sampleRecommendation`: 90 days that repeat, no other plan, and a table of two rows. */
import type { CommitmentTable } from "../../src/domain/commitment-table.ts";
import { sampleRecommendation } from "./sample.ts";

export function sampleCommitmentTable(): CommitmentTable {
  const r = sampleRecommendation();
  const [bought] = r.purchases;
  const hours = r.horizon.hours;
  const commitmentUsdPerHour = bought!.commitmentUsdPerHour;
  const paid = commitmentUsdPerHour * hours;
  return {
    plans: [
      {
        term: bought!.term,
        paymentOption: bought!.paymentOption,
        commitmentUsdPerHour,
        startHour: 0,
        activeHours: hours,
      },
    ],
    horizonHours: hours,
    pastRepeats: true,
    ownedCommitmentUsd: r.ownedPlans[0]!.commitmentUsdPerHour * hours,
    monthHoursInFutures: Array.from({ length: 12 }, (_, n) => Math.max(0, Math.min(730, hours - n * 730))),
    isCashFlowExact: true,
    levels: [
      {
        usageChange: 0,
        onDemandUsd: r.expected.onDemandUsd,
        baselineLeftUsd: r.expected.onDemandUsd,
        table: {
          commitmentUsdPerHour: Float64Array.of(0, commitmentUsdPerHour),
          avoidedUsd: Float64Array.of(0, r.expected.netSavingsUsd + paid),
          newUsedUsd: Float64Array.of(0, r.expected.utilization * paid),
          monthAvoidedUsd: [],
          errorUsd: Float64Array.of(0, 0),
        },
      },
    ],
  };
}
