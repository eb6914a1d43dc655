/** What to buy, without what `choose` shows beside it: for the worlds that an answer is held against. */
import { overTime } from "./over-time.ts";
import type { Allowed } from "./choose.ts";
import { riskOf, type Outcome, type Prospect } from "./prospect.ts";
import { allowedOfferings, bestAmong, undominated, type Best, type Pause } from "./weigh.ts";

/** `starts` are purchases to begin with, `[offering]`. */
export async function answerAlone(
  prospect: Prospect,
  { term, payment }: Allowed,
  starts: readonly Float64Array[],
  pause: Pause,
): Promise<Outcome> {
  const risk = riskOf(prospect.objective);
  const allowed = allowedOfferings(term, payment);
  const among = undominated(prospect, allowed);
  const found: Best[] = [];
  for (const k of among) found.push(await bestAmong(prospect, [k], risk, [], pause));
  const known = [...starts, ...found.map(({ outcome }) => outcome.commitments)];
  if (among.length > 1) found.push(await bestAmong(prospect, among, risk, known, pause));
  const best = found.reduce((least, each) => (each.riskAdjustedUsd < least.riskAdjustedUsd ? each : least));
  const policy = await overTime(prospect, allowed, [...known, best.outcome.commitments], pause);
  return policy?.now ?? best.outcome;
}
