/** What is odd about the deliveries that were brought. */
import type { Finding } from "../domain/documents/finding.ts";
import type { Taken } from "../domain/documents/review.ts";

export const takenFindings = (taken: readonly Taken[]): Finding[] =>
  taken.flatMap(({ billingPeriod, droppedAccounts, onDemandUsd, onDemandUsdBefore }) =>
    droppedAccounts.length === 0
      ? []
      : [
          {
            code: "accounts-dropped-by-restatement",
            message:
              `The new delivery of ${billingPeriod} holds nothing of ${droppedAccounts.join(", ")}, which the store had in it: AWS restates ` +
              "whole periods, so their usage is gone from the store. If their export comes apart from this one, hand it over again.",
            usd: Math.max(0, (onDemandUsdBefore ?? 0) - onDemandUsd),
            source: billingPeriod,
          },
        ],
  );
