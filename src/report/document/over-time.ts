/**
 * 1-year plans against 3-year plans: what to buy now, what once it is known how usage went, and
 * what waiting for that is worth.
 */
import { MONTH_HOURS, OFFERINGS, sameOffering } from "../../domain/offering.ts";
import type {
  OverTime,
  PolicyFigures,
  PolicyNode,
  PolicyPurchase,
} from "../../domain/documents/over-time.ts";
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { hasRisk, shortName, tailName } from "./answer.ts";
import { percent } from "./format.ts";
import { moneyIn, type Money } from "./money.ts";
import { tables, texts, type SectionPart } from "./section.ts";
import { marked, right, type Cells } from "./table.ts";

const bought = (purchases: readonly PolicyPurchase[], { perHour }: Money): string =>
  purchases.map((each) => `${shortName(each)} ${perHour(each.commitmentUsdPerHour)}`).join(" + ") ||
  "nothing";

/** When the next decision is due; null where all is decided at once. */
const nextMonth = ({ nodes }: OverTime): number | null => nodes.find(({ month }) => month > 0)?.month ?? null;

/** The policy in a sentence or two, beside the answer; empty where terms are not weighed over time. */
export function overTimeText(r: Recommendation): string {
  const { overTime } = r;
  const month = overTime === null ? null : nextMonth(overTime);
  if (overTime === null || month === null) return "";
  const later = overTime.nodes
    .filter((node) => node.month === month)
    .map(({ purchases }) => total(purchases));
  const { cents, perHour } = moneyIn(r);
  const [low, high] = [Math.min(...later), Math.max(...later)];
  const range =
    high === 0
      ? "nothing more, as things look"
      : low === high
        ? `${perHour(high)}/h`
        : `between ${low === 0 ? "nothing" : `${perHour(low)}/h`} and ${perHour(high)}/h, by how usage went`;
  const { policy, valueOfWaitingUsd } = overTime;
  const measure = hasRisk(r) && r.objective.riskAversion > 0 ? ", risk included," : "";
  return (
    `That is what to buy now: decide again in month ${month}, when it is right to buy ${range}. Over ${horizonMonths(r)} months these decisions ` +
    `together save ${cents(policy.netSavingsUsd)} on average. Waiting for more data is worth ${cents(valueOfWaitingUsd)}${measure} ` +
    "against deciding all of it today."
  );
}

const horizonMonths = ({ horizon }: Recommendation): number => Math.round(horizon.hours / MONTH_HOURS);

const total = (purchases: readonly PolicyPurchase[]): number =>
  purchases.reduce((sum, { commitmentUsdPerHour }) => sum + commitmentUsdPerHour, 0);

const PARTS = ["low", "middle", "high"];

/** `high, then low`: the third in which the spend was at each decision. */
function seenText(nodes: readonly PolicyNode[], n: number): string {
  const { parent } = nodes[n]!;
  if (parent === null) return "";
  const siblings = [...nodes.keys()].filter((other) => nodes[other]!.parent === parent);
  const place = siblings.indexOf(n);
  const before = seenText(nodes, parent);
  if (siblings.length === 1) return before;
  const own = siblings.length === PARTS.length ? PARTS[place]! : `${place + 1} of ${siblings.length}`;
  return before === "" ? own : `${before}, then ${own}`;
}

/** The decisions, then the policy beside simpler ones. */
export const overTimeParts = (r: Recommendation): SectionPart[] =>
  r.overTime === null
    ? []
    : [
        ...tables(nodeCells(r.overTime, moneyIn(r))),
        { kind: "gap" },
        ...tables(policyCells(r, r.overTime)),
        ...texts(overTimeLegend(horizonMonths(r), r.overTime, moneyIn(r))),
      ];

function nodeCells({ nodes }: OverTime, { sign, cents, perHour }: Money): Cells {
  const held = OFFERINGS.filter((offering) =>
    nodes.some(({ purchases }) => purchases.some((each) => sameOffering(each, offering))),
  );
  const head = [
    { title: `  ${sign}/h bought in month` },
    right("Probability"),
    right("On-Demand/h"),
    ...held.map((offering) => right(shortName(offering))),
  ];
  const rows = nodes.map(({ month, probability, onDemandUsdPerHour, purchases }, n) => [
    month === 0 ? "▶ 0, now" : `  ${[month, seenText(nodes, n)].filter(Boolean).join(": ")}`,
    percent(probability),
    cents(onDemandUsdPerHour),
    ...held.map((offering) => {
      const purchase = purchases.find((each) => sameOffering(each, offering));
      return purchase ? perHour(purchase.commitmentUsdPerHour) : "–";
    }),
  ]);
  return marked({ head, rows });
}

const NAMES = {
  "one-year": "1-year plans only, renewed",
  "three-year": "3-year plans only",
  "all-now": "All decided today",
} as const;

function policyCells(r: Recommendation, overTime: OverTime): Cells {
  const money = moneyIn(r);
  const head = [
    { title: `  Over ${horizonMonths(r)} months` },
    right("Net saving"),
    right(tailName(r.risk.tail).replace(/^./, (letter) => letter.toUpperCase())),
    right("P(loss)"),
    { title: "Buys now" },
  ];
  const row = (name: string, figures: PolicyFigures, purchases: readonly PolicyPurchase[]): string[] => [
    name,
    money.whole(figures.netSavingsUsd),
    money.whole(-figures.cvarLossUsd),
    percent(figures.probabilityOfLoss),
    bought(purchases, money),
  ];
  const rows = [
    row("▶ These decisions", overTime.policy, overTime.nodes[0]!.purchases),
    ...overTime.references.map((each) => row(`  ${NAMES[each.kind]}`, each, each.purchases)),
  ];
  return marked({ head, rows });
}

const overTimeLegend = (months: number, { evpiUsd, vssUsd }: OverTime, { cents }: Money): string =>
  `A plan that is bought later is paid for its months within the ${months} only, as if what it binds beyond were worth its price. ` +
  "Low, middle, high: in which third of the scenarios that are still possible the spend of the four weeks before the decision lies. " +
  `Risk-neutral, knowing today which scenario comes would save ${cents(evpiUsd)} more, and planning all of it for the average of the ` +
  `scenarios would cost ${cents(vssUsd)} more.`;
