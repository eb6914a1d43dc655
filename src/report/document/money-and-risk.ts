import { TERM_HOURS } from "../../domain/offering.ts";
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { hasRisk, subject, tailName, totalCommitment } from "./answer.ts";
import { count, decimal, percent, shareText, usd, usdPerHour } from "./format.ts";

export type NotedRow = readonly [label: string, value: string, note: string];

/** `  label …… value  note`, values aligned on their right edge. */
export function pairs(rows: readonly NotedRow[]): string[] {
  const labelWidth = Math.max(...rows.map(([label]) => label.length));
  const valueWidth = Math.max(...rows.map(([, value]) => value.length));
  return rows.map(([label, value, note]) =>
    `  ${label.padEnd(labelWidth)}  ${value.padStart(valueWidth)}  ${note}`.trimEnd(),
  );
}

/** What the same usage costs with and without the purchase. USD over the horizon. */
export function moneyRows(r: Recommendation): NotedRow[] {
  const { expected, ownedPlans, purchases } = r;
  const past = r.horizon.futures === "history";
  const owned = ownedPlans.length > 0 ? ", with the plans you own" : " (no plans owned)";
  const { share } = r.negotiatedDiscount;
  const discounted = share > 0 ? `after ${percent(share)} discount` : "";
  const before = expected.costUsd + expected.netSavingsUsd;
  const rate: NotedRow = [
    "Effective savings rate, all plans",
    percent(expected.effectiveSavingsRate),
    "of On-Demand",
  ];
  const usage: NotedRow[] = [
    ["On-Demand equivalent (eligible usage)", usd(expected.onDemandUsd), discounted],
    [(past ? "Cost now" : "Cost before") + owned, usd(before), ""],
  ];
  if (purchases.length === 0) return [...usage, rate];
  const promised = purchases.reduce((sum, p) => sum + p.commitmentUsdPerHour * TERM_HOURS[p.term], 0);
  const terms = purchases.length === 1 ? "for the term" : "each for its term";
  return [
    ...usage,
    [`Cost with ${subject(r)}`, usd(expected.costUsd), ""],
    [
      "Net saving",
      usd(expected.netSavingsUsd),
      `${percent(expected.savingsRate)} of the cost ${past ? "now" : "before"}`,
    ],
    ...capitalRows(r),
    rate,
    ["Promised in all", usd(promised), `${usdPerHour(totalCommitment(purchases))}/h ${terms}`],
  ];
}

/** Money paid early is worth more: what that takes from the net saving. */
function capitalRows({ expected, objective }: Recommendation): NotedRow[] {
  if (!(expected.capitalCostUsd > 0)) return [];
  return [
    [
      `Cost of paying early at ${shareText(objective.discountRate)} a year`,
      usd(expected.capitalCostUsd),
      "not in the costs above",
    ],
    ["Net saving after it", usd(expected.netSavingsUsd - expected.capitalCostUsd), ""],
  ];
}

/** How the saving spreads over the futures, how much use the purchase needs, and how much it has. */
export function riskRows(r: Recommendation): NotedRow[] {
  const { expected, horizon, risk, purchases } = r;
  const cushion = expected.utilization - expected.breakEvenUtilization;
  const average = hasRisk(r) ? "on average" : "";
  const whose = subject(r).replace(/^this purchase$/, "the purchase");
  return [
    ...spreadRows(r),
    [`Utilization of ${whose}`, percent(expected.utilization), average],
    ["Break-even utilization", percent(expected.breakEvenUtilization), "below this it loses money"],
    ["Room before it loses", `${decimal(cushion * 100, 1)} points`, "of utilization"],
    [
      hasRisk(r) ? "Hours not fully used (mean)" : "Hours not fully used",
      decimal(expected.hoursUnderused, 0),
      `of ${count(horizon.hours, "hour")} (${percent(expected.hoursUnderused / horizon.hours)})`,
    ],
    ["Coverage, all plans together", percent(expected.coverage), "of the eligible usage"],
    [
      "Lock-in",
      `${decimal(risk.lockInMonths, 1).replace(/\.0$/, "")} months`,
      purchases.length > 1 ? "weighted by commitment" : "",
    ],
  ];
}

export const BINDING_NOTE =
  "A Savings Plan cannot be cancelled or changed during its term, and what an hour leaves unused is lost with the hour.";

const sampleRow = (scenarios: number, standardErrorUsd: number): NotedRow => [
  "Standard error of the mean",
  usd(standardErrorUsd),
  `other samples of ${scenarios} futures differ by about this`,
];

function spreadRows(r: Recommendation): NotedRow[] {
  if (!hasRisk(r)) return [];
  const { risk } = r;
  return [
    ["Probability of a loss", percent(risk.probabilityOfLoss), "of a net saving below zero"],
    [
      `Net saving, ${tailName(risk.tail)} (mean)`,
      usd(-risk.cvarLossUsd),
      risk.cvarLossUsd > 0 ? "a loss" : "a saving even then",
    ],
    ["Net saving, 5th percentile", usd(risk.netSavingsUsdP5), "1 future in 20 is worse"],
    ["Net saving, median", usd(risk.netSavingsUsdP50), "half of the futures are worse"],
    ["Net saving, 95th percentile", usd(risk.netSavingsUsdP95), "1 future in 20 is better"],
    ...(risk.netSavingsStandardErrorUsd === null
      ? []
      : [sampleRow(r.horizon.scenarios, risk.netSavingsStandardErrorUsd)]),
  ];
}
