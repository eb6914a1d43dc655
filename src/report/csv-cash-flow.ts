/** Cash by month, one line for each month of each purchase. */
import type { Recommendation } from "../domain/recommendation.ts";
import { illustrativeShareOf, isSimulation, purchasesText } from "./answer.ts";
import { money, share, text, whole } from "./csv-columns.ts";
import { csvText } from "./csv-format.ts";

export const cashFlowCsv = (r: Recommendation): string =>
  csvText(
    [
      text("kind"),
      text("label"),
      text("purchases"),
      whole("month"),
      money("cash_usd"),
      money("on_demand_avoided_usd"),
      money("net_usd"),
      money("cumulative_usd"),
      whole("hours_in_futures"),
      money("term_undiscounted_usd"),
      money("term_net_present_value_usd"),
      share("discount_rate"),
      share("illustrative_rate_share"),
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
