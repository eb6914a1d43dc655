import type { Purchase } from "../domain/documents/purchase.ts";
import { isoHour } from "../domain/hour.ts";
import { OFFERINGS, TERM_HOURS, UPFRONT_SHARE } from "../domain/offering.ts";
import type { Portfolio } from "../domain/portfolio.ts";
import type { ProblemData } from "../problem/problem.ts";

/** Upfront dollars are before any negotiated discount. */
export const purchasesOf = (portfolio: Portfolio, { start }: Pick<ProblemData, "start">): Purchase[] =>
  OFFERINGS.flatMap((offering, k) =>
    portfolio[k] === 0
      ? []
      : [
          {
            ...offering,
            commitmentUsdPerHour: portfolio[k]!,
            upfrontUsd: toCents(
              portfolio[k]! * TERM_HOURS[offering.term] * UPFRONT_SHARE[offering.paymentOption],
            ),
            start: isoHour(start),
          },
        ],
  );

const toCents = (usd: number): number => Math.round(usd * 100) / 100;
