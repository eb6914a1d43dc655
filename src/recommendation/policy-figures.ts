/** A policy over time, in the figures that people read: all after any negotiated discount. */
import { MONTH_HOURS, OFFERINGS } from "../domain/offering.ts";
import type { OverTime, PolicyFigures, PolicyPurchase } from "../domain/documents/over-time.ts";
import type { Certificate } from "../domain/documents/certificate.ts";
import { savingsFigures } from "../domain/risk.ts";
import { horizonHours, hoursOf } from "../domain/scenario.ts";
import { nodeProbabilities, sliceOf } from "../domain/scenario-tree.ts";
import type { Summary } from "../domain/summary.ts";
import type { Answer } from "../portfolio/answer.ts";
import { answerOf, costOfPurchase, type Choice } from "../portfolio/candidates.ts";
import type { OverTimeChoice } from "../portfolio/policy.ts";
import type { SettledPolicy } from "../portfolio/policy-settlement.ts";
import type { PurchaseProblem } from "../problem/problem.ts";
import { certificateOf } from "../portfolio/best-portfolio.ts";

/** Of the policy where its first decision is the answer; else over all schedules. */
export function answerCertificate(problem: PurchaseProblem, answer: Answer): Certificate {
  const { overTime, decided } = answer;
  const isFirst =
    overTime !== null && OFFERINGS.every((_, k) => decided.portfolio[k] === overTime.now.portfolio[k]);
  return isFirst
    ? policyCertificate(problem, overTime)
    : certificateOf(problem, costOfPurchase(problem, answerOf(answer)), answer.answer.solution);
}

const policyCertificate = (problem: PurchaseProblem, { policy, solution }: OverTimeChoice): Certificate =>
  certificateOf(problem, policy.riskAdjustedUsd, solution);

/** The decisions, and what they come to together. */
export function policyOf(problem: PurchaseProblem, choice: OverTimeChoice): NonNullable<Summary["overTime"]> {
  const { tree, policy } = choice;
  const probability = nodeProbabilities(tree, problem.scenarios);
  return {
    nodes: tree.nodes.map(({ stage, parent }, n) => ({
      month: Math.round(tree.stageStart[stage]! / MONTH_HOURS),
      parent: parent < 0 ? null : parent,
      probability: probability[n]!,
      onDemandUsdPerHour: onDemandUsdPerHour(problem, choice, n) * (1 - problem.negotiatedDiscount),
      purchases: purchasesAt(choice, policy, n),
    })),
    policy: figuresOf(problem, policy),
  };
}

/** The same beside simpler policies, and what it is worth to know. */
export function overTimeOf(
  problem: PurchaseProblem,
  choice: OverTimeChoice,
  { references, information }: NonNullable<Choice["besidePolicy"]>,
): OverTime {
  const kept = 1 - problem.negotiatedDiscount;
  const allNow = references.find(({ kind }) => kind === "all-now")!.policy;
  return {
    ...policyOf(problem, choice),
    references: references.map(({ kind, policy: reference }) => ({
      kind,
      purchases: purchasesAt(choice, reference, 0),
      ...figuresOf(problem, reference),
    })),
    valueOfWaitingUsd: Math.max(0, allNow.riskAdjustedUsd - choice.unpolishedUsd) * kept,
    evpiUsd: Math.max(0, information.rpUsd - information.wsUsd) * kept,
    vssUsd: Math.max(0, information.eevUsd - information.rpUsd) * kept,
    certificate: policyCertificate(problem, choice),
  };
}

const purchasesAt = ({ among }: OverTimeChoice, { bought }: SettledPolicy, node: number): PolicyPurchase[] =>
  among.flatMap((offering, k) => {
    const commitmentUsdPerHour = bought[node * among.length + k]!;
    return commitmentUsdPerHour > 0 ? [{ ...OFFERINGS[offering]!, commitmentUsdPerHour }] : [];
  });

function figuresOf(problem: PurchaseProblem, { netSavingsUsd }: SettledPolicy): PolicyFigures {
  const { scenarios, negotiatedDiscount, objective } = problem;
  const saved = netSavingsUsd.map((usd) => usd * (1 - negotiatedDiscount));
  return savingsFigures(saved, scenarios.probability, objective.tail);
}

/** Mean of the node's scenarios over its hours. */
function onDemandUsdPerHour(
  { scenarios, settlement }: PurchaseProblem,
  { tree }: OverTimeChoice,
  n: number,
): number {
  const slice = sliceOf(scenarios, tree, tree.nodes[n]!);
  const { hourCount, baseHour, growth, probability } = slice;
  let usd = 0;
  for (let visit = 0; visit < baseHour.length; visit++) {
    const weight = probability[Math.floor(visit / hourCount)]! * hoursOf(slice, visit % hourCount);
    usd += weight * growth[visit]! * settlement.hourUsd[baseHour[visit]!]!;
  }
  return usd / horizonHours(slice);
}
