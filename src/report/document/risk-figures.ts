/** The figures of risk, a row for each: what it means, and where it shows. */
import type { Risk } from "../../domain/documents/outcome.ts";
import type { FigureSpec } from "./figure.ts";
import { lossChance, worstIs } from "./worth.ts";

const WORST = { loss: "a loss", saving: "a saving even then", unsure: "a saving or a loss: see its error" };

/** In the order of the dictionary. */
export const RISK_FIGURES: Readonly<Record<keyof Risk, FigureSpec>> = {
  lockInMonths: {
    name: "lock_in_months",
    unit: "months",
    meaning: "Months that the purchase binds, weighted by commitment.",
    credit: " (FinOps Foundation: Commitment Lock-In Risk)",
    risk: {
      at: 120,
      label: "Lock-in",
      note: ({ purchases }) => (purchases.length > 1 ? "weighted by commitment" : ""),
    },
    csv: "early",
    sheet: { label: "Lock-in, months" },
  },
  cvarLossUsd: {
    name: "cvar_loss_usd",
    unit: "USD",
    meaning: "Mean loss in the worst 1 − tail of the scenarios; below 0: a saving even then.",
    formula: "CVaR of −net_savings_usd",
    credit: " (Rockafellar and Uryasev)",
    isLoss: true,
    isSpread: true,
    risk: {
      at: 20,
      label: "Net saving, TAIL (mean)",
      note: (r) => WORST[worstIs(r)],
    },
    whatIf: { at: 70, id: "worst", label: "Net saving, TAIL (mean)" },
    alternatives: { at: 20, label: "TAIL" },
    csv: "early",
    sheet: { label: "In the worst scenarios, CURRENCY" },
    summary: {
      called: "NetSavingsWorst",
      label: "Mean net savings in the TAIL of the scenarios",
      note: "average saving in the worst scenarios; below 0: a loss",
    },
  },
  probabilityOfLoss: {
    name: "probability_of_loss",
    unit: "share of 1",
    meaning: "Probability that the new plans cost more than they save.",
    formula: "P(net_savings_usd < 0)",
    isSpread: true,
    risk: { at: 10, label: "Probability of a loss", note: lossChance },
    whatIf: { at: 80, id: "p-loss", label: "Probability of a loss" },
    alternatives: { at: 30, label: "P(loss)" },
    csv: "late",
    sheet: { label: "Probability of loss" },
    summary: { called: "ProbabilityOfLoss", label: "Probability of a loss", note: "" },
  },
  netSavingsUsdP5: {
    name: "net_savings_usd_p5",
    unit: "USD",
    meaning: "One scenario in twenty saves less.",
    formula: "5 % quantile of net_savings_usd",
    isSpread: true,
    risk: { at: 30, label: "Net saving, 5th percentile", note: "1 scenario in 20 is worse" },
    whatIf: { at: 90, id: "p5", label: "Net saving, 5th percentile" },
    csv: "late",
    summary: { called: "NetSavingsP5", label: "Net savings, 5 % of scenarios below", note: "" },
  },
  netSavingsUsdP50: {
    name: "net_savings_usd_p50",
    unit: "USD",
    meaning: "Every second scenario saves less.",
    formula: "median of net_savings_usd",
    isSpread: true,
    risk: { at: 40, label: "Net saving, median", note: "half of the scenarios are worse" },
    whatIf: { at: 100, id: "p50", label: "Net saving, median" },
    csv: "late",
    summary: { called: "NetSavingsP50", label: "Net savings, half of scenarios below", note: "" },
  },
  netSavingsUsdP95: {
    name: "net_savings_usd_p95",
    unit: "USD",
    meaning: "One scenario in twenty saves more.",
    formula: "95 % quantile of net_savings_usd",
    isSpread: true,
    risk: { at: 50, label: "Net saving, 95th percentile", note: "1 scenario in 20 is better" },
    whatIf: { at: 110, id: "p95", label: "Net saving, 95th percentile" },
    csv: "late",
    summary: { called: "NetSavingsP95", label: "Net savings, 95 % of scenarios below", note: "" },
  },
  netSavingsStandardErrorUsd: {
    name: "net_savings_standard_error_usd",
    unit: "USD",
    meaning: "",
    isSpread: true,
    risk: {
      at: 60,
      label: "Standard error of the mean",
      note: "another seed would move the mean by about this",
      when: ({ risk }) => risk.netSavingsStandardErrorUsd !== null,
    },
  },
  netSavingsP5StandardErrorUsd: {
    name: "net_savings_p5_standard_error_usd",
    unit: "USD",
    meaning: "",
    isSpread: true,
    risk: {
      at: 62,
      label: "Standard error of the 5th percentile",
      note: "at most",
      when: ({ risk }) => risk.netSavingsP5StandardErrorUsd !== null,
    },
  },
  cvarStandardErrorUsd: {
    name: "cvar_standard_error_usd",
    unit: "USD",
    meaning: "",
    isSpread: true,
    risk: {
      at: 64,
      label: "Standard error, TAIL",
      note: "at most",
      when: ({ risk }) => risk.cvarStandardErrorUsd !== null,
    },
  },
  tail: {
    name: "tail",
    unit: "share of 1",
    meaning: "Which scenarios count as the worst: the worst 1 − tail.",
    credit: " (--tail)",
  },
};
