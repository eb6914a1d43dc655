/**
 * Every purchase that a result shows: each offering alone, the answer, the risk-neutral answer, the
 * frontier, AWS's rule.
 */
import type { Allowed } from "../domain/allowed.ts";
import type { Information } from "../domain/documents/recommendation.ts";
import { offeringLabel, OFFERINGS } from "../domain/offering.ts";
import { isNow, NOTHING, queuedIn, type Portfolio } from "../domain/portfolio.ts";
import type { RiskMeasure } from "../domain/risk.ts";
import type { Effects } from "../domain/progress.ts";
import { valueOfInformation } from "../optimize/information.ts";
import { outcomeOf, riskAdjustedUsd, type Outcome } from "../problem/evaluation.ts";
import { riskOf } from "../problem/objective.ts";
import type { PurchaseProblem } from "../problem/problem.ts";
import { awsRule, medianRule, type AwsRule } from "./aws-rule.ts";
import {
  bestAmong,
  queueBehind,
  pauseFor,
  plansOf,
  programOf,
  type Best,
  type Pause,
} from "./best-portfolio.ts";
import { purchasesElsewhere, type Elsewhere } from "./elsewhere.ts";
import { evenWhereAsGood } from "./even-renewals.ts";
import { allowedOfferings, offersOf, undominated } from "./offers.ts";
import { unlessAsGood } from "./waiting.ts";
import { decidedNow, overTime, type OverTimeChoice } from "./policy.ts";

/** What to buy and queue, with nothing beside it. `known`: answers to begin with, of problems like it. */
export async function answerAlone(
  problem: PurchaseProblem,
  { term, payment }: Allowed,
  known: readonly Portfolio[],
  pause: Pause,
): Promise<Outcome> {
  const risk = riskOf(problem.objective);
  const allowed = allowedOfferings(term, payment);
  const among = undominated(problem, offersOf(problem, allowed));
  const chosen =
    (await decidedNow(problem, allowed, known, pause)) ??
    (await bestOfAll(problem, allowed, among, known, pause)).outcome;
  return unlessAsGood(problem, chosen, await waitingFor(problem, among, risk, chosen, pause), risk);
}

/** Each offering alone, and all together. */
async function bestOfAll(
  problem: PurchaseProblem,
  allowed: readonly number[],
  among: readonly number[],
  known: readonly Portfolio[],
  pause: Pause,
): Promise<Best> {
  const risk = riskOf(problem.objective);
  const found: Best[] = [];
  for (const k of allowed) found.push(await bestAmong(problem, offersOf(problem, [k]), risk, known, pause));
  const singles = found.map(({ outcome }) => outcome.portfolio);
  if (!isOneOffering(among)) found.push(await bestAmong(problem, among, risk, singles, pause));
  return found.reduce((least, each) => (each.riskAdjustedUsd < least.riskAdjustedUsd ? each : least));
}

/** The best schedule that buys nothing now. */
async function waitingFor(
  problem: PurchaseProblem,
  among: readonly number[],
  risk: RiskMeasure,
  { portfolio }: Outcome,
  pause: Pause,
): Promise<Outcome> {
  const later = among.filter((k) => !isNow(k));
  return later.length === 0
    ? outcomeOf(problem, NOTHING)
    : evenWhereAsGood(problem, (await bestAmong(problem, later, risk, [portfolio], pause)).outcome, risk);
}

