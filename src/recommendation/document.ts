/** What was chosen → the document that every medium shows. */
import type { Allowed } from "../domain/allowed.ts";
import type { Certificate } from "../domain/documents/certificate.ts";
import type { Comparison } from "../domain/documents/comparison.ts";
import type { FrontierPoint } from "../domain/documents/outcome.ts";
import type { ElsewherePurchase } from "../domain/documents/worth.ts";
import type { Recommendation } from "../domain/documents/recommendation.ts";
import type { Finding } from "../domain/documents/finding.ts";
import type { Summary } from "../domain/summary.ts";
import type { Headroom } from "../domain/documents/headroom.ts";
import { currencyOf, currencySign } from "../domain/currency.ts";
import { isoHour } from "../domain/hour.ts";
import type { InputFile } from "../domain/documents/provenance.ts";
import { OFFERINGS } from "../domain/offering.ts";
import type { Recommended } from "../domain/recommended.ts";
import type { VerbOptions } from "../domain/options/verbs.ts";
import { totalUsdPerHour, type Portfolio } from "../domain/portfolio.ts";
import { answerFindings } from "../findings/answer.ts";
import { dataFindings } from "../findings/data.ts";
import { medianRuleFindings, type MedianRuleFigures } from "../findings/median-rule.ts";
import { ownedPlanSummaries } from "../history/owned-plans.ts";
import { provenanceOf } from "../history/provenance.ts";
import { cashFlowsOf } from "../outcome/cash-flows.ts";
import { commitmentTableOf } from "../outcome/commitment-table.ts";
import { commitmentErrorShare } from "../outcome/commitment-error.ts";
import { curveOf, expectedOf } from "../outcome/curve.ts";
import { meanFigures, riskFigures } from "../outcome/figures.ts";
import { forecastOf } from "../outcome/forecast.ts";
import { hourlyUseOf } from "../outcome/hourly-use.ts";
import { ladderOf } from "../outcome/ladder.ts";
import { purchasesOf, queuedPurchases } from "../outcome/purchases.ts";
import { stressesOf } from "../outcome/stress.ts";
import { whatIfOf } from "../outcome/what-if.ts";
import { worthAlone, worthOf } from "../outcome/worth.ts";
import { boundsFinding, shapeBoundsOf } from "../outcome/shape-bounds.ts";
import { ownedNowUsdPerHour } from "../portfolio/aws-rule.ts";
import type { Answer } from "../portfolio/answer.ts";
import { answerOf, type Choice } from "../portfolio/candidates.ts";
import type { Outcome } from "../problem/evaluation.ts";
import type { PurchaseProblem } from "../problem/problem.ts";
import type { PurchaseInputs } from "../problem/inputs.ts";
import { alternativeFor, comparedWith, leastSure, offeringsAlone } from "./alternatives.ts";
import { reasonFor } from "./no-purchase-reason.ts";
import { statedOptions } from "./options.ts";
import { answerCertificate, overTimeOf, policyOf } from "./policy-figures.ts";

const ADVICE = "sageplan/recommendation/2";

export interface SummaryOptions extends Allowed {
  schema: Recommendation["schema"];
  /** What the document is about, and how near the best it is proven to be. */
  subject: Outcome;
  certificate: Certificate;
  /** Null in a simulation. */
  headroom: Headroom | null;
}

export interface DocumentOptions extends SummaryOptions {
  options: Record<string, unknown>;
  /** Tranches; without it no ladder. */
  ladder: number | undefined;
  /** AWS's own recommendation, held against the subject. */
  compared?: { comparison: Comparison; input: InputFile } | null | undefined;
}

/** Fields that are the same in a summary and in the whole. */
type Common = Omit<Summary, "overTime" | "alternatives" | "headroom" | "findings">;

function commonOf(
  inputs: PurchaseInputs,
  problem: PurchaseProblem,
  answer: Answer,
  { schema, subject, certificate, term, payment }: SummaryOptions,
): Common {
  const { billing, spend, rates, history } = inputs;
  const { objective, span, scenarios, pastRepeats, isSampled } = problem;
  const isAdvice = schema === ADVICE;
  return {
    schema,
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
    elsewhere: isAdvice ? elsewhereOf(answer) : [],
    commitmentStandardErrorShare: isAdvice ? commitmentErrorShare(problem, subject) : null,
    worth: worthOf(problem, subject, answer),
    reason: isAdvice ? reasonFor(problem, answer, currencySign(billing)) : "",
    expected: expectedOf(problem, subject),
    risk: riskFigures(problem, subject),
    bounds: shapeBoundsOf(problem, spend.granularityHours, subject.portfolio),
    certificate,
  };
}

