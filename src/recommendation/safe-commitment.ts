/**
 * The part of what is bought now that stays right whatever comes of the findings: as much of it, in its mix, as keeps the
 * probability of a loss at or below a bound in each of several sets of futures. A loss is against buying nothing now and
 * queueing the same.
 *
 * In one future the net saving along a mix is concave and 0 at nothing: once it is a loss it stays one. So the
 * probability of a loss rises along the mix, and halving finds the last step of AWS's five decimals that keeps the
 * bound. Every step that is taken was settled, so the bound holds for the result even where AWS's rule bends the curve.
 */
import { soldBelow, STEPS_PER_USD } from "../domain/offering.ts";
import { portfolioOf, totalUsdPerHour, withNow, type Portfolio } from "../domain/portfolio.ts";
import { worthOfNow } from "../outcome/worth.ts";
import type { PurchaseProblem } from "../problem/problem.ts";

/** A set of futures, and what is queued in it behind the purchase. */
export interface QueuedIn {
  problem: PurchaseProblem;
  queue: Portfolio;
}

/** Of what starts now; nothing is queued. */
export function safePart(
  worlds: readonly QueuedIn[],
  purchase: Portfolio,
  mostLossProbability: number,
): Portfolio {
  const isSafe = (now: Portfolio): boolean =>
    worlds.every(
      ({ problem, queue }) =>
        worthOfNow(
          problem,
          withNow(queue, (k) => now[k]!),
        ).probabilityOfLoss <= mostLossProbability,
    );
  const steps = Math.round(totalUsdPerHour(purchase) * STEPS_PER_USD);
  const part = (step: number): Portfolio =>
    portfolioOf((k) =>
      step === steps ? purchase[k]! : soldBelow((purchase[k]! * step) / Math.max(1, steps)),
    );
  let [safe, unsafe] = [0, steps + 1];
  while (unsafe - safe > 1) {
    const middle = safe === 0 && unsafe === steps + 1 ? steps : Math.floor((safe + unsafe) / 2);
    if (isSafe(part(middle))) safe = middle;
    else unsafe = middle;
  }
  return part(safe);
}
