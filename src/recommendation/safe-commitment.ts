/**
 * The part of a purchase that stays right whatever comes of the findings: as much of it, in its mix, as keeps the
 * probability of a loss at or below a bound in each of several sets of futures.
 *
 * In one future the net saving along a mix is concave and 0 at nothing: once it is a loss it stays one. So the
 * probability of a loss rises along the mix, and halving finds the last step of AWS's five decimals that keeps the
 * bound. Every step that is taken was settled, so the bound holds for the result even where AWS's rule bends the curve.
 */
import { soldBelow, STEPS_PER_USD } from "../domain/offering.ts";
import { totalUsdPerHour, withNow, type Portfolio } from "../domain/portfolio.ts";
import { riskFigures } from "../outcome/figures.ts";
import { outcomeOf } from "../problem/evaluation.ts";
import type { PurchaseProblem } from "../problem/problem.ts";

export function safePart(
  problems: readonly PurchaseProblem[],
  purchase: Portfolio,
  mostLossProbability: number,
): Portfolio {
  const isSafe = (portfolio: Portfolio): boolean =>
    problems.every(
      (problem) =>
        riskFigures(problem, outcomeOf(problem, portfolio)).probabilityOfLoss <= mostLossProbability,
    );
  const steps = Math.round(totalUsdPerHour(purchase) * STEPS_PER_USD);
  const part = (step: number): Portfolio =>
    step === steps
      ? purchase
      : withNow(purchase, (k) => soldBelow((purchase[k]! * step) / Math.max(1, steps)));
  let [safe, unsafe] = [0, steps + 1];
  while (unsafe - safe > 1) {
    const middle = safe === 0 && unsafe === steps + 1 ? steps : Math.floor((safe + unsafe) / 2);
    if (isSafe(part(middle))) safe = middle;
    else unsafe = middle;
  }
  return part(safe);
}
