/** Cash by month, one line for each month of each purchase. */
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { illustrativeShareOf, isSimulation, purchasesText } from "../document/answer.ts";
import { moneyIn } from "../document/money.ts";
import { dictionaryColumn as column } from "../document/dictionary.ts";
import { csvOf } from "./format.ts";

export function cashFlowCsv(r: Recommendation): string {
  const isOwn = (kind: string): boolean => kind === "answer" && isSimulation(r);
  return csvOf(
    [
      [column("kind"), ({ flow: { kind } }) => (isOwn(kind) ? "simulated" : kind)],
      [column("label"), ({ flow: { kind, label } }) => (isOwn(kind) ? "your commitments" : label)],
      [column("purchases"), ({ flow }) => purchasesText(flow.purchases, moneyIn(r))],
      [column("month"), ({ month }) => month],
      [column("cash_usd"), ({ cashUsd }) => cashUsd],
      [column("on_demand_avoided_usd"), ({ onDemandAvoidedUsd }) => onDemandAvoidedUsd],
      [column("net_usd"), ({ netUsd }) => netUsd],
      [column("cumulative_usd"), ({ cumulativeUsd }) => cumulativeUsd],
      [column("hours_in_futures"), ({ hoursInFutures }) => hoursInFutures],
      [column("term_undiscounted_usd"), ({ flow }) => flow.undiscountedUsd],
      [column("term_net_present_value_usd"), ({ flow }) => flow.netPresentValueUsd],
      [column("discount_rate"), () => r.objective.discountRate],
      [column("illustrative_rate_share"), ({ flow }) => illustrativeShareOf(r, flow.purchases)],
    ],
    r.cashFlow.flatMap((flow) => flow.months.map((each) => ({ ...each, flow }))),
  );
}
