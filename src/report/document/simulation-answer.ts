/** The answer of a simulation, in sentences. */
import type { Alternative } from "../../domain/documents/outcome.ts";
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { alternativeOf, hasRisk, purchasesText, samePurchases, tailName } from "./answer.ts";
import type { AnswerText } from "./caveats.ts";
import { clean } from "./clean.ts";
import { moneyIn, type Money } from "./money.ts";
import { withinText } from "./proof.ts";
import { unboughtText, worthText } from "./worth.ts";

export function simulationAnswer(r: Recommendation): AnswerText {
  const { purchases, reason } = r;
  const best = alternativeOf(r, "answer");
  return {
    headline: [`Your commitments: ${purchasesText(purchases, moneyIn(r))}`],
    sentences: [
      clean(reason),
      purchases.length === 0 ? unboughtText(r) : worthText(r, "They", ["would save", "would lose"]),
      best ? bestText(r, best) : "",
    ],
  };
}

/** The best found held against the user's own; a better worst case may cost some of the mean. */
function bestText(r: Recommendation, best: Alternative): string {
  const money = moneyIn(r);
  if (samePurchases(best.purchases, r.purchases))
    return r.overTime
      ? "recommend buys the same now, and decides again later."
      : "No better purchase was found: recommend says the same.";
  if (r.overTime) {
    return (
      `recommend buys ${purchasesText(best.purchases, money)} now and decides again later: that saves ` +
      `${money.cents(r.overTime.policy.netSavingsUsd)} on average. ${withinText(r, " than yours")} if nothing follows it.`
    );
  }
  const saves = differenceText(best.expected.netSavingsUsd - r.expected.netSavingsUsd, money);
  const mean = `The best found is ${purchasesText(best.purchases, money)}: it saves ${saves}${hasRisk(r) ? " on average" : ""}`;
  const worst = hasRisk(r)
    ? `, and ${differenceText(r.risk.cvarLossUsd - best.risk.cvarLossUsd, money)} in the ${tailName(r.risk.tail)} of the scenarios`
    : "";
  return `${mean}${worst}. ${withinText(r, " than yours")}.`;
}

/** What the best saves beyond the user's own. */
function differenceText(usdMore: number, { cents }: Money): string {
  if (Math.abs(usdMore) < 0.005) return "as much";
  return `${cents(Math.abs(usdMore))} ${usdMore > 0 ? "more" : "less"}`;
}
