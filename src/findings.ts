/** What a reader must know beside the answer: pure functions from what was read and weighed to findings. */
import { groupBy } from "./domain/group.ts";
import { TERM_HOURS, offeringLabel, type Offering } from "./domain/offering.ts";
import type { Finding } from "./domain/finding.ts";
import { isoHour } from "./domain/hour.ts";
import type { HourlySpend } from "./domain/usage.ts";
import type { Billing } from "./ingest/billing.ts";
import type { Eligibility } from "./ingest/eligibility.ts";
import type { Scene } from "./scene.ts";
import type { Weighed } from "./weigh.ts";

/** On-Demand dollars per SKU over the whole data. */
export function usdBySku(spend: HourlySpend): Float64Array {
  const usd = new Float64Array(spend.skus.length);
  for (let row = 0; row < spend.item.length; row++) {
    usd[spend.items[spend.item[row]!]!.sku]! += spend.onDemandUsd[row]!;
  }
  return usd;
}

/** Findings about the data itself, the same for every verb. */
export function dataFindings({
  billing,
  spend,
  eligibility,
  agreements,
}: Pick<Scene, "billing" | "spend" | "eligibility" | "agreements">): Finding[] {
  return [
    ...billing.findings,
    ...unconfirmedFindings(spend, eligibility),
    ...unknownPlanFindings(spend),
    ...changedRateFindings(spend),
    ...agreements
      .filter(({ passed }) => !passed)
      .map(({ check, differenceUsd, worstUsd, toleranceUsd }) => ({
        code: "bill-disagrees",
        message:
          `AWS's rows do not agree: ${check}. Worst difference $${worstUsd.toFixed(6)}, more than $${toleranceUsd}. ` +
          "Restated rows, another sharing setting, or plans and rates that these exports do not show can be the cause.",
        usd: differenceUsd,
        source: "",
      })),
  ];
}

function unconfirmedFindings(spend: HourlySpend, eligibility: readonly Eligibility[]): Finding[] {
  const usd = usdBySku(spend);
  const open = spend.skus.flatMap((_, n) =>
    eligibility[n]!.eligible === "unconfirmed" && usd[n]! > 0 ? [n] : [],
  );
  return [...groupBy(open, (n) => eligibility[n]!.reason)].map(([reason, skus]) => ({
    code: "unconfirmed-eligibility",
    message:
      `Whether Savings Plans cover ${reason} is not confirmed by AWS's pages, so ${named(spend, skus)} was left out. ` +
      "A rate card that holds a row for it settles the question.",
    usd: totalUsd(usd, skus),
    source: spend.skus[skus[0]!]!.usageType,
  }));
}

const totalUsd = (usd: Float64Array, skus: readonly number[]): number =>
  skus.reduce((sum, n) => sum + usd[n]!, 0);

/** `USE1-Host:ml.m5.xlarge and 3 more` */
const named = ({ skus }: HourlySpend, indices: readonly number[]): string =>
  skus[indices[0]!]!.usageType + (indices.length > 1 ? ` and ${indices.length - 1} more` : "");

function unknownPlanFindings(spend: HourlySpend): Finding[] {
  const usd = spend.coveredByUnknownUsd.reduce((sum, covered) => sum + covered, 0);
  if (usd === 0) return [];
  return [
    {
      code: "covered-by-unknown-plans",
      message:
        "Part of the usage is covered by Savings Plans whose commitment these exports do not show (the buying account's export " +
        "holds the fees). It is left to those plans: no new plan is sized for it. Pass --owned to name them.",
      usd,
      source: "",
    },
  ];
}

/** A rate that moved by more than this share within the history is a price change, not rounding. */
const RATE_CHANGE = 0.005;

