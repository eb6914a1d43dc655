import type { Purchase } from "../domain/commitment.ts";
import { isoHour } from "../domain/hour.ts";
import { OFFERINGS, TERM_HOURS, UPFRONT_SHARE } from "../domain/offering.ts";
import type { ProblemData } from "../problem/problem.ts";

/** `commitments[offering]` in the order of OFFERINGS. Upfront dollars are before any negotiated discount. */
export const purchasesOf = (commitments: Float64Array, { start }: Pick<ProblemData, "start">): Purchase[] =>
  OFFERINGS.flatMap((offering, k) =>
    commitments[k] === 0
      ? []
      : [
          {
            ...offering,
            commitmentUsdPerHour: commitments[k]!,
            upfrontUsd: toCents(
              commitments[k]! * TERM_HOURS[offering.term] * UPFRONT_SHARE[offering.paymentOption],
            ),
            start: isoHour(start),
          },
        ],
  );

const toCents = (usd: number): number => Math.round(usd * 100) / 100;
