import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { hasRisk, isSimulation } from "./answer.ts";
import { count, decimal, instant, percent } from "./format.ts";
import { moneyIn } from "./money.ts";
import { proof } from "./proof.ts";
import { texts, type SectionPart } from "./section.ts";

export const spanText = (from: string, to: string): string => `${instant(from)} to ${instant(to)} UTC`;

/** History, what was left out, what more knowledge would be worth, and the proof. */
export function restsOn(r: Recommendation): SectionPart[] {
  const { history } = r;
  const { cents } = moneyIn(r);
  return [
    {
      kind: "rows",
      rows: [
        ["SageMaker, On-Demand equivalent", cents(history.onDemandUsd), ""],
        ["  eligible", cents(history.eligibleUsd), "counted"],
        ["  ineligible", cents(history.ineligibleUsd), "left out"],
        ["  unconfirmed", cents(history.unconfirmedUsd), "left out: AWS does not say"],
      ],
    },
    ...texts(historyText(r), futuresText(r), informationText(r), proof(r)),
  ];
}

function historyText({ history, negotiatedDiscount }: Recommendation): string {
  const missing = history.missingHours === 0 ? "none missing" : `${decimal(history.missingHours, 0)} missing`;
  const discount =
    negotiatedDiscount.source === "none"
      ? "none assumed"
      : `${percent(negotiatedDiscount.share)} (${negotiatedDiscount.source === "bill" ? "from the bill" : "from --negotiated-discount"})`;
  return `History: ${spanText(history.from, history.to)}, ${count(history.hours, "hour")}, ${missing}. Negotiated discount: ${discount}.`;
}

/** Under `history` the futures are the history. */
function futuresText({ horizon, provenance }: Recommendation): string {
  if (horizon.futures === "history") return "";
  const each = `${spanText(horizon.from, horizon.to)}, ${count(horizon.hours, "hour")}`;
  if (horizon.futures === "file") return `Scenarios: ${horizon.scenarios}, each ${each}.`;
  const settled =
    horizon.hoursSettled < horizon.hours
      ? ` ${count(horizon.hoursSettled, "hour")} of each, spread evenly, stand for all.`
      : "";
  return `Scenarios: ${horizon.scenarios} sampled (--seed ${provenance.seed}), each ${each}.${settled}`;
}

/** EVPI and VSS in plain words. Both are risk-neutral, so measured from the answer that is. */
function informationText(r: Recommendation): string {
  if (!hasRisk(r)) return "";
  const { evpiUsd, vssUsd } = r.information;
  const { cents } = moneyIn(r);
  const from = r.objective.riskAversion === 0 && !isSimulation(r) ? "this answer" : "the risk-neutral answer";
  return (
    `Measured from ${from}: knowing which scenario comes, before buying, would save ${cents(evpiUsd)} more on average (expected ` +
    `value of perfect information), and no forecast is worth more; buying for the average of the scenarios, as if it were ` +
    `certain, would cost ${cents(vssUsd)} more on average (value of the stochastic solution).`
  );
}
