/** What was chosen → the document that every medium shows. */
import type { Allowed } from "../domain/allowed.ts";
import type { Certificate } from "../domain/documents/certificate.ts";
import type { Comparison } from "../domain/documents/comparison.ts";
import type { Alternative, FrontierPoint } from "../domain/documents/outcome.ts";
import type { ElsewherePurchase } from "../domain/documents/worth.ts";
import type { Recommendation } from "../domain/documents/recommendation.ts";
import type { Headroom } from "../domain/documents/headroom.ts";
import { currencyOf, currencySign } from "../domain/currency.ts";
import { isoHour } from "../domain/hour.ts";
import type { InputFile } from "../domain/documents/provenance.ts";
import { offeringLabel, OFFERINGS } from "../domain/offering.ts";
import type { VerbOptions } from "../domain/options/verbs.ts";
import { boughtIn, totalUsdPerHour, type Portfolio } from "../domain/portfolio.ts";
import { answerFindings } from "../findings/answer.ts";
import { dataFindings } from "../findings/data.ts";
import { medianRuleFindings, type BesideMedianRule } from "../findings/median-rule.ts";
import { ownedPlanSummaries } from "../history/owned-plans.ts";
import { provenanceOf } from "../history/provenance.ts";
import { cashFlowsOf } from "../outcome/cash-flows.ts";
import { curveOf, expectedOf } from "../outcome/curve.ts";
import { meanFigures, riskFigures } from "../outcome/figures.ts";
import { forecastOf } from "../outcome/forecast.ts";
import { ladderOf } from "../outcome/ladder.ts";
import { purchasesOf, queuedPurchases } from "../outcome/purchases.ts";
import { stressesOf } from "../outcome/stress.ts";
import { worthAlone, worthOf } from "../outcome/worth.ts";
import { rateShares } from "../outcome/rate-shares.ts";
import { boundsFinding, shapeBoundsOf } from "../outcome/shape-bounds.ts";
import { ownedNowUsdPerHour } from "../portfolio/aws-rule.ts";
import { certificateOf } from "../portfolio/best-portfolio.ts";
import { answerOf, costOfPurchase, type Choice } from "../portfolio/candidates.ts";
import type { Outcome } from "../problem/evaluation.ts";
import type { PurchaseProblem } from "../problem/problem.ts";
import type { PurchaseInputs } from "../problem/inputs.ts";
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
  inputs: PurchaseInputs,
  problem: PurchaseProblem,
  choice: Choice,
  { schema, subject, certificate, options, term, payment, ladder, compared, headroom }: DocumentOptions,
): Recommendation {
  const { billing, spend, rates, history } = inputs;
  const { objective, span, scenarios, pastRepeats, isSampled, negotiatedDiscount } = problem;
  const sign = currencySign(billing);
  const isAdvice = schema === "sageplan/recommendation/2";
  const bounds = shapeBoundsOf(problem, spend.granularityHours, subject.portfolio);
  return {
    schema,
    provenance: provenanceOf(billing, [inputs.futuresInput, compared?.input ?? null], options),
    currency: currencyOf(billing),
    payerAccounts: billing.payerAccounts,
    history,
    horizon: {
      from: isoHour(span.from),
      to: isoHour(span.to),
      hours: span.to - span.from,
      futures: pastRepeats ? "history" : isSampled ? "bootstrap" : "file",
      scenarios: scenarios.probability.length,
      hoursSettled: scenarios.hourCount,
    },
    objective,
    terms: { term, paymentOption: payment },
    negotiatedDiscount: inputs.discount,
    ownedPlans: ownedPlanSummaries(billing, spend, rates, problem),
    purchases: purchasesOf(subject.portfolio, problem),
    queued: queuedPurchases(subject.portfolio, problem, (plan) => billing.ownedPlans[plan]!.arn),
    elsewhere: isAdvice ? elsewhereOf(choice) : [],
    worth: worthOf(problem, subject, choice),
    reason: isAdvice ? reasonFor(problem, choice, sign) : "",
    expected: expectedOf(problem, subject),
    risk: riskFigures(problem, subject),
    bounds,
    certificate,
    curve: curveOf(problem, subject.portfolio, choice.bestSingle),
    frontier: choice.frontier.map((point) => frontierPoint(problem, point)),
    information: {
      evpiUsd: choice.information.evpiUsd * (1 - negotiatedDiscount),
      vssUsd: choice.information.vssUsd * (1 - negotiatedDiscount),
    },
    overTime: choice.overTime && overTimeOf(problem, choice.overTime),
    alternatives: alternativesOf(problem, choice),
    cashFlow: cashFlowsOf(
      problem,
      subject.portfolio,
      choice.singles.map(({ outcome }) => outcome.portfolio),
    ),
    forecast: forecastOf(problem, subject.portfolio),
    stress: stressesOf(problem, subject.portfolio, bestOneYear(choice)),
    ladder: ladder === undefined ? null : ladderOf(problem, billing.ownedPlans, subject.portfolio, ladder),
    comparison: compared?.comparison ?? null,
    headroom,
    findings: [
      ...answerFindings(inputs, problem, subject.portfolio, choice.bestSingle),
      ...(isAdvice && isSampled ? medianRuleFindings(besideMedianRule(problem, choice), sign) : []),
      ...(bounds === null ? [] : [boundsFinding(bounds, sign)]),
      ...dataFindings(inputs),
    ],
  };
}

