/** What was weighed → the document that every medium shows. */
import { curveOf, expectedOf, riskOf } from "./evaluate.ts";
import { answerFindings } from "./answer-findings.ts";
import { dataFindings } from "./findings.ts";
import { ownedPlanSummaries, provenanceOf, purchaseOf, rateShares } from "./parts.ts";
import type { Scene } from "./scene.ts";
import { reasonFor, type Allowed, type AsItIs, type Weighed } from "./weigh.ts";
import { offeringLabel } from "./domain/offering.ts";
import type { Alternative, Recommendation } from "./domain/recommendation.ts";

const TAIL = 0.9;

export function documentOf(
  scene: Scene,
  before: AsItIs,
  weighed: readonly Weighed[],
  chosen: Weighed,
  options: Record<string, unknown> & Allowed,
): Recommendation {
  const { billing, history, situation } = scene;
  const { offering, candidate } = chosen;
  const answer = alternativeOf(scene, chosen);
  return {
    schema: "sageplan/recommendation/1",
    provenance: provenanceOf(billing, { ...options }),
    payerAccounts: billing.payerAccounts,
    history,
    horizon: { from: history.from, to: history.to, hours: history.hours, futures: "history" },
    terms: { term: options.term, paymentOption: options.payment },
    negotiatedDiscount: scene.discount,
    ownedPlans: ownedPlanSummaries(billing, scene.rates, situation),
    purchases: answer.purchases,
    reason: reasonFor(chosen, scene),
    expected: answer.expected,
    risk: answer.risk,
    certificate: chosen.certificate,
    curve: curveOf(situation, offering, candidate.rates, chosen.commitmentUsdPerHour, before.costUsd),
    alternatives: [nothingOf(scene, before, chosen), ...weighed.map((each) => alternativeOf(scene, each))],
    findings: [...answerFindings(scene, chosen), ...dataFindings(scene)],
  };
}

function alternativeOf({ situation }: Scene, each: Weighed): Alternative {
  const buys = each.commitmentUsdPerHour > 0;
  return {
    label: offeringLabel(each.offering),
    purchases: buys ? [purchaseOf(each.offering, each.commitmentUsdPerHour, situation.span)] : [],
    expected: each.expected,
    risk: riskOf(each.expected, buys ? each.offering : null, TAIL),
    certificate: each.certificate,
    allowed: each.allowed,
    rateShares: rateShares(situation, each.candidate.rates),
  };
}

function nothingOf({ situation }: Scene, before: AsItIs, { offering, candidate }: Weighed): Alternative {
  const nothing = { ...candidate, commitmentUsdPerHour: 0 };
  const expected = expectedOf(situation, offering, nothing, before.settled, before.costUsd);
  return {
    label: "buy nothing",
    purchases: [],
    expected,
    risk: riskOf(expected, null, TAIL),
    certificate: null,
    allowed: true,
    rateShares: { file: 0, bill: 0, illustrative: 0 },
  };
}
