/** What the findings become in sampled futures, as the values that scenarios are made of. */
import { invariant } from "../domain/error.ts";
import type { DeclaredEvent } from "../domain/event.ts";
import type { Headroom } from "../domain/documents/headroom.ts";
import { inOrder, type ToldEvent, type ToldMatch } from "../domain/headroom.ts";
import { hourOfMs, parseUtcMs } from "../domain/hour.ts";

/** Each splits usage off as a group of its own, with levels in every week of every future: more would be gigabytes. */
const MOST_EVENTS = 300;

/**
 * In the order in which they are to happen. Of more than `MOST_EVENTS` those that would change the most, and a note among
 * the headroom's that says what is left out.
 */
export function eventsOfFindings<H extends Pick<Headroom, "findings" | "notes">>(
  found: H,
): { events: DeclaredEvent[]; told: H } {
  const all = inOrder(found.findings);
  const largest = new Set(
    all.toSorted((a, b) => b.effectUsdPerHour - a.effectUsdPerHour).slice(0, MOST_EVENTS),
  );
  const events = all.filter((finding) => largest.has(finding)).map(({ event }) => declared(event!));
  if (events.length === all.length) return { events, told: found };
  const usdPerHour = (those: Iterable<{ effectUsdPerHour: number }>): number =>
    [...those].reduce((sum, { effectUsdPerHour }) => sum + effectUsdPerHour, 0);
  const share = (100 * usdPerHour(largest)) / usdPerHour(all);
  const note =
    `What headroom would change is worked out for the ${MOST_EVENTS} largest of ${all.length} findings, ` +
    `${share.toFixed(1)}% of the eligible dollars that all would take away; the others are listed and change nothing here.`;
  return { events, told: { ...found, notes: [...found.notes, note] } };
}

function declared({ from, probability, shutdown, migration, autoscaling }: ToldEvent): DeclaredEvent {
  const dated = { from: hourOfMs(parseUtcMs(from)), to: null, probability };
  if (shutdown) return { ...dated, kind: "shutdown", ...about(shutdown) };
  if (migration) {
    const { to: target, spend_ratio: spendRatio } = migration;
    return { ...dated, kind: "migration", ...about(migration), target, spendRatio };
  }
  invariant(autoscaling, "a finding's event is of one of three kinds");
  const kept =
    "week" in autoscaling ? { minimum: 0, week: autoscaling.week } : { minimum: autoscaling.minimum };
  return { ...dated, kind: "autoscaling", ...about(autoscaling), ...kept };
}

const about = ({ match, account, part, share }: ToldMatch) => ({
  match: { usageType: match, account: account ?? null, region: null },
  ...(part !== undefined && share !== undefined && { part: { name: part, share } }),
});