/** `riskNeutral`: what is bought where only the mean counts; null: not searched. */
function findingsOf(
  inputs: PurchaseInputs,
  problem: PurchaseProblem,
  answer: Answer,
  { schema, subject }: SummaryOptions,
  { bounds }: Common,
  riskNeutral: Outcome | null,
): Finding[] {
  const sign = currencySign(inputs.billing);
  const isAdvice = schema === ADVICE;
  const beside = besideMedianRule(problem, answer, riskNeutral);
  return [
    ...answerFindings(inputs, problem, subject.portfolio, answer.bestSingle),
    ...(isAdvice && problem.isSampled ? medianRuleFindings(beside, sign) : []),
    ...(bounds === null ? [] : [boundsFinding(bounds, sign)]),
    ...dataFindings(inputs),
  ];
}

/** The document without what stands in the details alone: the same fields with the same figures. */
export function summaryOf(
  inputs: PurchaseInputs,
  problem: PurchaseProblem,
  answer: Answer,
  asked: SummaryOptions,
): Summary {
  const common = commonOf(inputs, problem, answer, asked);
  return {
    ...common,
    overTime: answer.overTime && policyOf(problem, answer.overTime),
    alternatives: [...comparedWith(problem, answer), ...offeringsAlone(problem, answer, answer.alone)],
    headroom: asked.headroom,
    findings: findingsOf(inputs, problem, answer, asked, common, null),
  };
}

const MEDIAN_RULE = "the median of AWS's rule over 1 to 30 days, eased";

export function documentOf(
  inputs: PurchaseInputs,
  problem: PurchaseProblem,
  choice: Choice,
  asked: DocumentOptions,
): Recommendation {
  const { subject, options, ladder, compared, headroom } = asked;
  const { negotiatedDiscount } = problem;
  const { billing } = inputs;
  const { overTime, besidePolicy, bestOnAverage, byMedianRule } = choice;
  const common = commonOf(inputs, problem, choice, asked);
  const { schema, ...rest } = common;
  return {
    // First in the file: what it is, and what it was made of.
    schema,
    provenance: provenanceOf(billing, [inputs.futuresInput, compared?.input ?? null], options),
    ...rest,
    curve: curveOf(problem, subject.portfolio, choice.bestSingle),
    frontier: choice.frontier.map((point) => frontierPoint(problem, point)),
    information: {
      evpiUsd: choice.information.evpiUsd * (1 - negotiatedDiscount),
      vssUsd: choice.information.vssUsd * (1 - negotiatedDiscount),
    },
    overTime: overTime && besidePolicy && overTimeOf(problem, overTime, besidePolicy),
    alternatives: [
      ...comparedWith(problem, choice, [
        alternativeFor(problem, "median-rule", MEDIAN_RULE, byMedianRule, { ratesOf: choice.bestSingle }),
      ]),
      alternativeFor(problem, "risk-neutral", "the risk-neutral answer", bestOnAverage, {
        ratesOf: leastSure(problem, choice, bestOnAverage),
      }),
      ...offeringsAlone(problem, choice, new Map(choice.singles.entries())),
    ],
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
    findings: findingsOf(inputs, problem, choice, asked, common, bestOnAverage),
  };
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

const elsewhereOf = ({ elsewhere }: Answer): ElsewherePurchase[] =>
  elsewhere.flatMap(({ problem, outcome }) =>
    purchasesOf(outcome.portfolio, problem).map((purchase) => ({
      ...purchase,
      worth: worthAlone(problem, outcome),
    })),
  );

const besideMedianRule = (
  problem: PurchaseProblem,
  answer: Answer,
  riskNeutral: Outcome | null,
): MedianRuleFigures => ({
  ownedUsd: ownedNowUsdPerHour(problem),
  ruleUsd: totalUsdPerHour(answer.medianRule),
  answerUsd: totalUsdPerHour(answerOf(answer).portfolio),
  riskNeutralUsd: riskNeutral && totalUsdPerHour(riskNeutral.portfolio),
});

/** A document with what the workbook, the page and hourly.csv need beside it. */
export const recommendedOf = (
  problem: PurchaseProblem,
  { bestSingle }: Choice,
  portfolio: Portfolio,
  recommendation: Recommendation,
): Recommended => ({
  recommendation,
  hourlyUse: hourlyUseOf(problem, portfolio),
  whatIf: whatIfOf(problem, portfolio),
  commitmentTable: () => commitmentTableOf(problem, portfolio, bestSingle, commitmentsOf(recommendation)),
});

/** Where the curve has its points. */
const commitmentsOf = ({ curve }: Recommendation): number[] =>
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
    ...adviceOptions(problem, choice, allowed, headroom),
    compared,
    options: statedOptions(options),
    ladder: options.ladder,
  });

export const adviceSummary = (
  inputs: PurchaseInputs,
  problem: PurchaseProblem,
  answer: Answer,
  allowed: Allowed,
  headroom: Headroom | null,
): Summary => summaryOf(inputs, problem, answer, adviceOptions(problem, answer, allowed, headroom));

const adviceOptions = (
  problem: PurchaseProblem,
  answer: Answer,
  { term, payment }: Allowed,
  headroom: Headroom | null,
): SummaryOptions => ({
  term,
  payment,
  schema: ADVICE,
  subject: answerOf(answer),
  certificate: answerCertificate(problem, answer),
  headroom,
});
