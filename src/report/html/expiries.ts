/** When the plans that are owned end, and what is bound until then. */
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { instant } from "../document/format.ts";
import { moneyIn } from "../document/money.ts";
import { endingPlans } from "../document/owned-plans.ts";
import { svg } from "./curve.ts";
import { escaped } from "./escape.ts";
import { LEFT, RIGHT } from "./scale.ts";

const ROW = 26;
const TOP = 8;
/** The others are in the table. */
const MOST = 24;
const YEAR_MS = 365 * 86_400_000;

/** Empty when no plan's end is known. */
export function expiriesChart(r: Recommendation): string {
  const { ownedPlans, history } = r;
  const { perHour } = moneyIn(r);
  const plans = endingPlans(ownedPlans).slice(0, MOST);
  if (plans.length === 0) return "";
  const now = Date.parse(history.to);
  const last = Math.max(...plans.map(({ end }) => Date.parse(end)), now + YEAR_MS / 12);
  const place = (time: number): number =>
    LEFT + (Math.max(0, time - now) / (last - now)) * (RIGHT - LEFT - 90);
  const bottom = TOP + plans.length * ROW;
  const bars = plans.map((plan, n) => {
    const y = TOP + n * ROW;
    const from = place(plan.start === null ? now : Date.parse(plan.start));
    const to = Math.max(from + 2, place(Date.parse(plan.end)));
    return (
      `<text class="tick" x="0" y="${y + ROW / 2}" dy="0.35em">${perHour(plan.commitmentUsdPerHour)}</text>` +
      `<rect class="bar" x="${from.toFixed(1)}" y="${y + 5}" width="${(to - from).toFixed(1)}" height="${ROW - 10}"/>` +
      `<text class="tick" x="${(to + 6).toFixed(1)}" y="${y + ROW / 2}" dy="0.35em">${escaped(instant(plan.end).slice(0, 10))}</text>`
    );
  });
  const more = ownedPlans.length - plans.length;
  return svg(
    "expiries-chart",
    `Until when each owned plan binds, the first to end first: ${plans.length} plans${more > 0 ? `, ${more} more in the table` : ""}.`,
    `<line class="zero" x1="${LEFT}" x2="${LEFT}" y1="${TOP}" y2="${bottom}"/>${bars.join("")}<text class="tick" x="${LEFT}" y="${bottom + 14}">${instant(history.to).slice(0, 10)}, the end of the history</text>`,
    bottom + 22,
  );
}