const isOneOffering = (among: readonly number[]): boolean =>
  new Set(among.map((k) => k % OFFERINGS.length)).size === 1;

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
  effects: Effects,
): Promise<Choice> {
  const risk = riskOf(problem.objective);
  const { probability } = problem.scenarios;
  const allowed = allowedOfferings(term, payment);
  const pauseAt = (step: string, done: number, total: number, unit: string): Pause =>
    pauseFor(effects, { step, done, total, unit });

  const singles = await bestSingles(problem, (k) =>
    pauseAt(`Weighing ${offeringLabel(OFFERINGS[k]!)}`, k, OFFERINGS.length, "offerings"),
  );
  // Of equals the first: the shorter term, the less upfront.
  const bestSingle = allowed.reduce((best, k) =>
    singles[k]!.riskAdjustedUsd < singles[best]!.riskAdjustedUsd ? k : best,
  );
  const among = undominated(problem, offersOf(problem, allowed));
  const starts = allowed.map((k) => singles[k]!.outcome.portfolio);
  const searched = await searchedAlong(problem, among, singles, starts, effects);
  const found = [...allowed.map((k) => singles[k]!), ...searched.values()].map(({ outcome }) => outcome);
  /** Of all that was found, for another risk aversion too, the best at this one; the bound is this one's own. */
  const bestAt = (aversion: number): Best => {
    const at = { ...risk, aversion };
    const { solution } = searched.get(aversion)!;
    const costs = found.map((outcome) => riskAdjustedUsd(problem, outcome, at));
    // Singles come first: a mix has to be worth its second promise.
    const best = costs.reduce((least, usd, n) => (usd < costs[least]! * (1 - WORTHWHILE) ? n : least), 0);
    return { outcome: found[best]!, riskAdjustedUsd: costs[best]!, solution };
  };
  const answer = bestAt(risk.aversion);
  const frontier = [...searched.keys()]
    .sort((a, b) => a - b)
    .map((riskAversion) => ({ riskAversion, outcome: bestAt(riskAversion).outcome }));
  const information = await informationOf(problem, allowed, answer.outcome.portfolio, (scenario) =>
    pauseAt("Valuing information", scenario, probability.length, "scenarios"),
  );
  const pauseLater = pauseAt("Valuing the schedule", 0, 1, "schedules");
  const waiting = await waitingFor(problem, among, risk, answer.outcome, pauseLater);
  const policy = await overTime(
    problem,
    allowed,
    [...starts, answer.outcome.portfolio],
    pauseAt("Deciding over time", 0, 1, "policies"),
  );
  const rule = awsRule(problem, bestSingle);
  return {
    allowed,
    nothing: outcomeOf(problem, NOTHING),
    waiting,
    decided: unlessAsGood(problem, policy?.now ?? answer.outcome, waiting, risk),
    singles,
    bestSingle,
    answer,
    overTime: policy,
    riskNeutral: frontier.find(({ riskAversion }) => riskAversion === 0)?.outcome ?? answer.outcome,
    frontier,
    awsRule: { ...rule, outcome: await queueBehind(problem, allowed, rule.outcome.portfolio, pauseLater) },
    medianRule: await queueBehind(problem, allowed, medianRule(problem, bestSingle), pauseLater),
    elsewhere: await purchasesElsewhere(
      problem,
      allowed,
      pauseAt("Weighing other accounts", 0, 1, "accounts"),
    ),
    information,
  };
}

/** The best schedule at the caller's risk aversion, then at those of the frontier. */
async function searchedAlong(
  problem: PurchaseProblem,
  among: readonly number[],
  singles: readonly Best[],
  starts: readonly Portfolio[],
  effects: Effects,
): Promise<Map<number, Best>> {
  const risk = riskOf(problem.objective);
  const isCertain = problem.scenarios.probability.length === 1;
  const others = isCertain ? [] : AVERSIONS.filter((aversion) => aversion !== risk.aversion);
  const searched = new Map<number, Best>();
  const now = among.filter(isNow);
  for (const [n, aversion] of [risk.aversion, ...others].entries()) {
    const own = aversion === risk.aversion;
    const pause = own
      ? pauseFor(effects, { step: "Mixing offerings", done: 0, total: 1, unit: "answers" })
      : pauseFor(effects, {
          step: "Drawing the frontier",
          done: n - 1,
          total: others.length,
          unit: "risk aversions",
        });
    const isKnown = own && isOneOffering(among);
    const held = searched.get(risk.aversion)?.outcome.portfolio;
    // Other risk aversions move what is bought now; what is queued can be decided again.
    const moves = own || aversion === 0 ? among : now;
    searched.set(
      aversion,
      isKnown
        ? singles[among[0]! % OFFERINGS.length]!
        : await bestAmong(
            problem,
            moves,
            { ...risk, aversion },
            starts,
            pause,
            moves === now ? held : undefined,
          ),
    );
  }
  return searched;
}

/** `[offering]` Each offering alone at its best. */
async function bestSingles(problem: PurchaseProblem, pauseOf: (k: number) => Pause): Promise<Best[]> {
  const singles: Best[] = [];
  for (const k of OFFERINGS.keys()) {
    const pause = pauseOf(k);
    await pause();
    singles.push(await bestAmong(problem, offersOf(problem, [k]), riskOf(problem.objective), [], pause));
  }
  return singles;
}

/**
 * Of what is bought now, the queue held. A limit in expectation means something else to a buyer who knows the scenario:
 * information is valued without it.
 */
async function informationOf(
  problem: PurchaseProblem,
  allowed: readonly number[],
  answer: Portfolio,
  pauseOf: (scenario: number) => Pause,
): Promise<Information> {
  const free: PurchaseProblem = { ...problem, objective: { ...problem.objective, minUtilization: 0 } };
  const among = undominated(free, offersOf(free, allowed)).filter(isNow);
  const program = programOf(free, among, riskOf(problem.objective));
  const held = plansOf(free, queuedIn(answer), answer);
  let scenario = 0;
  return valueOfInformation({ ...program, owned: [...program.owned, ...held] }, () => pauseOf(scenario++)());
}

/** What to buy now, and what to queue. */
export const answerOf = ({ decided }: Choice): Outcome => decided;

/** Purchases whose costs are closer than this share are equal. */
const WORTHWHILE = 1e-9;

/** The risk-adjusted cost of any purchase at the caller's own risk aversion, USD before any negotiated discount. */
export const costOfPurchase = (problem: PurchaseProblem, outcome: Outcome): number =>
  riskAdjustedUsd(problem, outcome, riskOf(problem.objective));
