/**
 * What to buy, and what it is held against: nothing, waiting, AWS's rule. A summary shows no more, so nothing else is
 * searched for it; `candidates.ts` adds the rest, which changes nothing here.
 */
import { NOTHING, type Portfolio } from "../domain/portfolio.ts";
import { outcomeOf, type Outcome } from "../problem/evaluation.ts";
import { riskOf } from "../problem/objective.ts";
import type { PurchaseProblem } from "../problem/problem.ts";
import { awsRule, medianRule, type AwsRule } from "./aws-rule.ts";
import type { Best } from "./best-portfolio.ts";
import type { Elsewhere } from "./elsewhere.ts";
import type { AtAversion } from "./frontier.ts";
import { leastAt, pauseAt, type Ground } from "./ground.ts";
import type { Working } from "./jobs.ts";
import type { OverTimeChoice } from "./policy.ts";
import { unlessAsGood } from "./waiting.ts";

export interface Answer {
  /** Offerings that may be bought, as indices into OFFERINGS. */
  allowed: readonly number[];
  /** The owned plans alone. */
  nothing: Outcome;
  /** Offering → it alone at its best: of those allowed. */
  alone: ReadonlyMap<number, Best>;
  /** The best of the allowed offerings alone: an index into OFFERINGS. */
  bestSingle: number;
  /** The best schedule, all decided now: what to buy now, and what to queue. */
  answer: Best;
  /** The best schedule that buys nothing now. */
  waiting: Outcome;
  /** The answer: the first decision of the best policy, and the best queue behind it; or to wait. */
  decided: Outcome;
  /** The best policy, where scenarios are sampled: its purchases now are what to buy. */
  overTime: OverTimeChoice | null;
  awsRule: AwsRule;
  /** What the median rule buys now. */
  medianRule: Portfolio;
  /** What to buy in accounts that the answer's plans do not reach. */
  elsewhere: Elsewhere[];
}

/** `frontier`: searches at other risk aversions; asked for where no policy decides. */
export async function answerOn(
  problem: PurchaseProblem,
  ground: Ground,
  frontier: () => Promise<readonly AtAversion[]>,
  working: Working,
): Promise<Answer> {
  const { hands } = working;
  const { allowed, among, alone, bestSingle, starts, known } = ground;
  const risk = riskOf(problem.objective);
  const rule = awsRule(problem, bestSingle);
  const queued = pauseAt(working, "Valuing the schedule");
  // The longest first: none waits for another.
  const [overTime, mixed, waiting, ruled, elsewhere] = await Promise.all([
    hands("overTime", problem, pauseAt(working, "Deciding over time"), allowed, starts),
    ground.mixed(),
    hands("waiting", problem, queued, among, risk, known),
    hands("queueBehind", problem, queued, allowed, rule.outcome.portfolio),
    hands("elsewhere", problem, pauseAt(working, "Weighing other accounts"), allowed),
  ]);
  // Where no policy decides, what was found for another risk aversion may be the best at this one.
  const others = overTime === null ? await frontier() : [];
  const found = [...allowed.map((k) => alone.get(k)!), mixed, ...others.map(([, best]) => best)];
  const answer: Best = { ...leastAt(problem, risk, found), solution: mixed.solution };
  const decided = unlessAsGood(problem, overTime?.now ?? answer.outcome, waiting, risk);
  return {
    allowed,
    nothing: outcomeOf(problem, NOTHING),
    alone,
    bestSingle,
    answer,
    waiting,
    decided,
    overTime,
    awsRule: { ...rule, outcome: ruled },
    medianRule: medianRule(problem, bestSingle),
    elsewhere,
  };
}
