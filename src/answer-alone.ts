/** What to buy, without what `choose` shows beside it: for the worlds that an answer is held against. */
import type { Allowed } from "./choose.ts";
import { boughtNow } from "./over-time.ts";
import { riskOf, type Outcome, type Prospect } from "./prospect.ts";
import { allowedOfferings, bestAmong, undominated, type Best, type Pause } from "./weigh.ts";

export async function answerAlone(
  prospect: Prospect,
  { term, payment }: Allowed,
  pause: Pause,
): Promise<Outcome> {
  const risk = riskOf(prospect.objective);
  const allowed = allowedOfferings(term, payment);
  const among = undominated(prospect, allowed);
  const found: Best[] = [];
  for (const k of allowed) found.push(await bestAmong(prospect, [k], risk, [], pause));
  const singles = found.map(({ outcome }) => outcome.commitments);
  if (among.length > 1) found.push(await bestAmong(prospect, among, risk, singles, pause));
  const best = found.reduce((least, each) => (each.riskAdjustedUsd < least.riskAdjustedUsd ? each : least));
  const now = await boughtNow(prospect, allowed, [...singles, best.outcome.commitments], pause);
  return now ?? best.outcome;
}
