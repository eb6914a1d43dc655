/** What the searches of an answer begin with: the offerings alone and mixed, all decided now. */
import type { Allowed } from "../domain/allowed.ts";
import { offeringLabel, OFFERINGS } from "../domain/offering.ts";
import type { Portfolio } from "../domain/portfolio.ts";
import type { RiskMeasure } from "../domain/risk.ts";
import { riskAdjustedUsd } from "../problem/evaluation.ts";
import { riskOf } from "../problem/objective.ts";
import type { PurchaseProblem } from "../problem/problem.ts";
import { areOneOffering } from "./answer-alone.ts";
import { pauseFor, type Best, type Pause } from "./best-portfolio.ts";
import type { Working } from "./jobs.ts";
import { allowedOfferings, offersOf, undominated } from "./offers.ts";

export interface Ground {
  /** Offerings that may be bought, as indices into OFFERINGS. */
  allowed: readonly number[];
  /** Offers of theirs, those that are beaten left out. */
  among: readonly number[];
  /** Offering → it alone at its best. */
  alone: ReadonlyMap<number, Best>;
  /** The best of them alone. */
  bestSingle: number;
  /** All of them together; searched when it is first asked for. */
  mixed: () => Promise<Best>;
  /** The allowed offerings alone. */
  starts: readonly Portfolio[];
  /** The best of them. */
  known: Portfolio;
}

export async function groundOfAnswer(
  problem: PurchaseProblem,
  { term, payment }: Allowed,
  working: Working,
): Promise<Ground> {
  const { hands } = working;
  const risk = riskOf(problem.objective);
  const allowed = allowedOfferings(term, payment);
  const alone = await eachAlone(problem, allowed, working);
  // Of equals the first: the shorter term, the less upfront.
  const bestSingle = allowed.reduce((best, k) =>
    alone.get(k)!.riskAdjustedUsd < alone.get(best)!.riskAdjustedUsd ? k : best,
  );
  const among = undominated(problem, offersOf(problem, allowed));
  const singles = allowed.map((k) => alone.get(k)!);
  const starts = singles.map(({ outcome }) => outcome.portfolio);
  let found: Promise<Best> | undefined;
  const mixed = (): Promise<Best> =>
    areOneOffering(among)
      ? Promise.resolve(alone.get(among[0]! % OFFERINGS.length)!)
      : (found ??= hands("best", problem, pauseAt(working, "Mixing offerings"), among, risk, starts));
  const known = alone.get(bestSingle)!.outcome.portfolio;
  return { allowed, among, alone, bestSingle, mixed, starts, known };
}

/** Each offering alone at its best. */
export async function eachAlone(
  problem: PurchaseProblem,
  offerings: readonly number[],
  working: Working,
): Promise<Map<number, Best>> {
  const risk = riskOf(problem.objective);
  const found = await Promise.all(
    offerings.map((k, n) => {
      const step = `Weighing ${offeringLabel(OFFERINGS[k]!)}`;
      const pause = pauseFor(working, { step, done: n, total: offerings.length, unit: "offerings" });
      return working.hands("best", problem, pause, offersOf(problem, [k]), risk, []);
    }),
  );
  return new Map(offerings.map((k, n) => [k, found[n]!]));
}

/** Purchases whose costs are closer than this share are equal. */
const WORTHWHILE = 1e-9;

/** Singles come first among `found`: a mix has to be worth its second promise. */
export function leastAt(
  problem: PurchaseProblem,
  risk: RiskMeasure,
  found: readonly Best[],
): Omit<Best, "solution"> {
  const costs = found.map(({ outcome }) => riskAdjustedUsd(problem, outcome, risk));
  const best = costs.reduce((least, usd, n) => (usd < costs[least]! * (1 - WORTHWHILE) ? n : least), 0);
  return { outcome: found[best]!.outcome, riskAdjustedUsd: costs[best]! };
}

export const pauseAt = (working: Working, step: string): Pause =>
  pauseFor(working, { step, done: 0, total: 1, unit: "answers" });
