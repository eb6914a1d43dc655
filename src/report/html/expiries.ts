/** When the plans that are owned end, and what is bound until then. */
import type { OwnedPlanSummary } from "../../domain/documents/history.ts";
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { instant, percent, usdPerHour } from "../document/format.ts";
import { shortName } from "../document/answer.ts";
import { right, type Cells } from "../document/table.ts";
import { svg } from "./curve.ts";
import { escaped } from "./escape.ts";
import { LEFT, RIGHT } from "./scale.ts";

const ROW = 26;
const TOP = 8;
/** The others are in the table. */
const MOST = 24;
const YEAR_MS = 365 * 86_400_000;

const dated = (plans: readonly OwnedPlanSummary[]): (OwnedPlanSummary & { end: string })[] =>
  plans
    .flatMap((plan) => (plan.end === null ? [] : [{ ...plan, end: plan.end }]))
    .toSorted((a, b) => (a.end < b.end ? -1 : a.end > b.end ? 1 : 0));

/** Empty when no plan's end is known. */
export function expiriesChart({ ownedPlans, history }: Recommendation): string {
  const plans = dated(ownedPlans).slice(0, MOST);
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
      `<text class="tick" x="0" y="${y + ROW / 2}" dy="0.35em">${usdPerHour(plan.commitmentUsdPerHour)}</text>` +
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

export const expiriesCells = (plans: readonly OwnedPlanSummary[]): Cells => ({
  head: [
    { title: "Plan" },
    { title: "Owner" },
    { title: "Offering" },
    right("$/h"),
    right("Used"),
    { title: "From" },
    { title: "Until" },
  ],
  rows: [...dated(plans), ...plans.filter(({ end }) => end === null)].map((plan) => [
    plan.arn,
    plan.ownerAccount,
    shortName(plan),
    usdPerHour(plan.commitmentUsdPerHour),
    plan.isQueued ? "queued" : percent(plan.utilization),
    plan.start === null ? "unknown" : instant(plan.start),
    plan.end === null ? "unknown" : instant(plan.end),
  ]),
});
