/**
 * A queue that people can read and that does not move from month to month: every plan that ends is followed by the same
 * share of it. The amounts of single renewals are hardly known, for a little more of one can make up for a little less of
 * the next. So where an even queue is as good as the best that was found, it is the queue.
 */
import { nearestSold, OFFERINGS } from "../domain/offering.ts";
import { portfolioAmong, queuedIn, type Portfolio } from "../domain/portfolio.ts";
import type { RiskMeasure } from "../domain/risk.ts";
import { isWithinLimits, outcomeOf, riskAdjustedUsd, type Outcome } from "../problem/evaluation.ts";
import type { PurchaseProblem } from "../problem/problem.ts";
import { worthMore } from "./waiting.ts";

/** Shares that are tried, as parts of the one that renews as much in all as `found` does. */
const PARTS = [0.8, 0.9, 0.95, 1, 1.05, 1.1, 1.2];

/** `found`, or the best even queue behind the same purchase now where that is as good. */
export function evenWhereAsGood(problem: PurchaseProblem, found: Outcome, risk: RiskMeasure): Outcome {
  const renewals = renewalsOf(problem, found.portfolio);
  const offerings = [
    ...new Set(renewals.filter(({ usdPerHour }) => usdPerHour > 0).map((each) => each.k % OFFERINGS.length)),
  ];
  if (!problem.isSampled || offerings.length !== 1) return found;
  const own = renewals.filter(({ k }) => k % OFFERINGS.length === offerings[0]);
  const share = sum(own.map((each) => each.usdPerHour)) / sum(own.map((each) => each.endedUsdPerHour));
  const even = PARTS.map((part) => renewedBy(found.portfolio, own, part * share))
    .map((portfolio) => outcomeOf(problem, portfolio))
    .filter((outcome) => isWithinLimits(problem, outcome));
  if (even.length === 0) return found;
  const best = even.reduce((least, each) =>
    riskAdjustedUsd(problem, each, risk) < riskAdjustedUsd(problem, least, risk) ? each : least,
  );
  return worthMore(problem, found, best, risk) ? found : best;
}

interface Renewal {
  /** Of the offers. */
  k: number;
  usdPerHour: number;
  /** Of the plans that end there. */
  endedUsdPerHour: number;
}

/** The offers that start where plans end. */
const renewalsOf = ({ offers, owned }: PurchaseProblem, portfolio: Portfolio): Renewal[] =>
  queuedIn(portfolio).length === 0
    ? []
    : [...offers.entries()]
        .filter(([, { start }]) => start.ends.length > 0)
        .map(([k, { start }]) => ({
          k,
          usdPerHour: portfolio[k] ?? 0,
          endedUsdPerHour: sum(start.ends.map((plan) => owned[plan]!.commitmentUsdPerHour)),
        }));

function renewedBy(portfolio: Portfolio, renewals: readonly Renewal[], share: number): Portfolio {
  const all = [...portfolio.keys(), ...renewals.map(({ k }) => k)];
  const among = [...new Set(all)].sort((a, b) => a - b);
  const even = new Map(renewals.map(({ k, endedUsdPerHour }) => [k, nearestSold(share * endedUsdPerHour)]));
  return portfolioAmong(
    among,
    among.map((k) => even.get(k) ?? portfolio[k] ?? 0),
  );
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
