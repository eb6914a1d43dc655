/** What to queue, and the two things that a schedule is worth. */
import { sameOffering } from "../../domain/offering.ts";
import type { QueuedPurchase } from "../../domain/documents/purchase.ts";
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import type { WorthFigures } from "../../domain/documents/worth.ts";
import { hasRisk, shortName, tailName } from "./answer.ts";
import { count, percent } from "./format.ts";
import { moneyIn } from "./money.ts";
import { clean } from "./clean.ts";
import { tables, texts, type SectionPart } from "./section.ts";
import { right, type Cells } from "./table.ts";

export const QUEUE_TITLE = "To queue";

const NOTE =
  "A queued plan starts at its time and can be deleted until then (AWS: up to three years ahead). One that follows no " +
  "owned plan follows what is bought before it: decide it when its time comes.";

export const queueParts = (r: Recommendation): SectionPart[] =>
  r.queued.length === 0 ? [] : [...tables(queueCells(r)), ...texts(NOTE), ...tables(worthCells(r))];

const planName = (arn: string): string => clean(arn).split("/").at(-1)!.slice(0, 8);

function queueCells(r: Recommendation): Cells {
  const { perHour } = moneyIn(r);
  const row = (alike: readonly QueuedPurchase[]): string[] => {
    const [first] = alike as [QueuedPurchase];
    const renews = alike.flatMap((each) => each.renews);
    return [
      alike.length === 1 ? day(first) : `${day(first)} to ${day(alike.at(-1)!)}`,
      shortName(first),
      `${alike.length === 1 ? "" : `${alike.length} × `}${perHour(first.commitmentUsdPerHour)}/h`,
      renews.length > MOST_NAMED ? count(renews.length, "plan") : renews.map(planName).join(", ") || "–",
    ];
  };
  return {
    head: [{ title: "Start" }, { title: "Plan" }, right("Commitment"), { title: "After" }],
    rows: alikeInTurn(r.queued).map(row),
  };
}

/** Names that fit into a row. */
const MOST_NAMED = 2;

const day = ({ start }: QueuedPurchase): string => start.slice(0, 10);

/** Plans of one offering and amount that follow each other, all of them after plans that end or none, are one row. */
function alikeInTurn(queued: readonly QueuedPurchase[]): QueuedPurchase[][] {
  const rows: QueuedPurchase[][] = [];
  for (const each of queued) {
    const last = rows.at(-1);
    if (last && isAlike(last[0]!, each)) last.push(each);
    else rows.push([each]);
  }
  return rows;
}

const isAlike = (one: QueuedPurchase, other: QueuedPurchase): boolean =>
  sameOffering(one, other) &&
  one.commitmentUsdPerHour === other.commitmentUsdPerHour &&
  one.renews.length > 0 === other.renews.length > 0;

function worthCells(r: Recommendation): Cells {
  const { whole } = moneyIn(r);
  const row = (
    name: string,
    { netSavingsUsd, p5, p95, cvarLossUsd, probabilityOfLoss }: WorthFigures,
  ): string[] =>
    hasRisk(r)
      ? [name, whole(netSavingsUsd), whole(p5), whole(p95), whole(-cvarLossUsd), percent(probabilityOfLoss)]
      : [name, whole(netSavingsUsd)];
  return {
    head: [
      { title: "Worth" },
      right("Net saving"),
      ...(hasRisk(r) ? [right("P5"), right("P95"), right(tailName(r.risk.tail)), right("P(loss)")] : []),
    ],
    rows: [
      row("Buying now, against waiting", r.worth.now),
      row("All of it, against no new plans", r.worth.schedule),
    ],
  };
}
