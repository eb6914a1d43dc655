/** What a reader must know beside the answer: pure functions from what was evaluated to findings. */
import type { Finding } from "../domain/documents/finding.ts";
import { offeringLabel, TERM_HOURS, type Offering } from "../domain/offering.ts";
import { boughtIn, type Portfolio } from "../domain/portfolio.ts";
import { named, totalUsd } from "../history/totals.ts";
import type { PurchaseInputs } from "../problem/inputs.ts";
import type { PurchaseProblem } from "../problem/problem.ts";
import {
  assumedFinding,
  broughtWithoutRate,
  eventFindings,
  futuresFindings,
  futuresRateFindings,
  expectedUsdBySku,
} from "./futures.ts";
import { mergedStartsFindings, ownedPlanFindings } from "./owned-plans.ts";
import { cardFindings, sharingFindings } from "./rates.ts";

/** Fifty-two weeks are a year. */
const NEARLY_ALL = 0.99;

/** Findings about a purchase; `turnedDown` is the offering to speak of when nothing is bought. */
export function answerFindings(
  inputs: PurchaseInputs,
  problem: PurchaseProblem,
  portfolio: Portfolio,
  turnedDown: number,
): Finding[] {
  const largest = portfolio.reduce((best, usd, k) => (usd > portfolio[best]! ? k : best), turnedDown);
  const { offers } = problem;
  const { offering } = offers[largest]!;
  /** What the figures rest on: all that is bought, or what was turned down. */
  const bought = boughtIn(portfolio);
  const restingOn = bought.length > 0 ? bought : [turnedDown];
  const firstRates = offers[restingOn[0]!]!.rates;
  return [
    ...rateFindings(inputs, problem, restingOn),
    ...pastFindings(problem, offering, portfolio[largest]! > 0),
    ...spanFindings(inputs, problem, offering),
    ...historyFindings(inputs),
    ...sharingFindings(inputs, problem),
    ...mergedStartsFindings(problem),
    ...restingOn.flatMap((k) => cardFindings(inputs, offers[k]!.rates)).slice(0, 1),
    ...futuresRateFindings(inputs, problem.scenarios, firstRates),
    ...ownedPlanFindings(inputs, problem, offering),
    ...futuresFindings(inputs, problem, portfolio),
    ...broughtWithoutRate(inputs, firstRates),
  ];
}

/** Usage whose rate is illustrative or missing, under the offerings that the figures rest on. */
function rateFindings(
  inputs: PurchaseInputs,
  { offers, scenarios }: PurchaseProblem,
  restingOn: readonly number[],
): Finding[] {
  const { spend, eligibility } = inputs;
  const sources = restingOn.map((k) => offers[k]!.rates.source);
  const usd = expectedUsdBySku(inputs, scenarios);
  const usdWhere = (fits: (sku: number) => boolean): number =>
    spend.skus.reduce((sum, _, n) => sum + (eligibility[n]!.eligible === "yes" && fits(n) ? usd[n]! : 0), 0);
  const illustrativeUsd = usdWhere((n) => sources.some((source) => source[n] === "illustrative"));
  const findings: Finding[] = [];
  if (illustrativeUsd > 0) {
    findings.push({
      code: "illustrative-rates",
      message:
        "ILLUSTRATIVE RATES: for this much of the spend no Savings Plans rate was given or seen in the bill, so rates shipped with " +
        "sageplan were used. They are not AWS's. Do not buy on them: pass --rates with what `sageplan pull rates` writes, or " +
        "`sageplan pull price-list` (AWS's price list, no credentials).",
      usd: illustrativeUsd,
      source: "shipped illustrative card",
    });
  }
  const unrated = spend.skus.flatMap((_, n) =>
    eligibility[n]!.eligible === "yes" && sources.some((source) => source[n] === null) && usd[n]! > 0
      ? [n]
      : [],
  );
  if (unrated.length > 0) {
    const without = restingOn.find((_, place) => sources[place]![unrated[0]!] === null)!;
    findings.push({
      code: "missing-rate",
      message:
        `${named(spend, unrated)}: eligible, but there is no rate for it under ${offeringLabel(offers[without]!.offering)}: it stays On-Demand ` +
        `in every figure. Add its rows to the rate card${inputs.futuresSpend ? ", and its operation and usage_hours to the scenarios" : ""}.`,
      usd: totalUsd(usd, unrated),
      source: spend.skus[unrated[0]!]!.usageType,
    });
  }
  return findings;
}

/** What it means that the past is taken to repeat. */
function pastFindings({ pastRepeats }: PurchaseProblem, { term }: Offering, isBought: boolean): Finding[] {
  if (!pastRepeats) return [];
  const repeats: Finding = {
    code: "past-repeats",
    message:
      "The past is taken to repeat exactly over the whole term, which is AWS's own assumption too. The figures measure the past; " +
      "they say nothing of the risk that usage falls, moves or is priced lower.",
    usd: 0,
    source: "--futures history",
  };
  if (!isBought || term !== "3yr") return [repeats];
  return [
    repeats,
    {
      code: "three-years-win-on-paper",
      message:
        "A 3-year plan is deeper on every SKU, so with a past that repeats it always wins. It wins in life only if usage holds for " +
        "36 months: a 1-year plan can be decided again after 12.",
      usd: 0,
      source: "",
    },
  ];
}

/** What is assumed of the futures, and spans too short for the promise. */
function spanFindings(
  { history, assumed, events, futuresInput }: PurchaseInputs,
  { pastRepeats, span }: PurchaseProblem,
  { term }: Offering,
): Finding[] {
  const findings = assumed
    ? [assumedFinding(assumed, history.hours), ...eventFindings(events, futuresInput?.path ?? "")]
    : [];
  const termHours = TERM_HOURS[term];
  const promise = (hours: number): string =>
    `${hours} hours (${(hours / 24).toFixed(1)} days) for a commitment of ${termHours} hours`;
  if ((pastRepeats || assumed) && history.hours < 30 * 24) {
    const message = `The history has ${promise(history.hours)}.`;
    findings.push({ code: "short-history", message, usd: 0, source: "" });
  }
  if (!pastRepeats && span.to - span.from < NEARLY_ALL * termHours) {
    const message = `The scenarios span ${promise(span.to - span.from)}: nothing is supposed of what follows, and the figures are of the scenarios' hours only.`;
    findings.push({ code: "short-futures", message, usd: 0, source: "" });
  }
  return findings;
}

/** Hours that lack in the history, and a discount that was applied. */
function historyFindings({ history, discount }: PurchaseInputs): Finding[] {
  const findings: Finding[] = [];
  if (history.missingHours > 0) {
    findings.push({
      code: "missing-hours",
      message: `${history.missingHours} of ${history.hours} hours have no SageMaker usage at all; they count as hours of zero use. If deliveries are missing, add them.`,
      usd: 0,
      source: "",
    });
  }
  if (discount.share > 0) {
    const from =
      discount.source === "bill" ? "the bill's discount rows or net costs" : "--negotiated-discount";
    findings.push({
      code: "negotiated-discount-applied",
      message: `A negotiated discount of ${(discount.share * 100).toFixed(2)} %, from ${from}, was applied to On-Demand and Savings Plans charges alike. Commitments stand before discount.`,
      usd: 0,
      source: "",
    });
  }
  return findings;
}
