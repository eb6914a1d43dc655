/** Headroom as every medium tells it: what to commit to now and once it is done, then what was found. */
import type { Headroom, HeadroomFinding, HeadroomWorlds } from "../../domain/documents/headroom.ts";
import type { World } from "../../domain/headroom.ts";
import { purchasesText } from "./answer.ts";
import { clean } from "./clean.ts";
import { count, percent, shareText } from "./format.ts";
import type { Money } from "./money.ts";
import { tables, texts, type SectionPart } from "./section.ts";
import { right, type Cells } from "./table.ts";

export const HEADROOM_TITLE = "Before you commit: savings that shrink what a plan would cover";

const PATTERNS: Readonly<Record<HeadroomFinding["pattern"], string>> = {
  "flat-fleet": "does not scale",
  serverless: "serverless would do",
  "scale-to-zero": "batch or async would do",
  "always-on-notebook": "on round the clock",
  "no-spot": "never on spot",
  "previous-generation": "previous generation",
  graviton: "Graviton costs less",
};

export const patternName = ({ pattern }: HeadroomFinding): string => PATTERNS[pattern];

/** In a document on a purchase: the others stand in `sageplan headroom`. */
const MOST_SHOWN = 10;

/** Empty where there is nothing to say. */
export function headroomParts(headroom: Headroom | null, money: Money): SectionPart[] {
  if (headroom === null) return [];
  const { findings, worlds, notes } = headroom;
  const shown = findings.slice(0, MOST_SHOWN);
  const more = findings.length - shown.length;
  return [
    ...(worlds ? tables(worldsTable(worlds, money)) : []),
    ...(worlds && shown.length > 0 ? [{ kind: "gap" } as const] : []),
    ...tables(headroomTable(shown, money)),
    ...texts(
      ...(worlds ? [worldsText(worlds, money), WORLDS_NOTE] : []),
      findings.length === 0 ? nothingText(headroom) : findingsNote(headroom),
      more > 0 ? `${count(more, "finding")} more, and what each rests on: sageplan headroom.` : "",
      ...notes.map(clean),
    ),
  ];
}

const NAMES: Readonly<Record<World, string>> = {
  none: "no fixes",
  likely: "likely fixes",
  all: "all fixes",
};

function worldsText({ assumed, worlds, safeNow }: HeadroomWorlds, money: Money): string {
  const [none, , all] = worlds;
  const what = (usd: number): string => (usd > 0 ? `${money.perHour(usd)}/h` : "nothing");
  const same = safeNow.commitmentUsdPerHour === none!.commitmentUsdPerHour;
  const safe =
    safeNow.commitmentUsdPerHour === 0
      ? `No part of it keeps the probability of a loss at or below ${shareText(safeNow.mostLossProbability)} in all three worlds.`
      : `Safe now: ${same ? "all of it" : purchasesText(safeNow.purchases, money)}, whose probability of a loss is at most ` +
        `${shareText(safeNow.mostLossProbability)} in each of the three worlds.`;
  return (
    `As usage is, commit ${what(none!.commitmentUsdPerHour)} now; once all of what is below is done, ${what(all!.commitmentUsdPerHour)}. ${safe}` +
    (assumed === "none" ? "" : ` The answer above is for headroom=${assumed}.`)
  );
}

const WORLDS_NOTE =
  "Likely fixes: each finding happens with the probability of its event, ours until you edit it (sageplan headroom --events-out " +
  "FILE). Commit: what to buy now in that world, never more than with no fixes. Net saving, loss: of what is bought now, against " +
  "the same queue alone. The last columns: what buying this now saves, and what the safe part of it saves, if those fixes are made.";

const worldsTable = ({ worlds }: HeadroomWorlds, { cents, whole, perHour }: Money): Cells => ({
  head: [
    { title: "  Headroom" },
    right("Eligible/h"),
    right("Commit/h"),
    right("Net saving"),
    right("P(loss)"),
    right("If bought"),
    right("P(loss)"),
    right("Safe part"),
    right("P(loss)"),
  ],
  rows: worlds.map((each) => [
    `  ${NAMES[each.world]}`,
    cents(each.eligibleUsdPerHour),
    each.commitmentUsdPerHour > 0 ? perHour(each.commitmentUsdPerHour) : "–",
    whole(each.netSavingsUsd),
    percent(each.probabilityOfLoss),
    whole(each.unassumed.netSavingsUsd),
    percent(each.unassumed.probabilityOfLoss),
    whole(each.safeNow.netSavingsUsd),
    percent(each.safeNow.probabilityOfLoss),
  ]),
});

export const headroomTable = (findings: readonly HeadroomFinding[], { cents, whole }: Money): Cells => ({
  head: [
    { title: "  Found" },
    { title: "In" },
    right("A month"),
    right("Saves"),
    right("Eligible/h"),
    { title: "How sure" },
  ],
  rows: findings.map((finding) => [
    `  ${patternName(finding)}`,
    whereText(finding),
    whole(finding.onDemandUsdPerMonth),
    finding.savesUsdPerMonth === null ? "–" : whole(finding.savesUsdPerMonth),
    finding.effectUsdPerHour > 0 ? `-${cents(finding.effectUsdPerHour)}` : "–",
    finding.confidence,
  ]),
});

/** `endpoint/ranker-v3`, or the usage type where it is about all of it. */
export const whereText = ({ resource, usageType }: HeadroomFinding): string =>
  clean(resource === "" ? usageType : resource.split(":").slice(5).join(":") || resource);

export const findingsNote = ({ window, measuredEndpoints }: Omit<Headroom, "worlds">): string =>
  `Seen in the last ${count(window.hours, "hour")}${measuredEndpoints === null ? "" : `, with the metrics of ${count(measuredEndpoints, "endpoint")}`}. ` +
  "A month: what it costs On-Demand in 730 hours. Saves: by the bill's and AWS's own prices; – where no price or no measure is " +
  "known. Eligible/h: what plans would have less to cover. Savings on the same resource overlap.";

export const nothingText = ({ window, detail }: Omit<Headroom, "worlds">): string =>
  detail === "none"
    ? "Nothing was found."
    : `Nothing was found in the last ${count(window.hours, "hour")}: no flat or idle fleet, no job on real-time instances, no notebook on round ` +
      "the clock, no family with a cheaper successor.";