function changedRateFindings(spend: HourlySpend): Finding[] {
  const lowest = new Float64Array(spend.skus.length).fill(Infinity);
  const highest = new Float64Array(spend.skus.length);
  for (let row = 0; row < spend.item.length; row++) {
    if (!(spend.usageHours[row]! > 0.01)) continue;
    const { sku } = spend.items[spend.item[row]!]!;
    const rate = spend.onDemandUsd[row]! / spend.usageHours[row]!;
    lowest[sku] = Math.min(lowest[sku]!, rate);
    highest[sku] = Math.max(highest[sku]!, rate);
  }
  const changed = spend.skus.flatMap(({ instanceType }, n) =>
    instanceType !== "" && highest[n]! > lowest[n]! * (1 + RATE_CHANGE) ? [n] : [],
  );
  if (changed.length === 0) return [];
  const first = changed[0]!;
  return [
    {
      code: "on-demand-rate-changed",
      message:
        `The On-Demand rate of ${named(spend, changed)} changed within this history (first: between $${lowest[first]!.toFixed(4)} and ` +
        `$${highest[first]!.toFixed(4)} an hour); the average was used for its saving %. If the price was cut, look at the time ` +
        "after the cut only (--from).",
      usd: totalUsd(usdBySku(spend), changed),
      source: spend.skus[first]!.usageType,
    },
  ];
}

/** Findings about the answer. */
export function answerFindings(
  { billing, spend, eligibility, history, discount }: Scene,
  { offering, candidate, commitmentUsdPerHour }: Weighed,
): Finding[] {
  const { source } = candidate.rates;
  const usd = usdBySku(spend);
  const usdWhere = (fits: (sku: number) => boolean): number =>
    spend.skus.reduce((sum, _, n) => sum + (eligibility[n]!.eligible === "yes" && fits(n) ? usd[n]! : 0), 0);
  const illustrativeUsd = usdWhere((n) => source[n] === "illustrative");
  const findings: Finding[] = [];
  if (illustrativeUsd > 0) {
    findings.push({
      code: "illustrative-rates",
      message:
        "ILLUSTRATIVE RATES: for this much of the spend no Savings Plans rate was given or seen in the bill, so rates shipped with " +
        "sageplan were used. They are not AWS's. Do not buy on them: pass --rates with the JSON of `aws savingsplans " +
        "describe-savings-plans-offering-rates` or AWS's price list.",
      usd: illustrativeUsd,
      source: "shipped illustrative card",
    });
  }
  const unrated = spend.skus.flatMap((_, n) =>
    eligibility[n]!.eligible === "yes" && source[n] === null && usd[n]! > 0 ? [n] : [],
  );
  if (unrated.length > 0) {
    findings.push({
      code: "missing-rate",
      message:
        `${named(spend, unrated)}: eligible, but there is no rate for it under ${offeringLabel(offering)}: it stays On-Demand ` +
        "in every figure. Add its rows to the rate card.",
      usd: totalUsd(usd, unrated),
      source: spend.skus[unrated[0]!]!.usageType,
    });
  }
  findings.push({
    code: "past-repeats",
    message:
      "The past is taken to repeat exactly over the whole term, which is AWS's own assumption too. The figures measure the past; " +
      "they say nothing of the risk that usage falls, moves or is priced lower.",
    usd: 0,
    source: "--futures history",
  });
  if (commitmentUsdPerHour > 0 && offering.term === "3yr") {
    findings.push({
      code: "three-years-win-on-paper",
      message:
        "A 3-year plan is deeper on every SKU, so with a past that repeats it always wins. It wins in life only if usage holds for " +
        "36 months: a 1-year plan can be decided again after 12.",
      usd: 0,
      source: "",
    });
  }
  if (history.hours < 30 * 24) {
    findings.push({
      code: "short-history",
      message: `The history has ${history.hours} hours (${(history.hours / 24).toFixed(1)} days) for a promise of ${TERM_HOURS[offering.term]} hours.`,
      usd: 0,
      source: "",
    });
  }
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
  return [...findings, ...expiryFindings(billing, spend, offering)];
}

function expiryFindings(billing: Billing, spend: HourlySpend, offering: Offering): Finding[] {
  const now = spend.from + spend.hourCount;
  return billing.ownedPlans.flatMap(({ arn, end, commitmentUsdPerHour }) => {
    if (end === null) {
      return [
        {
          code: "expiry-unknown",
          message: `The export does not say when the plan ${arn} ends; it is taken to last. Pass --owned to say so.`,
          usd: 0,
          source: arn,
        },
      ];
    }
    if (end <= now || end > now + TERM_HOURS[offering.term]) return [];
    return [
      {
        code: "plan-expires",
        message: `The plan ${arn} of $${commitmentUsdPerHour}/h expires on ${isoHour(end)}, within the new term. The answer is for the time while it lasts: look again before that day.`,
        usd: 0,
        source: arn,
      },
    ];
  });
}
