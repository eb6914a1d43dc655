/** What to buy, in the world that the user assumes, and what the findings of headroom do to it. */
import { choose, type Allowed, type Choice } from "./choose.ts";
import { SageplanError } from "./domain/error.ts";
import type { Headroom, World } from "./domain/headroom.ts";
import type { Effects } from "./domain/progress.ts";
import { inOrder } from "./headroom/find.ts";
import { declaredEvents } from "./ingest/events.ts";
import type { Futures } from "./ingest/futures.ts";
import { prospectOf, type ObjectiveOptions, type Prospect } from "./prospect.ts";
import type { SampledFutures, Scene } from "./scene.ts";
import { weighWorlds } from "./worlds.ts";

export interface WorldOptions extends ObjectiveOptions {
  /** Which of headroom's findings the answer takes to be done; default: none. */
  assume?: World | undefined;
  /** Probability of a loss that the safe-now commitment keeps in every world, 0 … 1; default 0.05. */
  safeLoss?: number | undefined;
}

export interface Decided {
  prospect: Prospect;
  choice: Choice;
  headroom: Headroom;
}

const SAFE_LOSS = 0.05;

/**
 * `sceneWith` puts the scene together with other futures, all else the same.
 * @throws SageplanError `wrong-call` when findings are to be assumed and futures are not sampled
 */
export async function decide(
  sceneWith: (futures: Futures | SampledFutures | null) => Scene,
  futures: Futures | SampledFutures | null,
  found: Headroom,
  options: WorldOptions,
  allowed: Allowed,
  effects: Effects,
): Promise<Decided> {
  const { assume = "none", safeLoss = SAFE_LOSS } = options;
  const sampled = futures !== null && "seed" in futures ? futures : null;
  if (assume !== "none" && sampled === null) {
    throw new SageplanError(
      "wrong-call",
      `--assume headroom=${assume} changes sampled futures, and --futures ${futures === null ? "history" : "FILE"} samples none. Leave out one of the two.`,
    );
  }
  const events = declaredEvents(inOrder(found.findings).map(({ event }) => event));
  if (sampled !== null && events.length > 0) {
    const prospectIn = (others: SampledFutures, more: ObjectiveOptions = {}): Prospect =>
      prospectOf(sceneWith(others), { ...options, ...more });
    const weighed = await weighWorlds(
      { prospectIn, sampled, events, assume, safeLoss, maxCommitment: options.maxCommitment, allowed },
      effects,
    );
    const { prospect, choice, worlds } = weighed;
    return { prospect, choice, headroom: { ...found, worlds } };
  }
  const prospect = prospectOf(sceneWith(futures), options);
  const choice = await choose(prospect, allowed, effects);
  const why = sampled === null ? NOT_SAMPLED : NOTHING_CHANGES;
  const notes = found.findings.length > 0 ? [...found.notes, why] : found.notes;
  return { prospect, choice, headroom: { ...found, notes } };
}

const NOT_SAMPLED =
  "What this would do to the commitment is told over sampled futures only: leave out --futures.";
const NOTHING_CHANGES = "Nothing of it changes the usage that Savings Plans cover: the commitment stays.";
