/** Ways to decide, side by side: the commitments, what they save and how badly they can end. */
import type { Purchase } from "../../domain/documents/purchase.ts";
import { OFFERINGS, sameOffering } from "../../domain/offering.ts";
import type { Offering } from "../../domain/offering.ts";
import type { Alternative, AlternativeKind, FrontierPoint } from "../../domain/documents/outcome.ts";
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { hasRisk, isSimulation, samePurchases, shortName, tailName, totalUpfront } from "./answer.ts";
import { columnText, labelText } from "./figure.ts";
import { figuresIn } from "./figures.ts";
import { percent } from "./format.ts";
import { moneyIn, type Money } from "./money.ts";
import { marked, right, type Cells, type Column } from "./table.ts";

const NAMES: Readonly<Record<Exclude<AlternativeKind, "offering">, string>> = {
  nothing: "Buy nothing",
  "aws-rule": "AWS's recommendation",
  "median-rule": "Median rule",
  answer: "This answer",
  "risk-neutral": "Risk-neutral answer",
};

/** `worst tenth` → `Worst tenth` */
const titled = (text: string): string => text[0]!.toUpperCase() + text.slice(1);

/** The offerings that any of these purchases holds: a column each, so that amounts stand below each other. */
const offeringsIn = (all: readonly (readonly Purchase[])[]): Offering[] =>
  OFFERINGS.filter((offering) => all.some((some) => some.some((each) => sameOffering(each, offering))));

const amounts = (
  purchases: readonly Purchase[],
  offerings: readonly Offering[],
  { perHour }: Money,
): string[] =>
  offerings.map((offering) => {
    const purchase = purchases.find((each) => sameOffering(each, offering));
    return purchase ? perHour(purchase.commitmentUsdPerHour) : "–";
  });

interface Way extends Pick<Alternative, "purchases" | "expected" | "risk"> {
  name: string;
  /** What the result is about. */
  isSubject: boolean;
}

/** The user's own commitments first, if it is about those; with one scenario the risk-neutral answer is the answer. */
function waysOf(r: Recommendation): Way[] {
  const simulated = isSimulation(r);
  const others = r.alternatives.flatMap((each): Way[] => {
    if (each.kind === "offering" || (each.kind === "risk-neutral" && !hasRisk(r))) return [];
    const isAnswer = each.kind === "answer";
    const name = simulated && isAnswer ? "The best found" : NAMES[each.kind];
    return [{ ...each, name, isSubject: isAnswer && !simulated }];
  });
  return simulated ? [{ ...r, name: "Your commitments", isSubject: true }, ...others] : others;
}

export function alternativesCells(r: Recommendation): Cells {
  const money = moneyIn(r);
  const ways = waysOf(r);
  const offerings = offeringsIn(ways.map(({ purchases }) => purchases));
  const figures = figuresIn("alternatives", hasRisk(r));
  const head: Column[] = [
    { title: `  ${money.sign}/h of each offering` },
    ...offerings.map((offering) => right(shortName(offering))),
    ...figures.map(({ label }) => right(titled(labelText(label, tailName(r.risk.tail))))),
    right("Upfront"),
  ];
  const rows = ways.map(({ name, isSubject, purchases, expected, risk }) => {
    return [
      `${isSubject ? "▶" : " "} ${name}`,
      ...amounts(purchases, offerings, money),
      ...figures.map(({ figure, dash }) =>
        dash && purchases.length === 0 ? "–" : columnText(figure, { expected, risk }, money),
      ),
      money.whole(totalUpfront(purchases)),
    ];
  });
  return marked({ head, rows });
}

/** What the names mean. */
export const legend = (r: Recommendation): string =>
  [
    r.alternatives.some(({ kind }) => kind === "aws-rule")
      ? "AWS's recommendation is worked out here the way AWS does: the commitment that would have saved the most in the past."
      : "",
    hasRisk(r)
      ? `Net saving: the mean of the scenarios. ${titled(tailName(r.risk.tail))}: the mean net saving in the ${tailName(r.risk.tail)} of them. ` +
        "P(loss): the probability of a net saving below zero. Risk-neutral: only the mean counts."
      : "",
  ]
    .filter(Boolean)
    .join(" ");

/** Neighbouring risk aversions with the same purchases are one line. */
interface Stretch {
  from: number;
  to: number;
  point: FrontierPoint;
}

function stretchesOf(frontier: readonly FrontierPoint[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const point of frontier.toSorted((a, b) => a.riskAversion - b.riskAversion)) {
    const last = stretches.at(-1);
    if (last && samePurchases(last.point.purchases, point.purchases)) last.to = point.riskAversion;
    else stretches.push({ from: point.riskAversion, to: point.riskAversion, point });
  }
  return stretches;
}

/** Said instead of a table with one row; null when there are more. */
export function sameAtEveryAversion(r: Recommendation): string | null {
  const stretches = stretchesOf(r.frontier);
  if (!hasRisk(r) || stretches.length !== 1) return null;
  const { from, to } = stretches[0]!;
  return `The same purchase is the best at every risk aversion from ${from} to ${to}.`;
}

/** The efficient frontier: the best purchase as risk weighs more. Nothing when there is no risk. */
export function frontierCells(r: Recommendation): Cells {
  const money = moneyIn(r);
  const stretches = hasRisk(r) ? stretchesOf(r.frontier) : [];
  const isSubject = ({ from: low, to: high }: Stretch): boolean =>
    !isSimulation(r) &&
    r.overTime === null &&
    low <= r.objective.riskAversion &&
    r.objective.riskAversion <= high;
  const offerings = offeringsIn(stretches.map(({ point }) => point.purchases));
  const head: Column[] = [
    { title: "  Aversion" },
    ...offerings.map((offering) => right(shortName(offering))),
    right("Mean saving"),
    right(titled(tailName(r.risk.tail))),
    right("P(loss)"),
  ];
  const rows = stretches.map((stretch) => {
    const { point } = stretch;
    const range = stretch.from === stretch.to ? `${stretch.from}` : `${stretch.from} to ${stretch.to}`;
    return [
      `${isSubject(stretch) ? "▶" : " "} ${range}`,
      ...amounts(point.purchases, offerings, money),
      money.whole(point.netSavingsUsd),
      money.whole(-point.cvarLossUsd),
      percent(point.probabilityOfLoss),
    ];
  });
  return marked({ head, rows });
}
