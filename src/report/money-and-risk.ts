import { TERM_HOURS } from "../domain/offering.ts";
import type { Recommendation } from "../domain/recommendation.ts";
import { totalCommitment, totalUpfront } from "./answer.ts";
import { columns, count, decimal, percent, usd, usdPerHour, wrap } from "./format.ts";

/** `  label …… value  note`, values aligned on their right edge. */
export function pairs(rows: readonly (readonly [label: string, value: string, note: string])[]): string[] {
  const labelWidth = Math.max(...rows.map(([label]) => columns(label)));
  const valueWidth = Math.max(...rows.map(([, value]) => columns(value)));
  return rows.map(([label, value, note]) =>
    `  ${label.padEnd(labelWidth)}  ${value.padStart(valueWidth)}  ${note}`.trimEnd(),
  );
}

/** What the same usage costs with and without the purchase. USD over the horizon. */
export function moneyLines(r: Recommendation): string[] {
  const { expected, ownedPlans, purchases } = r;
  const owned = ownedPlans.length > 0;
  const { share } = r.negotiatedDiscount;
  const discounted = share > 0 ? `after ${percent(share)} discount` : "";
  const before = expected.costUsd + expected.netSavingsUsd;
  const promised = purchases.reduce((sum, p) => sum + p.commitmentUsdPerHour * TERM_HOURS[p.term], 0);
  const rows: [string, string, string][] = [
    ["On-Demand equivalent (eligible usage)", usd(expected.onDemandUsd), discounted],
    [owned ? "Cost now, with the plans you own" : "Cost now (no plans owned)", usd(before), ""],
  ];
  if (purchases.length > 0) {
    rows.push(
      ["Cost with this purchase", usd(expected.costUsd), ""],
      ["Net saving", usd(expected.netSavingsUsd), `${percent(expected.savingsRate)} of the cost now`],
    );
  }
  rows.push(["Effective savings rate, all plans", percent(expected.effectiveSavingsRate), "of On-Demand"]);
  if (purchases.length > 0) {
    rows.push(
      ["Cash upfront", usd(totalUpfront(purchases)), ""],
      ["Promised in all", usd(promised), `${usdPerHour(totalCommitment(purchases))}/h for the term`],
    );
  }
  return pairs(rows);
}

/** How much use the purchase needs, and how much it had. */
export function riskLines(r: Recommendation, width: number): string[] {
  const { expected, horizon, risk } = r;
  const cushion = expected.utilization - expected.breakEvenUtilization;
  const month = expected.breakEvenMonth;
  return [
    ...pairs([
      ["Utilization of the purchase", percent(expected.utilization), ""],
      ["Break-even utilization", percent(expected.breakEvenUtilization), "below this it loses money"],
      ["Room before it loses", `${decimal(cushion * 100, 1)} points`, "of utilization"],
      [
        "Hours not fully used",
        decimal(expected.hoursUnderused, 0),
        `of ${count(horizon.hours, "hour")} (${percent(expected.hoursUnderused / horizon.hours)})`,
      ],
      ["Coverage, all plans together", percent(expected.coverage), "of the eligible usage"],
      [
        "Break-even month",
        month === null ? "never" : decimal(month, 0),
        month === null ? "the cash paid is never repaid" : "from then on cash paid is repaid",
      ],
      ["Lock-in", `${decimal(risk.lockInMonths, risk.lockInMonths % 1 === 0 ? 0 : 1)} months`, ""],
    ]),
    ...wrap(
      "A Savings Plan cannot be cancelled or changed during its term, and what an hour leaves unused is lost with the hour.",
      width,
      "  ",
    ),
  ];
}
