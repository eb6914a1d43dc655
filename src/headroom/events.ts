/** What the findings become in sampled futures, as the values that scenarios are made of. */
import { invariant } from "../domain/error.ts";
import type { DeclaredEvent } from "../domain/event.ts";
import type { Headroom } from "../domain/documents/headroom.ts";
import { inOrder, type ToldEvent, type ToldMatch } from "../domain/headroom.ts";
import { hourOfMs, parseUtcMs } from "../domain/hour.ts";

/** In the order in which they are to happen. */
export const eventsOfFindings = ({ findings }: Pick<Headroom, "findings">): DeclaredEvent[] =>
  inOrder(findings).map(({ event }) => declared(event!));

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
