/** Cash by month, one line for each month of each purchase. */
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { illustrativeShareOf, isSimulation, purchasesText } from "../document/answer.ts";
import { dictionaryColumn as column } from "../document/dictionary.ts";
import { csvText } from "./format.ts";

export const cashFlowCsv = (r: Recommendation): string =>
  csvText(
    [
      column("kind"),
      column("label"),
      column("purchases"),
      column("month"),
      column("cash_usd"),
      column("on_demand_avoided_usd"),
      column("net_usd"),
      column("cumulative_usd"),
      column("hours_in_futures"),
      column("term_undiscounted_usd"),
      column("term_net_present_value_usd"),
      column("discount_rate"),
      column("illustrative_rate_share"),
    ],
    r.cashFlow.flatMap((flow) =>
      flow.months.map((each) => [
        flow.kind === "answer" && isSimulation(r) ? "simulated" : flow.kind,
        flow.kind === "answer" && isSimulation(r) ? "your commitments" : flow.label,
        purchasesText(flow.purchases),
        each.month,
        each.cashUsd,
        each.onDemandAvoidedUsd,
        each.netUsd,
        each.cumulativeUsd,
        each.hoursInFutures,
        flow.undiscountedUsd,
        flow.netPresentValueUsd,
        r.objective.discountRate,
        illustrativeShareOf(r, flow.purchases),
      ]),
    ),
  );
