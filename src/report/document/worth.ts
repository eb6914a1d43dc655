/** What buying or not buying is worth, in sentences. */
import type { Summary } from "../../domain/summary.ts";
import { hasRisk, perMonth, tailName } from "./answer.ts";
import { chanceInWords, count, percent } from "./format.ts";
import { moneyIn } from "./money.ts";
import { spanText } from "./rests-on.ts";

const onAverage = (r: Summary): string => (hasRisk(r) ? " on average" : "");

const cost = (r: Summary): string => (r.horizon.futures === "history" ? "cost" : "would cost");

/** Over which hours and futures money is stated. */
function whereText(r: Summary): string {
  const { from, to, hours, scenarios } = r.horizon;
  return `${count(hours, "hour")}${hasRisk(r) ? ` in ${scenarios} scenarios` : ""} (${spanText(from, to)})`;
}

/** A verb for a saving, one for a loss. */
type Verbs = readonly [saves: string, loses: string];

/** `It` `saves` …; with many futures also how it can end. */
export function worthText(r: Summary, who: string, verbs: Verbs): string {
  const { netSavingsUsd, savingsRate } = r.expected;
  const { cents } = moneyIn(r);
  const inThePast: Verbs = ["would have saved", "would have lost"];
  const [saves, loses] = r.horizon.futures === "history" ? inThePast : verbs;
  const worth =
    `${who} ${netSavingsUsd < 0 ? loses : saves} ${cents(Math.abs(netSavingsUsd))}${onAverage(r)} over ${whereText(r)}: ` +
    `${cents(perMonth(Math.abs(netSavingsUsd), r.horizon.hours))} a month, ${percent(Math.abs(savingsRate))} of what eligible ` +
    `SageMaker usage ${cost(r)}.`;
  return hasRisk(r) ? `${worth} ${worstText(r)}` : worth;
}

/** `unlikely (4 of 200 futures)` */
export const lossChance = ({ risk, horizon }: Summary): string =>
  chanceInWords(risk.probabilityOfLoss, horizon.scenarios, horizon.futures === "bootstrap");

/** Two standard errors: what another sample rarely goes beyond. */
const SURE = 2;

/** What the mean of the worst scenarios is, its own error counted: a sampled saving within the error may be a loss. */
export function worstIs({ risk }: Summary): "saving" | "loss" | "unsure" {
  const { cvarLossUsd, cvarStandardErrorUsd } = risk;
  if (Math.abs(cvarLossUsd) < SURE * (cvarStandardErrorUsd ?? 0)) return "unsure";
  return cvarLossUsd > 0 ? "loss" : "saving";
}

function worstText(r: Summary): string {
  const { risk } = r;
  const what = risk.cvarLossUsd > 0 ? "loss" : "saving";
  const { cents } = moneyIn(r);
  return (
    `From the 5th to the 95th percentile: ${cents(risk.netSavingsUsdP5)} to ${cents(risk.netSavingsUsdP95)}. A loss is ${lossChance(r)}; ` +
    `the mean ${what} in the ${tailName(risk.tail)} of the scenarios is ${cents(Math.abs(risk.cvarLossUsd))}.`
  );
}

/** What the usage costs when nothing is bought. */
export function unboughtText(r: Summary): string {
  const before = r.expected.costUsd + r.expected.netSavingsUsd;
  return `Eligible SageMaker usage ${cost(r)} ${moneyIn(r).cents(before)}${onAverage(r)} over ${whereText(r)}.`;
}
