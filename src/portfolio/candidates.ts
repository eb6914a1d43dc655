/**
 * Every purchase that a result shows: each offering alone, the answer, the risk-neutral answer, the
 * frontier, AWS's rule.
 */
import type { Allowed } from "../domain/allowed.ts";
import type { Information } from "../domain/documents/recommendation.ts";
import { offeringLabel, OFFERINGS } from "../domain/offering.ts";
import { isNow, NOTHING, type Portfolio } from "../domain/portfolio.ts";
import type { RiskMeasure } from "../domain/risk.ts";
import { outcomeOf, riskAdjustedUsd, type Outcome } from "../problem/evaluation.ts";
import { riskOf } from "../problem/objective.ts";
import type { PurchaseProblem } from "../problem/problem.ts";
import { areOneOffering } from "./answer-alone.ts";
import { awsRule, medianRule, type AwsRule } from "./aws-rule.ts";
import { pauseFor, type Best, type Pause } from "./best-portfolio.ts";
import type { Elsewhere } from "./elsewhere.ts";
import type { Working } from "./jobs.ts";
import { allowedOfferings, offersOf, undominated } from "./offers.ts";
import type { OverTimeChoice } from "./policy.ts";
import { unlessAsGood } from "./waiting.ts";

export interface Choice {
  allowed: readonly number[];
  /** The owned plans alone. */
  nothing: Outcome;
  /** `[offering]` Each alone at its best. */
  singles: Best[];
  /** The best of the allowed offerings alone: an index into OFFERINGS. */
  bestSingle: number;
  /** The best schedule: what to buy now, and what to queue. */
  answer: Best;
  /** The best schedule that buys nothing now. */
  waiting: Outcome;
  /** The answer: the first decision of the best policy, and the best queue behind it; or to wait. */
  decided: Outcome;
  /**
   * The best policy over three years, where terms are compared over sampled scenarios: its purchases now are what to buy.
   */
  overTime: OverTimeChoice | null;
  riskNeutral: Outcome;
  frontier: { riskAversion: number; outcome: Outcome }[];
  awsRule: AwsRule;
  /** What to buy in accounts that the answer's plans do not reach. */
  elsewhere: Elsewhere[];
  /** What the median rule buys now, and the best queue behind it. */
  medianRule: Outcome;
  information: Information;
}

/** The curve from indifference to the worst tenth alone; the caller's own λ is put among them. */
const AVERSIONS = [0, 0.1, 0.2, 0.4, 0.6, 0.8, 1];

