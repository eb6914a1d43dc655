/** What was chosen → the document that every medium shows. */
import type { Allowed } from "../domain/allowed.ts";
import type { Certificate } from "../domain/documents/certificate.ts";
import type { Comparison } from "../domain/documents/comparison.ts";
import type { Alternative, FrontierPoint } from "../domain/documents/outcome.ts";
import type { Recommendation } from "../domain/documents/recommendation.ts";
import type { Headroom } from "../domain/documents/headroom.ts";
import { isoHour } from "../domain/hour.ts";
import type { InputFile } from "../domain/documents/provenance.ts";
import { offeringLabel, OFFERINGS } from "../domain/offering.ts";
import type { VerbOptions } from "../domain/options/verbs.ts";
import { answerFindings } from "../findings/answer.ts";
import { dataFindings } from "../findings/data.ts";
import { ownedPlanSummaries } from "../history/owned-plans.ts";
import { provenanceOf } from "../history/provenance.ts";
import { cashFlowsOf } from "../outcome/cash-flows.ts";
import { curveOf, expectedOf } from "../outcome/curve.ts";
import { meanFigures, riskFigures } from "../outcome/figures.ts";
import { ladderOf } from "../outcome/ladder.ts";
import { purchasesOf } from "../outcome/purchases.ts";
import { rateShares } from "../outcome/rate-shares.ts";
import { boundsFinding, shapeBoundsOf } from "../outcome/shape-bounds.ts";
import { certificateOf } from "../portfolio/best-portfolio.ts";
import { answerOf, type Choice } from "../portfolio/candidates.ts";
import type { Outcome, Prospect } from "../problem/problem.ts";
import { reasonFor } from "./no-purchase-reason.ts";
import { statedOptions } from "./options.ts";
import { overTimeOf, policyCertificate } from "./policy-figures.ts";

export interface DocumentOptions extends Allowed {
  schema: Recommendation["schema"];
  /** What the document is about, and how near the best it is proven to be. */
  subject: Outcome;
  certificate: Certificate;
  options: Record<string, unknown>;
  /** Tranches; without it no ladder. */
  ladder: number | undefined;
  /** AWS's own recommendation, held against the subject. */
  compared?: { comparison: Comparison; input: InputFile } | undefined;
  /** Null in a simulation. */
  headroom: Headroom | null;
}

export function documentOf(
  prospect: Prospect,
  choice: Choice,
  { schema, subject, certificate, options, term, payment, ladder, compared, headroom }: DocumentOptions,
): Recommendation {
  const { scene, objective } = prospect;
  const { billing, history, situation } = scene;
  const { span, futures, pastRepeats } = situation;
  const bounds = shapeBoundsOf(prospect, subject.commitments);
  return {
    schema,
    provenance: provenanceOf(billing, [scene.futuresInput, compared?.input ?? null], options),
    payerAccounts: billing.payerAccounts,
    history,
    horizon: {
      from: isoHour(span.from),
      to: isoHour(span.to),
      hours: span.to - span.from,
      futures: pastRepeats ? "history" : situation.assumed ? "bootstrap" : "file",
      scenarios: futures.probability.length,
      hoursSettled: futures.hourCount,
    },
    objective,
    terms: { term, paymentOption: payment },
    negotiatedDiscount: scene.discount,
    ownedPlans: ownedPlanSummaries(billing, scene.spend, scene.rates, situation),
    purchases: purchasesOf(subject.commitments, situation),
    reason: schema === "sageplan/recommendation/1" ? reasonFor(prospect, choice) : "",
    expected: expectedOf(prospect, subject),
    risk: riskFigures(prospect, subject),
    bounds,
    certificate,
    curve: curveOf(prospect, subject.commitments, choice.bestSingle),
    frontier: choice.frontier.map((point) => frontierPoint(prospect, point)),
    information: {
      evpiUsd: choice.information.evpiUsd * (1 - situation.negotiatedDiscount),
      vssUsd: choice.information.vssUsd * (1 - situation.negotiatedDiscount),
    },
    overTime: choice.overTime && overTimeOf(prospect, choice.overTime),
    alternatives: alternativesOf(prospect, choice),
    cashFlow: cashFlowsOf(
      prospect,
      subject.commitments,
      choice.singles.map(({ outcome }) => outcome.commitments),
    ),
    ladder: ladder === undefined ? null : ladderOf(prospect, subject.commitments, ladder),
    comparison: compared?.comparison ?? null,
    headroom,
    findings: [
      ...answerFindings(prospect, subject.commitments, choice.bestSingle),
      ...(bounds === null ? [] : [boundsFinding(bounds)]),
      ...dataFindings(scene),
    ],
  };
}

