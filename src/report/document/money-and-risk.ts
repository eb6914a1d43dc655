/** What the purchase is worth and how it can go wrong: the figures that say so, and what follows from them. */
import { TERM_HOURS } from "../../domain/offering.ts";
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { hasRisk, totalCommitment } from "./answer.ts";
import { figureText, wordsText } from "./figure.ts";
import { byPlace, figuresIn } from "./figures.ts";
import { decimal } from "./format.ts";
import { moneyIn } from "./money.ts";
import type { NotedRow } from "./section.ts";

/** A row of a sum or a difference of figures. */
interface Derived {
  at: number;
  row: NotedRow;
}

/** What the same usage costs with and without the purchase. USD over the horizon. */
export const moneyRows = (r: Recommendation): NotedRow[] =>
  rowsOf(
    "money",
    r,
    r.purchases.length > 0 ? [costBefore(r), ...netOfCapital(r), promised(r)] : [costBefore(r)],
  );

/** How the saving spreads over the futures, how much use the purchase needs, and how much it has. */
export const riskRows = (r: Recommendation): NotedRow[] => rowsOf("risk", r, [roomLeft(r)]);

function rowsOf(place: "money" | "risk", r: Recommendation, derived: readonly Derived[]): NotedRow[] {
  const money = moneyIn(r);
  const figures = figuresIn(place, hasRisk(r))
    .filter(({ when }) => when?.(r) ?? true)
    .map(({ figure, at, label, note }) => {
      const row: NotedRow = [wordsText(label, r), figureText(figure, r, money), wordsText(note, r)];
      return { ...(at !== undefined && { at }), row };
    });
  return byPlace([...figures, ...derived]).map(({ row }) => row);
}

function costBefore(r: Recommendation): Derived {
  const { expected, ownedPlans, horizon } = r;
  const owned = ownedPlans.length > 0 ? ", with the plans you own" : " (no plans owned)";
  const label = `${horizon.futures === "history" ? "Cost now" : "Cost before"}${owned}`;
  return { at: 20, row: [label, moneyIn(r).cents(expected.costUsd + expected.netSavingsUsd), ""] };
}

/** Money paid early is worth more: what that leaves of the net saving. */
const netOfCapital = (r: Recommendation): Derived[] =>
  r.expected.capitalCostUsd > 0
    ? [
        {
          at: 60,
          row: [
            "Net saving after it",
            moneyIn(r).cents(r.expected.netSavingsUsd - r.expected.capitalCostUsd),
            "",
          ],
        },
      ]
    : [];

function promised(r: Recommendation): Derived {
  const { purchases } = r;
  const { cents, perHour } = moneyIn(r);
  const all = purchases.reduce((sum, p) => sum + p.commitmentUsdPerHour * TERM_HOURS[p.term], 0);
  const terms = purchases.length === 1 ? "for the term" : "each for its term";
  return {
    at: 80,
    row: ["Total commitment", cents(all), `${perHour(totalCommitment(purchases))}/h ${terms}`],
  };
}

function roomLeft({ expected }: Recommendation): Derived {
  const room = expected.utilization - expected.breakEvenUtilization;
  return { at: 90, row: ["Safety margin", `${decimal(room * 100, 1)} points`, "of utilization"] };
}

export const BINDING_NOTE =
  "A Savings Plan cannot be cancelled or changed during its term; commitment not used in an hour is lost.";
