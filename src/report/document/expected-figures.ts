/** The figures of expected money and use, a row for each: what it means, and where it shows. */
import type { Expected } from "../../domain/documents/outcome.ts";
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { hasRisk, subject } from "./answer.ts";
import { SETTLED } from "./dictionary-entry.ts";
import type { FigureSpec } from "./figure.ts";
import { count, percent, shareText } from "./format.ts";

const discounted = ({ negotiatedDiscount: { share } }: Recommendation): string =>
  share > 0 ? `after ${percent(share)} discount` : "";

const ofCostBefore = ({ expected, horizon }: Recommendation): string =>
  `${percent(expected.savingsRate)} of the cost ${horizon.futures === "history" ? "now" : "before"}`;

const ofTheHours = ({ expected, horizon }: Recommendation): string =>
  `of ${count(horizon.hours, "hour")} (${percent(expected.hoursUnderused / horizon.hours)})`;

const buys = ({ purchases }: Recommendation): boolean => purchases.length > 0;

/** In the order of the dictionary. */
export const EXPECTED_FIGURES: Readonly<Record<keyof Expected, FigureSpec>> = {
  onDemandUsd: {
    name: "on_demand_usd",
    unit: "USD",
    meaning:
      "What the eligible usage costs at On-Demand rates with no plan at all, after any negotiated discount. In hourly.csv: of one hour.",
    credit: `; ${SETTLED}`,
    money: { at: 10, label: "On-Demand equivalent (eligible usage)", note: discounted },
    csv: "early",
    summary: {
      called: "OnDemandCost",
      label: "On-Demand cost",
      note: "Eligible usage with no plan at all",
    },
  },
  costUsd: {
    name: "cost_usd",
    unit: "USD",
    meaning:
      "What the eligible usage costs with the owned and the new plans: the commitments, used or not, and what is left On-Demand.",
    formula: "cost with the owned plans alone − net_savings_usd",
    credit: `; ${SETTLED}`,
    money: { at: 30, label: (r) => `Cost with ${subject(r)}`, when: buys },
    whatIf: { at: 30, id: "cost", label: "Cost" },
    csv: "early",
    sheet: { label: "Cost, CURRENCY" },
    summary: {
      called: "Cost",
      label: "Cost with owned and new plans",
      note: "Commitments, used or not, and what is left On-Demand",
    },
  },
  netSavingsUsd: {
    name: "net_savings_usd",
    unit: "USD",
    meaning: "What the new plans save; unused commitment has been taken off.",
    formula: "cost with the owned plans alone − cost_usd",
    credit: `; ${SETTLED}`,
    money: { at: 40, label: "Net saving", note: ofCostBefore, when: buys },
    whatIf: { at: 10, id: "net-saving", label: "Net saving" },
    alternatives: { at: 10, label: "Net saving" },
    offerings: { label: "Net saving", dash: true },
    csv: "early",
    sheet: { label: "Net savings, CURRENCY" },
    summary: {
      called: "NetSavings",
      label: "Net savings",
      note: "Against the owned plans alone; unused commitment is taken off",
    },
  },
  savingsRate: {
    name: "savings_rate",
    unit: "share of 1",
    meaning: "AWS's savings percentage.",
    formula: "net_savings_usd ÷ cost with the owned plans alone",
    credit: " (AWS)",
    whatIf: { at: 20, id: "savings-rate", label: "Net saving, of the cost before" },
    offerings: { label: "Saves", dash: true },
    csv: "early",
    sheet: { label: "Savings rate" },
    summary: {
      called: "SavingsRate",
      label: "Savings rate",
      note: "AWS's savings percentage: of the cost with the owned plans alone",
    },
  },
  effectiveSavingsRate: {
    name: "effective_savings_rate",
    unit: "share of 1",
    meaning: "What all plans together save of the On-Demand cost; unused commitment counts as cost.",
    formula: "(on_demand_usd − cost_usd) ÷ on_demand_usd",
    credit: " (FinOps Foundation)",
    money: { at: 70, label: "Effective savings rate, all plans", note: "of On-Demand" },
    whatIf: { at: 60, id: "esr", label: "Effective savings rate, all plans", digits: 2 },
    csv: "early",
    sheet: { label: "Effective savings rate" },
    summary: {
      called: "EffectiveSavingsRate",
      label: "Effective savings rate",
      note: "Of the On-Demand cost, all plans together (FinOps Foundation)",
    },
  },
  utilization: {
    name: "utilization",
    unit: "share of 1",
    meaning: "How much of the new commitment is used.",
    formula: "used commitment ÷ commitment",
    credit: " (AWS Savings Plans user guide)",
    risk: {
      at: 70,
      label: (r) => `Utilization of ${subject(r).replace(/^this purchase$/, "the purchase")}`,
      note: (r) => (hasRisk(r) ? "on average" : ""),
    },
    whatIf: { at: 40, id: "utilization", label: "Utilization of the purchase", digits: 2 },
    alternatives: { at: 40, label: "Used", dash: true },
    offerings: { label: "Used", dash: true },
    csv: "early",
    sheet: { label: "Utilization" },
    summary: { called: "Utilization", label: "Utilization", note: "Of the new commitment" },
  },
  coverage: {
    name: "coverage",
    unit: "share of 1",
    meaning: "How much of the eligible usage, at On-Demand rates, all plans together cover.",
    formula: "covered On-Demand ÷ on_demand_usd",
    credit: " (AWS Savings Plans user guide)",
    risk: { at: 110, label: "Coverage, all plans together", note: "of the eligible usage" },
    whatIf: { at: 50, id: "coverage", label: "Coverage, all plans together", digits: 2 },
    alternatives: { at: 50, label: "Covers" },
    offerings: { label: "Covers" },
    csv: "early",
    sheet: { label: "Coverage" },
    summary: { called: "Coverage", label: "Coverage", note: "Of the eligible usage, by all plans" },
  },
  hoursUnderused: {
    name: "hours_underused",
    unit: "hours",
    meaning: "Hours of the horizon in which the new commitment is not fully used.",
    credit: `; ${SETTLED}`,
    risk: {
      at: 100,
      label: (r) => (hasRisk(r) ? "Hours not fully used (mean)" : "Hours not fully used"),
      note: ofTheHours,
    },
    whatIf: { at: 120, id: "underused", label: "Hours not fully used" },
    csv: "early",
    summary: {
      called: "HoursUnderused",
      label: "Hours underused",
      note: "Hours in which the new commitment is not fully used",
    },
  },
  breakEvenUtilization: {
    name: "break_even_utilization",
    unit: "share of 1",
    meaning: "Utilization below which the new commitment loses money.",
    formula: "used commitment ÷ On-Demand cost that it avoids",
    risk: { at: 80, label: "Break-even utilization", note: "below this it loses money" },
    whatIf: { at: 130, id: "break-even", label: "Break-even utilization", digits: 2 },
    csv: "early",
    summary: {
      called: "BreakEvenUtilization",
      label: "Break-even utilization",
      note: "Below it the new commitment loses money",
    },
  },
  breakEvenMonth: {
    name: "break_even_month",
    unit: "month",
    meaning:
      "First month of the term at whose end the On-Demand cost avoided has repaid the cash paid; empty: never.",
    formula: "first month with cumulative_usd ≥ 0, if the last is above 0",
    csv: "early",
    sheet: { label: "Break-even month" },
    summary: {
      called: "BreakEvenMonth",
      label: "Break-even month",
      note: "Of the term: what was avoided has repaid what was paid",
    },
  },
  capitalCostUsd: {
    name: "capital_cost_usd",
    unit: "USD",
    meaning: "What paying early costs at the discount rate; not part of cost_usd and net_savings_usd.",
    formula: "commitment × share upfront × (1 ÷ mean discount factor of the term − 1)",
    money: {
      at: 50,
      label: ({ objective }) => `Cost of paying early at ${shareText(objective.discountRate)} a year`,
      note: "not in the costs above",
      when: (r) => buys(r) && r.expected.capitalCostUsd > 0,
    },
    whatIf: { at: 140, id: "capital", label: "Cost of paying early, not in the cost" },
    csv: "late",
    summary: {
      called: "CapitalCost",
      label: "Cost of paying early",
      note: "At the discount rate; not part of cost and savings",
    },
  },
};