/** Of the policy where there is one: it costs less than any purchase that nothing follows. */
export const answerCertificate = (prospect: Prospect, { answer, overTime }: Choice): Certificate =>
  overTime === null
    ? certificateOf(prospect, answer.riskAdjustedUsd, answer.solution)
    : policyCertificate(prospect, overTime);

function frontierPoint(
  prospect: Prospect,
  { riskAversion, outcome }: Choice["frontier"][number],
): FrontierPoint {
  const { netSavingsUsd, utilization } = meanFigures(prospect, outcome);
  const { cvarLossUsd, probabilityOfLoss } = riskFigures(prospect, outcome);
  const purchases = purchasesOf(outcome.commitments, prospect.scene.situation);
  return { riskAversion, purchases, netSavingsUsd, cvarLossUsd, probabilityOfLoss, utilization };
}

function alternativesOf(prospect: Prospect, choice: Choice): Alternative[] {
  const { situation } = prospect.scene;
  const { allowed, nothing, singles, bestSingle, riskNeutral, awsRule } = choice;
  const alternative = (
    kind: Alternative["kind"],
    label: string,
    outcome: Outcome,
    more: { certificate?: Certificate; allowed?: boolean; ratesOf?: number } = {},
  ): Alternative => ({
    kind,
    label,
    purchases: purchasesOf(outcome.commitments, situation),
    expected: expectedOf(prospect, outcome),
    risk: riskFigures(prospect, outcome),
    certificate: more.certificate ?? null,
    allowed: more.allowed ?? true,
    rateShares:
      more.ratesOf === undefined
        ? { file: 0, bill: 0, illustrative: 0 }
        : rateShares(situation, prospect.offers[more.ratesOf]!.rates),
  });
  /** Of the offerings bought, the one whose rates are the least sure. */
  const leastSure = ({ commitments }: Outcome): number => {
    const bought = [...commitments.keys()].filter((k) => commitments[k]! > 0);
    const share = (k: number): number => rateShares(situation, prospect.offers[k]!.rates).illustrative;
    return bought.reduce((worst, k) => (share(k) > share(worst) ? k : worst), bought[0] ?? bestSingle);
  };
  return [
    alternative("nothing", "buy nothing", nothing),
    alternative(
      "aws-rule",
      `AWS's rule, best of 7, 30 and 60 days: the last ${awsRule.days} days`,
      awsRule.outcome,
      {
        ratesOf: bestSingle,
      },
    ),
    alternative("answer", "the answer", answerOf(choice), {
      certificate: answerCertificate(prospect, choice),
      ratesOf: leastSure(answerOf(choice)),
    }),
    alternative("risk-neutral", "the risk-neutral answer", riskNeutral, { ratesOf: leastSure(riskNeutral) }),
    ...OFFERINGS.map((offering, k) => {
      const { outcome, riskAdjustedUsd, solution } = singles[k]!;
      return alternative("offering", offeringLabel(offering), outcome, {
        certificate: certificateOf(prospect, riskAdjustedUsd, solution),
        allowed: allowed.includes(k),
        ratesOf: k,
      });
    }),
  ];
}

/** Where the curve has its points. */
export const commitmentsOf = ({ curve }: Recommendation): number[] =>
  curve.map(({ commitmentUsdPerHour }) => commitmentUsdPerHour);

export const recommendationOf = (
  prospect: Prospect,
  choice: Choice,
  allowed: Allowed,
  options: VerbOptions<"recommend">,
  headroom: Headroom | null,
  compared?: DocumentOptions["compared"],
): Recommendation =>
  documentOf(prospect, choice, {
    compared,
    ...allowed,
    schema: "sageplan/recommendation/1",
    subject: answerOf(choice),
    certificate: answerCertificate(prospect, choice),
    options: statedOptions(options),
    ladder: options.ladder,
    headroom,
  });
