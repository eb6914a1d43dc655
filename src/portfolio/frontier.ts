/** The efficient frontier: the best schedules as risk aversion rises. */
import { isNow, NOTHING } from "../domain/portfolio.ts";
import { riskOf } from "../problem/objective.ts";
import type { PurchaseProblem } from "../problem/problem.ts";
import { pauseFor, type Best } from "./best-portfolio.ts";
import type { Ground } from "./ground.ts";
import type { Working } from "./jobs.ts";

/** The curve from indifference to the worst tenth alone; the caller's own λ is put among them. */
const AVERSIONS = [0, 0.1, 0.2, 0.4, 0.6, 0.8, 1];

/** A best schedule at a risk aversion. */
export type AtAversion = readonly [riskAversion: number, best: Best];

/** The best schedules at the other risk aversions of the frontier: none where there is one future. */
export async function frontierAround(
  problem: PurchaseProblem,
  ground: Ground,
  working: Working,
): Promise<AtAversion[]> {
  const { among, starts } = ground;
  const risk = riskOf(problem.objective);
  const isCertain = problem.scenarios.probability.length === 1;
  const others = isCertain ? [] : AVERSIONS.filter((aversion) => aversion !== risk.aversion);
  const now = among.filter(isNow);
  const mixed = await ground.mixed();
  return Promise.all(
    others.map(async (aversion, n): Promise<AtAversion> => {
      const pause = pauseFor(working, {
        step: "Drawing the frontier",
        done: n,
        total: others.length,
        unit: "risk aversions",
      });
      // Other risk aversions move what is bought now; what is queued can be decided again.
      const [moves, held] = aversion === 0 ? [among, NOTHING] : [now, mixed.outcome.portfolio];
      const at = { ...risk, aversion };
      return [aversion, await working.hands("best", problem, pause, moves, at, starts, held)];
    }),
  );
}