export async function choose(
  problem: PurchaseProblem,
  { term, payment }: Allowed,
  working: Working,
): Promise<Choice> {
  const { hands } = working;
  const risk = riskOf(problem.objective);
  const allowed = allowedOfferings(term, payment);
  const pauseAt = (step: string, done = 0, total = 1, unit = "answers"): Pause =>
    pauseFor(working, { step, done, total, unit });

  const singles = await Promise.all(
    OFFERINGS.map((offering, k) => {
      const pause = pauseAt(`Weighing ${offeringLabel(offering)}`, k, OFFERINGS.length, "offerings");
      return hands("best", problem, pause, offersOf(problem, [k]), risk, []);
    }),
  );
  // Of equals the first: the shorter term, the less upfront.
  const bestSingle = allowed.reduce((best, k) =>
    singles[k]!.riskAdjustedUsd < singles[best]!.riskAdjustedUsd ? k : best,
  );
  const among = undominated(problem, offersOf(problem, allowed));
  const starts = allowed.map((k) => singles[k]!.outcome.portfolio);
  const mixed = areOneOffering(among)
    ? singles[among[0]! % OFFERINGS.length]!
    : await hands("best", problem, pauseAt("Mixing offerings"), among, risk, starts);
  const known = leastAt(problem, risk, [...allowed.map((k) => singles[k]!), mixed]).outcome.portfolio;
  const rule = awsRule(problem, bestSingle);
  const queued = pauseAt("Valuing the schedule");
  // The longest first: none waits for another.
  const [overTime, overTimeInformation, others, information, waiting, ruled, median, elsewhere] =
    await Promise.all([
      hands("overTime", problem, pauseAt("Deciding over time"), allowed, [...starts, known]),
      hands("informationOverTime", problem, pauseAt("Valuing information"), allowed, [...starts, known]),
      frontierAround(problem, among, mixed, starts, working),
      hands("information", problem, pauseAt("Valuing information"), allowed, known),
      hands("waiting", problem, queued, among, risk, known),
      hands("queueBehind", problem, queued, allowed, rule.outcome.portfolio),
      hands("queueBehind", problem, queued, allowed, medianRule(problem, bestSingle)),
      hands("elsewhere", problem, pauseAt("Weighing other accounts"), allowed),
    ]);
  const searched = new Map([[risk.aversion, mixed], ...others]);
  const found = [...allowed.map((k) => singles[k]!), ...searched.values()];
  /** Of all that was found, for another risk aversion too, the best at this one; the bound is this one's own. */
  const bestAt = (aversion: number): Best => ({
    ...leastAt(problem, { ...risk, aversion }, found),
    solution: searched.get(aversion)!.solution,
  });
  const answer = bestAt(risk.aversion);
  const frontier = [...searched.keys()]
    .sort((a, b) => a - b)
    .map((riskAversion) => ({ riskAversion, outcome: bestAt(riskAversion).outcome }));
  return {
    allowed,
    nothing: outcomeOf(problem, NOTHING),
    waiting,
    decided: unlessAsGood(problem, overTime?.now ?? answer.outcome, waiting, risk),
    singles,
    bestSingle,
    answer,
    overTime: overTime && { ...overTime, information: overTimeInformation! },
    riskNeutral: frontier.find(({ riskAversion }) => riskAversion === 0)?.outcome ?? answer.outcome,
    frontier,
    awsRule: { ...rule, outcome: ruled },
    medianRule: median,
    elsewhere,
    information,
  };
}

/** Singles come first among `found`: a mix has to be worth its second promise. */
function leastAt(
  problem: PurchaseProblem,
  risk: RiskMeasure,
  found: readonly Best[],
): Omit<Best, "solution"> {
  const costs = found.map(({ outcome }) => riskAdjustedUsd(problem, outcome, risk));
  const best = costs.reduce((least, usd, n) => (usd < costs[least]! * (1 - WORTHWHILE) ? n : least), 0);
  return { outcome: found[best]!.outcome, riskAdjustedUsd: costs[best]! };
}

/** The best schedules at the other risk aversions of the frontier: none where there is one future. */
function frontierAround(
  problem: PurchaseProblem,
  among: readonly number[],
  { outcome }: Best,
  starts: readonly Portfolio[],
  working: Working,
): Promise<(readonly [number, Best])[]> {
  const risk = riskOf(problem.objective);
  const isCertain = problem.scenarios.probability.length === 1;
  const others = isCertain ? [] : AVERSIONS.filter((aversion) => aversion !== risk.aversion);
  const now = among.filter(isNow);
  return Promise.all(
    others.map(async (aversion, n) => {
      const progress = {
        step: "Drawing the frontier",
        done: n,
        total: others.length,
        unit: "risk aversions",
      };
      // Other risk aversions move what is bought now; what is queued can be decided again.
      const [moves, held] = aversion === 0 ? [among, NOTHING] : [now, outcome.portfolio];
      const at = { ...risk, aversion };
      return [
        aversion,
        await working.hands("best", problem, pauseFor(working, progress), moves, at, starts, held),
      ] as const;
    }),
  );
}

/** What to buy now, and what to queue. */
export const answerOf = ({ decided }: Choice): Outcome => decided;

/** Purchases whose costs are closer than this share are equal. */
const WORTHWHILE = 1e-9;

/** The risk-adjusted cost of any purchase at the caller's own risk aversion, USD before any negotiated discount. */
export const costOfPurchase = (problem: PurchaseProblem, outcome: Outcome): number =>
  riskAdjustedUsd(problem, outcome, riskOf(problem.objective));
