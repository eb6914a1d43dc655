/** What the uncertainty of a purchase costs. */
import { isNow, queuedIn, type Portfolio } from "../domain/portfolio.ts";
import { valueOfInformation, type ValueOfInformation } from "../optimize/information.ts";
import { riskOf } from "../problem/objective.ts";
import type { PurchaseProblem } from "../problem/problem.ts";
import { plansOf, programOf, type Pause } from "./best-portfolio.ts";
import { offersOf, undominated } from "./offers.ts";

/**
 * Of what is bought now, the queue held. A limit in expectation means something else to a buyer who knows the scenario:
 * information is valued without it.
 */
export function informationOf(
  problem: PurchaseProblem,
  pause: Pause,
  allowed: readonly number[],
  answer: Portfolio,
): Promise<ValueOfInformation> {
  const free: PurchaseProblem = { ...problem, objective: { ...problem.objective, minUtilization: 0 } };
  const among = undominated(free, offersOf(free, allowed)).filter(isNow);
  const program = programOf(free, among, riskOf(problem.objective));
  const held = plansOf(free, queuedIn(answer), answer);
  return valueOfInformation({ ...program, owned: [...program.owned, ...held] }, pause);
}
