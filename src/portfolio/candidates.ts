/** Beside the answer everything else that a whole result shows: each offering alone, the frontier, what it is worth to know. */
import type { Allowed } from "../domain/allowed.ts";
import type { Information } from "../domain/documents/recommendation.ts";
import { OFFERINGS } from "../domain/offering.ts";
import type { TreeInformation } from "../optimize/tree-information.ts";
import { riskAdjustedUsd, type Outcome } from "../problem/evaluation.ts";
import { riskOf } from "../problem/objective.ts";
import type { PurchaseProblem } from "../problem/problem.ts";
import { answerOn, type Answer } from "./answer.ts";
import { medianRule } from "./aws-rule.ts";
import type { Best } from "./best-portfolio.ts";
import { frontierAround, type AtAversion } from "./frontier.ts";
import { eachAlone, groundOfAnswer, leastAt, pauseAt } from "./ground.ts";
import type { Working } from "./jobs.ts";
import type { SimplerPolicy } from "./policy.ts";

export interface Choice extends Answer {
  /** The best that was found where only the mean counts. */
  bestOnAverage: Outcome;
  /** `[offering]` Each alone at its best. */
  singles: Best[];
  /** What the median rule buys now, and the best queue behind it. */
  byMedianRule: Outcome;
  /** Beside the policy; null where there is none. */
  besidePolicy: { references: SimplerPolicy[]; information: TreeInformation } | null;
  frontier: { riskAversion: number; outcome: Outcome }[];
  information: Information;
}

/** The answer alone, as a summary needs it: the same that `choose` finds. */
export async function chooseAnswer(
  problem: PurchaseProblem,
  allowed: Allowed,
  working: Working,
): Promise<Answer> {
  const ground = await groundOfAnswer(problem, allowed, working);
  return answerOn(problem, ground, () => frontierAround(problem, ground, working), working);
}

export async function choose(problem: PurchaseProblem, asked: Allowed, working: Working): Promise<Choice> {
  const { hands } = working;
  const risk = riskOf(problem.objective);
  const ground = await groundOfAnswer(problem, asked, working);
  const { allowed, alone, starts, known } = ground;
  const rest = [...OFFERINGS.keys()].filter((k) => !alone.has(k));
  const pause = pauseAt(working, "Valuing information");
  let drawn: Promise<readonly AtAversion[]> | undefined;
  const frontierOnce = (): Promise<readonly AtAversion[]> =>
    (drawn ??= frontierAround(problem, ground, working));
  const median = medianRule(problem, ground.bestSingle);
  const queued = pauseAt(working, "Valuing the schedule");
  const [answer, references, ofTree, others, information, ofRest, byMedianRule] = await Promise.all([
    answerOn(problem, ground, frontierOnce, working),
    hands("simplerOverTime", problem, pauseAt(working, "Deciding over time"), allowed, starts),
    hands("informationOverTime", problem, pause, allowed, starts),
    frontierOnce(),
    hands("information", problem, pause, allowed, known),
    eachAlone(problem, rest, working),
    hands("queueBehind", problem, queued, allowed, median),
  ]);
  const searched = new Map([[risk.aversion, await ground.mixed()], ...others]);
  const found = [...allowed.map((k) => alone.get(k)!), ...searched.values()];
  const frontier = [...searched.keys()]
    .sort((a, b) => a - b)
    .map((riskAversion) => ({
      riskAversion,
      // Of all that was found, for another risk aversion too, the best at this one.
      outcome: leastAt(problem, { ...risk, aversion: riskAversion }, found).outcome,
    }));
  return {
    ...answer,
    byMedianRule,
    singles: [...OFFERINGS.keys()].map((k) => alone.get(k) ?? ofRest.get(k)!),
    besidePolicy: references && ofTree && { references, information: ofTree },
    bestOnAverage: frontier.find(({ riskAversion }) => riskAversion === 0)?.outcome ?? answer.answer.outcome,
    frontier,
    information,
  };
}

/** What to buy now, and what to queue. */
export const answerOf = ({ decided }: Answer): Outcome => decided;

/** The risk-adjusted cost of any purchase at the caller's own risk aversion, USD before any negotiated discount. */
export const costOfPurchase = (problem: PurchaseProblem, outcome: Outcome): number =>
  riskAdjustedUsd(problem, outcome, riskOf(problem.objective));
