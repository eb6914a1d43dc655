/** The answer beside the median rule, which does as well on real demand: where they differ by much, a reader must know why. */
import type { Finding } from "../domain/documents/finding.ts";
import { isFarFromMedianRule, type BesideMedianRule } from "../domain/eased-median.ts";

export interface MedianRuleFigures extends BesideMedianRule {
  /** What would be bought if only the mean counted; null: not known, and the message then says less. */
  riskNeutralUsd: number | null;
}

export function medianRuleFindings(beside: MedianRuleFigures, sign: string): Finding[] {
  const { ownedUsd, ruleUsd, answerUsd, riskNeutralUsd } = beside;
  if (!isFarFromMedianRule(beside)) return [];
  const [rule, answer] = [ownedUsd + ruleUsd, ownedUsd + answerUsd];
  const difference = answer - rule;
  const perHour = (usd: number): string => `${sign}${Math.abs(usd).toFixed(2)}/h`;
  const change = (usd: number): string => `${usd < 0 ? "−" : "+"}${perHour(usd)}`;
  const ofRisk = riskNeutralUsd === null ? null : answerUsd - riskNeutralUsd;
  const share =
    rule > 0
      ? ` (${((100 * Math.abs(difference)) / rule).toFixed(0)} % ${difference < 0 ? "less" : "more"})`
      : "";
  return [
    {
      code: "median-rule-differs",
      message:
        `The median rule (the median of AWS's rule over the last 1, 3, 7, 14 and 30 days, less where the last day is low) would own ` +
        `${perHour(rule)} after today, this answer ${perHour(answer)}${share}.` +
        (ofRisk === null
          ? ""
          : ` Why: risk aversion ${change(ofRisk)}; what the scenarios hold likely and the last month does not show (usage that moves or ends, plans that end, purchases that can wait) ` +
            `${change(difference - ofRisk)}. On real demand neither did better throughout.`),
      usd: 0,
      source: "",
    },
  ];
}
