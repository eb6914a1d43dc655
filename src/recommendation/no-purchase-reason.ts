import type { Answer } from "../portfolio/answer.ts";
import { answerOf } from "../portfolio/candidates.ts";
import { MIN_COMMITMENT_USD, OFFERINGS, offeringLabel } from "../domain/offering.ts";
import { portfolioAmong } from "../domain/portfolio.ts";
import { expectedOf } from "../outcome/curve.ts";
import { outcomeOf } from "../problem/evaluation.ts";
import { isLimited } from "../problem/objective.ts";
import type { PurchaseProblem } from "../problem/problem.ts";

/** Why nothing is bought; empty when something is. `sign`: of the currency. */
export function reasonFor(problem: PurchaseProblem, answer: Answer, sign: string): string {
  const { scenarios, owned, pastRepeats, offers, objective } = problem;
  const { allowed, overTime } = answer;
  if (answerOf(answer).portfolio.some((usd) => usd > 0)) return "";
  if (overTime?.policy.bought.some((usd) => usd > 0)) {
    return "No commitment is worth buying today: decide again when newer usage is known.";
  }
  const { base } = scenarios;
  const where = pastRepeats ? "the history" : "the scenarios";
  if (!base.onDemandUsd.some((usd) => usd > 0)) {
    return `No usage that a new SageMaker Savings Plan could cover was found in ${where}.`;
  }
  const used = new Set(
    base.items.flatMap(({ sku }, item) => (base.start[item + 1]! > base.start[item]! ? [sku] : [])),
  );
  const lowestOf = (k: number): number =>
    [...used].reduce((low, sku) => Math.min(low, offers[k]!.rates.ratio[sku]! || Infinity), Infinity);
  // When nothing pays under the deepest offering, nothing pays under another.
  const deepestAllowed = allowed.reduce((best, k) => (lowestOf(k) < lowestOf(best) ? k : best));
  const lowest = lowestOf(deepestAllowed);
  const label = offeringLabel(OFFERINGS[deepestAllowed]!);
  if (lowest === Infinity) {
    return `The rate card has no ${label} rate for any of the usage in ${where}.`;
  }
  const tooTight = limitWithoutRoom(problem, deepestAllowed, sign);
  if (tooTight) return tooTight;
  const around = owned.length > 0 ? ", beside the plans already owned," : "";
  const limited = isLimited(objective) ? " within the limits" : "";
  const what = `No commitment of at least ${sign}${MIN_COMMITMENT_USD}/h${limited} ${pastRepeats ? "would have paid" : "pays"} for itself${around} under ${label}`;
  const deepest = `its deepest saving is ${((1 - lowest) * 100).toFixed(1)} %, so a committed ${sign === "$" ? "dollar" : `${sign}1`} must be used in more than ${(lowest * 100).toFixed(1)} % of the hours`;
  if (!pastRepeats) {
    const isRisky = scenarios.probability.length > 1 && objective.riskAversion > 0;
    return `${what}: ${deepest}${isRisky ? `, and the risk counts too (--risk-aversion ${objective.riskAversion})` : ""}.`;
  }
  const hoursWithUse = new Set(base.hour.filter((_, n) => base.onDemandUsd[n]! > 0)).size;
  return `${what}: ${deepest}, and usage that it could cover is there in ${((100 * hoursWithUse) / base.hourCount).toFixed(1)} % of them or is covered already.`;
}

/** The limit that leaves room for no commitment at all of this offering; empty when there is none. */
function limitWithoutRoom(problem: PurchaseProblem, k: number, sign: string): string {
  const { objective, offers } = problem;
  const { minUtilization, maxCommitmentUsdPerHour, maxUpfrontUsd } = objective;
  const label = offeringLabel(OFFERINGS[k]!);
  const least = `${sign}${MIN_COMMITMENT_USD}/h, the least that AWS sells`;
  if (maxCommitmentUsdPerHour !== null && maxCommitmentUsdPerHour < MIN_COMMITMENT_USD) {
    return `--max-commitment ${maxCommitmentUsdPerHour} is below ${least}.`;
  }
  const upfrontUsd = offers[k]!.upfrontUsd * MIN_COMMITMENT_USD;
  if (maxUpfrontUsd !== null && maxUpfrontUsd < upfrontUsd) {
    return `--max-upfront ${maxUpfrontUsd} is below the ${sign}${upfrontUsd.toFixed(2)} that ${label} takes at ${least}.`;
  }
  if (minUtilization === 0) return "";
  const { utilization } = expectedOf(problem, outcomeOf(problem, portfolioAmong([k], [MIN_COMMITMENT_USD])));
  return utilization < minUtilization
    ? `Under ${label} even ${least}, beside what is owned, is used only ${(100 * utilization).toFixed(1)} %, below --min-utilization ${minUtilization}.`
    : "";
}
