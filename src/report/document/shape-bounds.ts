/** Daily and monthly data: between which bounds a saving lies, where the answer stands. */
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import type { ShapeBounds } from "../../domain/documents/shape-bounds.ts";
import { count } from "./format.ts";
import { moneyIn } from "./money.ts";
import { marked, right, type Cells } from "./table.ts";

const periodOf = ({ periodHours }: ShapeBounds): string => (periodHours > 24 ? "month" : "day");

/** Null where the hours are known, and where nothing is bought. */
export function boundsText(r: Recommendation): string | null {
  const {
    bounds,
    purchases,
    ownedPlans,
    horizon: { scenarios },
  } = r;
  if (bounds === null || purchases.length === 0) return null;
  const { cents } = moneyIn(r);
  const { lowerNetSavingsUsd, upperNetSavingsUsd, breakEvenHours, assumed } = bounds;
  const period = periodOf(bounds);
  const breakEven =
    breakEvenHours === null || ownedPlans.length > 0
      ? ""
      : breakEvenHours === 1
        ? `It does not lose even if all use of a ${period} falls into one hour.`
        : `It loses nothing as long as no hour holds more than 1/${breakEvenHours} of its ${period}'s use of any usage type.`;
  return (
    `BOUNDS: what is saved lies between ${cents(lowerNetSavingsUsd)} and ${cents(upperNetSavingsUsd)}${scenarios > 1 ? ", mean of the scenarios" : ""}; ` +
    `every other figure here supposes that each ${period}'s use is spread evenly. ${assumed} ${breakEven}`
  ).trim();
}

export const boundsTitle = ({ bounds }: Recommendation): string =>
  `If the use of a ${bounds && periodOf(bounds) === "month" ? "month" : "day"} falls into fewer hours`;

export function boundsCells(r: Recommendation): Cells {
  const { bounds, purchases } = r;
  const { cents } = moneyIn(r);
  const rows =
    bounds === null || purchases.length === 0
      ? []
      : bounds.concentrated.map(({ hours, netSavingsUsd }) => [
          `  ${hours === bounds.periodHours ? `all ${hours}, evenly (the figures here)` : count(hours, "hour")}`,
          cents(netSavingsUsd),
        ]);
  return marked({ head: [{ title: "  Hours that hold it" }, right("Net saving")], rows });
}
