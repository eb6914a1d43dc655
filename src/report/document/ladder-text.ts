/**
 * The same purchase in monthly tranches: what is bought when, what that costs, what it leaves open,
 * and how to queue it.
 */
import type { Ladder, LadderOutcome } from "../../domain/documents/ladder.ts";
import { MIN_COMMITMENT_USD } from "../../domain/offering.ts";
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { hasRisk, illustrativeWarning, offeringName, shortName, tailName } from "./answer.ts";
import { clean } from "./clean.ts";
import { count, cut, decimal, instant, percent, shareText } from "./format.ts";
import { moneyIn } from "./money.ts";
import { queuedCommand } from "./purchase-command.ts";
import { commandsPart, tables, texts, wholeOnly, type SectionPart } from "./section.ts";
import { marked, right, type Cells, type Column } from "./table.ts";

/** In short what it costs and how to queue it; else also what is bought when, and what that leaves open. */
export const ladderParts = (r: Recommendation, ladder: Ladder): SectionPart[] => [
  ...texts(priceText(r, ladder)),
  ...wholeOnly([
    ...texts(fewerNote(r, ladder)),
    { kind: "gap" },
    ...tables(trancheCells(r, ladder)),
    { kind: "gap" },
    ...tables(waysCells(r, ladder)),
    ...texts(waysNote(r, ladder)),
    { kind: "gap" },
    ...tables(stepCells(r, ladder)),
    ...texts(STEPS_NOTE),
    { kind: "gap" },
    ...texts(
      `${illustrativeWarning(r) === null ? "Instead" : "First replace the illustrative rates; then, instead"} of the purchase at once, with the offering ids that the commands below find:`,
    ),
  ]),
  ...commandsPart(ladderCommands(ladder)),
];

const STEPS_NOTE =
  "As each tranche begins. Bound: it cannot be called off any more. Queued: it still can (aws savingsplans " +
  "delete-queued-savings-plan). To pay: what is left of what is bound. Lock-in: its remaining months, weighted by " +
  "commitment; a ladder binds less at first, and for longer. What follows: if the ladder ends there in every scenario.";

/** What a person would run, tranche by tranche. */
export const ladderCommands = ({ tranches }: Ladder): string[] =>
  tranches.flatMap((tranche) => [
    `# tranche ${tranche.number}: ${offeringName(tranche)}${tranche.number === 1 ? ", now" : ""}`,
    ...queuedCommand(tranche),
  ]);

const titled = (text: string): string => text[0]!.toUpperCase() + text.slice(1);

export function priceText(r: Recommendation, { priceUsd, atOnce, asPlanned }: Ladder): string {
  const { cents } = moneyIn(r);
  const average = hasRisk(r) ? " on average" : "";
  const saves = `saves ${cents(asPlanned.netSavingsUsd)}${average} over these ${count(r.horizon.hours, "hour")}, ${cents(Math.abs(priceUsd))}`;
  const share = atOnce.netSavingsUsd > 0 ? ` (${percent(Math.abs(priceUsd) / atOnce.netSavingsUsd)})` : "";
  const after = "What its later tranches cost and save after these hours is not counted.";
  return priceUsd < 0
    ? `The ladder ${saves}${share} more than all of it at once: usage does not need all of it from the start, as long as plans that you own cover it or it has yet to grow. ${after}`
    : `The price: the ladder ${saves}${share} less than all of it at once. ${after}`;
}

const fewerNote = (r: Recommendation, { asked, steps }: Ladder): string =>
  steps.length < asked
    ? `Of ${asked} tranches asked for there are ${steps.length}: AWS sells no plan below ${moneyIn(r).perHour(MIN_COMMITMENT_USD)}/h.`
    : "";

function trancheCells(r: Recommendation, { tranches }: Ladder): Cells {
  const { sign, whole } = moneyIn(r);
  const follows = tranches.some(({ afterPlan }) => afterPlan !== null);
  const head: Column[] = [
    { title: "  Tranche" },
    { title: "Offering" },
    right(`${sign}/h`),
    right("Upfront"),
    { title: "From (UTC)" },
    { title: "Until" },
    ...(follows ? [{ title: "After the plan" }] : []),
  ];
  const rows = tranches.map((each) => [
    `  ${each.number}`,
    shortName(each),
    decimal(each.commitmentUsdPerHour, 5),
    whole(each.upfrontUsd),
    instant(each.start),
    instant(each.end),
    ...(follows ? [each.afterPlan === null ? "" : cut(clean(each.afterPlan).split("/").at(-1)!, 9)] : []),
  ]);
  return marked({ head, rows });
}

function waysCells(r: Recommendation, ladder: Ladder): Cells {
  const { whole } = moneyIn(r);
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
    whole(each.netSavingsUsd),
    ...(risky ? [whole(-each.cvarLossUsd), percent(each.probabilityOfLoss)] : []),
  ]);
  return marked({ head, rows });
}

const waysNote = (r: Recommendation, { calledOff }: Ladder): string =>
  hasRisk(r)
    ? `Collapsed: usage in the month before a tranche is below ${shareText(calledOff.below)} of the first month's mean, as it is in ` +
      `${percent(calledOff.probability)} of the scenarios; what is queued then is called off, what is bound stays.`
    : "";

function stepCells(r: Recommendation, { steps }: Ladder): Cells {
  const { whole, perHour } = moneyIn(r);
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
    perHour(step.boundUsdPerHour),
    perHour(step.callableUsdPerHour),
    whole(step.boundUsd),
    whole(step.boundAtOnceUsd),
    `${months(step.lockInMonths)} mo`,
    `${months(step.lockInMonthsAtOnce)} mo`,
    whole(step.ifLast.netSavingsUsd),
    ...(risky ? [whole(-step.ifLast.cvarLossUsd), percent(step.ifLast.probabilityOfLoss)] : []),
  ]);
  return marked({ head, rows });
}
