/**
 * The same purchase in monthly tranches: what is bought when, what that costs, what it leaves open,
 * and how to queue it.
 */
import type { Ladder, LadderOutcome } from "../../domain/documents/ladder.ts";
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { hasRisk, illustrativeWarning, offeringName, shortName, tailName } from "./answer.ts";
import { clean } from "./clean.ts";
import {
  count,
  cut,
  decimal,
  instant,
  percent,
  shareText,
  usd,
  usdPerHour,
  usdWhole,
  wrap,
} from "./format.ts";
import { queuedCommand } from "./purchase-command.ts";
import { paint } from "./style.ts";
import type { Style } from "./style.ts";
import { right, table, type Column } from "./table.ts";

export function ladderLines(r: Recommendation, style: Style, width: number): string[] {
  const { ladder } = r;
  if (ladder === null) return [];
  const dimHead = (line: string, row: number): string => (row < 0 ? paint(style, "dim", line) : line);
  return [
    ...wrap(priceText(r, ladder), width, "  "),
    ...fewerNote(ladder, width),
    "",
    ...trancheTable(ladder, width, dimHead),
    "",
    ...waysTable(r, ladder, width, dimHead),
    ...wrap(waysNote(r, ladder), width, "  "),
    "",
    ...stepTable(r, ladder, width, dimHead),
    ...wrap(
      "As each tranche begins. Bound: it cannot be called off any more. Queued: it still can (aws savingsplans " +
        "delete-queued-savings-plan). To pay: what is left of what is bound. Lock-in: its remaining months, weighted by " +
        "commitment; a ladder binds less at first, and for longer. What follows: if the ladder ends there in every future.",
      width,
      "  ",
    ),
    "",
    ...wrap(
      `${illustrativeWarning(r) === null ? "Instead" : "First replace the illustrative rates; then, instead"} of the purchase at once, with the offering ids that the commands below find:`,
      width,
      "  ",
    ),
    ...ladderCommands(ladder).map((line) => `  ${line}`),
  ];
}

/** What a person would run, tranche by tranche. */
export const ladderCommands = ({ tranches }: Ladder): string[] =>
  tranches.flatMap((tranche) => [
    `# tranche ${tranche.number}: ${offeringName(tranche)}${tranche.number === 1 ? ", now" : ""}`,
    ...queuedCommand(tranche),
  ]);

const titled = (text: string): string => text[0]!.toUpperCase() + text.slice(1);

type Painter = (line: string, row: number) => string;

export function priceText(r: Recommendation, { priceUsd, atOnce, asPlanned }: Ladder): string {
  const average = hasRisk(r) ? " on average" : "";
  const saves = `saves ${usd(asPlanned.netSavingsUsd)}${average} over these ${count(r.horizon.hours, "hour")}, ${usd(Math.abs(priceUsd))}`;
  const share = atOnce.netSavingsUsd > 0 ? ` (${percent(Math.abs(priceUsd) / atOnce.netSavingsUsd)})` : "";
  const after = "What its later tranches cost and save after these hours is not counted.";
  return priceUsd < 0
    ? `The ladder ${saves}${share} more than all of it at once: usage does not need all of it from the start, as long as plans that you own cover it or it has yet to grow. ${after}`
    : `The price: the ladder ${saves}${share} less than all of it at once. ${after}`;
}

const fewerNote = ({ asked, steps }: Ladder, width: number): string[] =>
  steps.length < asked
    ? wrap(
        `Of ${asked} tranches asked for there are ${steps.length}: AWS sells no plan below $0.001/h.`,
        width,
        "  ",
      )
    : [];

function trancheTable({ tranches }: Ladder, width: number, painter: Painter): string[] {
  const follows = tranches.some(({ afterPlan }) => afterPlan !== null);
  const head: Column[] = [
    { title: "  Tranche" },
    { title: "Offering" },
    right("$/h"),
    right("Upfront"),
    { title: "From (UTC)" },
    { title: "Until" },
    ...(follows ? [{ title: "After the plan" }] : []),
  ];
  const rows = tranches.map((each) => [
    `  ${each.number}`,
    shortName(each),
    decimal(each.commitmentUsdPerHour, 5),
    usdWhole(each.upfrontUsd),
    instant(each.start),
    instant(each.end),
    ...(follows ? [each.afterPlan === null ? "" : cut(clean(each.afterPlan).split("/").at(-1)!, 9)] : []),
  ]);
  return table(head, rows, width, painter);
}

function waysTable(r: Recommendation, ladder: Ladder, width: number, painter: Painter): string[] {
  const risky = hasRisk(r);
  const ways: [string, LadderOutcome][] = [
    ["All at once", ladder.atOnce],
    ["The ladder, all of it", ladder.asPlanned],
    ...(risky
      ? [["The ladder, called off when usage collapses", ladder.calledOff] as [string, LadderOutcome]]
      : []),
  ];
  const head: Column[] = [
    { title: "  Way" },
    right("Net saving"),
    ...(risky ? [right(titled(tailName(r.risk.tail))), right("P(loss)")] : []),
  ];
  const rows = ways.map(([name, each]) => [
    `  ${name}`,
    usdWhole(each.netSavingsUsd),
    ...(risky ? [usdWhole(-each.cvarLossUsd), percent(each.probabilityOfLoss)] : []),
  ]);
  return table(head, rows, width, painter);
}

const waysNote = (r: Recommendation, { calledOff }: Ladder): string =>
  hasRisk(r)
    ? `Collapsed: usage in the month before a tranche is below ${shareText(calledOff.below)} of the first month's mean, as it is in ` +
      `${percent(calledOff.probability)} of the futures; what is queued then is called off, what is bound stays.`
    : "";

function stepTable(r: Recommendation, { steps }: Ladder, width: number, painter: Painter): string[] {
  const risky = hasRisk(r);
  const months = (value: number): string => decimal(value, 1);
  const head: Column[] = [
    { title: "  Tranche" },
    right("Bound/h"),
    right("Queued/h"),
    right("To pay"),
    right("at once"),
    right("Lock-in"),
    right("at once"),
    right("Saves"),
    ...(risky ? [right(titled(tailName(r.risk.tail))), right("P(loss)")] : []),
  ];
  const rows = steps.map((step) => [
    `  ${step.number}`,
    usdPerHour(step.boundUsdPerHour),
    usdPerHour(step.callableUsdPerHour),
    usdWhole(step.boundUsd),
    usdWhole(step.boundAtOnceUsd),
    `${months(step.lockInMonths)} mo`,
    `${months(step.lockInMonthsAtOnce)} mo`,
    usdWhole(step.ifLast.netSavingsUsd),
    ...(risky ? [usdWhole(-step.ifLast.cvarLossUsd), percent(step.ifLast.probabilityOfLoss)] : []),
  ]);
  return table(head, rows, width, painter);
}
