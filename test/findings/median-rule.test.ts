import { describe, expect, test } from "vitest";
import { easedMedian } from "../../src/domain/eased-median.ts";
import { medianRuleFindings } from "../../src/findings/median-rule.ts";

describe("the answer beside the median rule", () => {
  const found = { ownedUsd: 10, ruleUsd: 2, answerUsd: 0, riskNeutralUsd: 0.5 };

  test("nothing is said where they agree to 15 % of what the rule would own", () => {
    expect(medianRuleFindings({ ...found, answerUsd: 0.25 }, "$")).toEqual([]);
    expect(medianRuleFindings({ ownedUsd: 0, ruleUsd: 0, answerUsd: 0, riskNeutralUsd: 0 }, "$")).toEqual([]);
  });

  test("by how much they differ, and why, in parts that add up", () => {
    const [finding] = medianRuleFindings(found, "$");
    expect(finding!.code).toBe("median-rule-differs");
    expect(finding!.message).toContain("$12.00/h after today, this answer $10.00/h (17 % less)");
    expect(finding!.message).toContain("risk aversion −$0.50/h");
    expect(finding!.message).toContain("−$1.50/h");
    expect(
      medianRuleFindings({ ...found, ruleUsd: 0, answerUsd: 2, riskNeutralUsd: 2 }, "$")[0]!.message,
    ).toContain("20 % more");
  });

  test("the rule is the median of five lookbacks, eased where the last day is low", () => {
    const best: Record<number, number> = { 1: 4, 3: 9, 7: 8, 14: 10, 30: 12 };
    expect(easedMedian((days) => best[days]!)).toBeCloseTo(9 * (4 / 9) ** 0.35, 12);
    expect(easedMedian((days) => (days === 1 ? 99 : best[days]!))).toBe(10);
    expect(easedMedian(() => 0)).toBe(0);
  });
});