/** Of the policy where its first decision is the answer; else over all schedules. */
export function answerCertificate(problem: PurchaseProblem, choice: Choice): Certificate {
  const { overTime, decided } = choice;
  const isFirst =
    overTime !== null && OFFERINGS.every((_, k) => decided.portfolio[k] === overTime.now.portfolio[k]);
  return isFirst
    ? policyCertificate(problem, overTime)
    : certificateOf(problem, costOfPurchase(problem, answerOf(choice)), choice.answer.solution);
}

/** Of the offerings of one year that may be bought; null: none may. */
function bestOneYear({ allowed, singles }: Choice): Portfolio | null {
  const oneYear = allowed.filter((k) => OFFERINGS[k]!.term === "1yr").map((k) => singles[k]!);
  const [best] = oneYear.toSorted((a, b) => a.riskAdjustedUsd - b.riskAdjustedUsd);
  return best?.outcome.portfolio ?? null;
}

/** In what is optimised: with the cost of capital the frontier never bends back. */
function frontierPoint(
  problem: PurchaseProblem,
  { riskAversion, outcome }: Choice["frontier"][number],
): FrontierPoint {
  const { netSavingsUsd, utilization, capitalCostUsd } = meanFigures(problem, outcome);
  const { cvarLossUsd, probabilityOfLoss } = riskFigures(problem, outcome);
  return {
    riskAversion,
    purchases: purchasesOf(outcome.portfolio, problem),
    netSavingsUsd: netSavingsUsd - capitalCostUsd,
    cvarLossUsd: cvarLossUsd + capitalCostUsd,
    probabilityOfLoss,
    utilization,
  };
}

const elsewhereOf = ({ elsewhere }: Choice): ElsewherePurchase[] =>
  elsewhere.flatMap(({ problem, outcome }) =>
    purchasesOf(outcome.portfolio, problem).map((purchase) => ({
      ...purchase,
      worth: worthAlone(problem, outcome),
    })),
  );

const besideMedianRule = (problem: PurchaseProblem, choice: Choice): BesideMedianRule => ({
  ownedUsd: ownedNowUsdPerHour(problem),
  ruleUsd: totalUsdPerHour(choice.medianRule.portfolio),
  answerUsd: totalUsdPerHour(answerOf(choice).portfolio),
  riskNeutralUsd: totalUsdPerHour(choice.riskNeutral.portfolio),
});

function alternativesOf(problem: PurchaseProblem, choice: Choice): Alternative[] {
  const { allowed, nothing, singles, bestSingle, riskNeutral, awsRule } = choice;
  const alternative = (
    kind: Alternative["kind"],
    label: string,
    outcome: Outcome,
    more: { certificate?: Certificate; allowed?: boolean; ratesOf?: number } = {},
  ): Alternative => ({
    kind,
    label,
    purchases: purchasesOf(outcome.portfolio, problem),
    expected: expectedOf(problem, outcome),
    risk: riskFigures(problem, outcome),
    certificate: more.certificate ?? null,
    allowed: more.allowed ?? true,
    rateShares:
      more.ratesOf === undefined
        ? { file: 0, bill: 0, illustrative: 0 }
        : rateShares(problem, problem.offers[more.ratesOf]!.rates),
  });
  /** Of the offerings bought, the one whose rates are the least sure. */
  const leastSure = ({ portfolio }: Outcome): number => {
    const bought = boughtIn(portfolio);
    const share = (k: number): number => rateShares(problem, problem.offers[k]!.rates).illustrative;
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
    alternative("median-rule", "the median of AWS's rule over 1 to 30 days, eased", choice.medianRule, {
      ratesOf: bestSingle,
    }),
    alternative("answer", "the answer", answerOf(choice), {
      certificate: answerCertificate(problem, choice),
      ratesOf: leastSure(answerOf(choice)),
    }),
    alternative("risk-neutral", "the risk-neutral answer", riskNeutral, { ratesOf: leastSure(riskNeutral) }),
    ...OFFERINGS.map((offering, k) => {
      const { outcome, riskAdjustedUsd, solution } = singles[k]!;
      return alternative("offering", offeringLabel(offering), outcome, {
        certificate: certificateOf(problem, riskAdjustedUsd, solution),
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
  inputs: PurchaseInputs,
  problem: PurchaseProblem,
  choice: Choice,
  allowed: Allowed,
  options: VerbOptions<"recommend">,
  headroom: Headroom | null,
  compared?: DocumentOptions["compared"],
): Recommendation =>
  documentOf(inputs, problem, choice, {
    compared,
    ...allowed,
    schema: "sageplan/recommendation/2",
    subject: answerOf(choice),
    certificate: answerCertificate(problem, choice),
    options: statedOptions(options),
    ladder: options.ladder,
    headroom,
  });
