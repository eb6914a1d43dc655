/** What to buy, in the world that the user assumes, and what the findings of headroom do to it. */
import { choose, type Allowed, type Choice } from "./choose.ts";
import { SageplanError } from "./domain/error.ts";
import type { DeclaredEvent } from "./domain/event.ts";
import { inOrder, type Headroom, type World } from "./domain/headroom.ts";
import type { Effects } from "./domain/progress.ts";
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
  const all = declaredEvents(inOrder(found.findings).map(({ event }) => event));
  const events = all.filter((event) => !sampled?.events.some((own) => isSame(own, event)));
  const declared = all.length - events.length;
  const told = declared > 0 ? [...found.notes, alreadyDeclared(declared)] : found.notes;
  if (sampled !== null && events.length > 0) {
    const prospectIn = (others: SampledFutures, more: ObjectiveOptions = {}): Prospect =>
      prospectOf(sceneWith(others), { ...options, ...more });
    const weighed = await weighWorlds(
      { prospectIn, sampled, events, assume, safeLoss, maxCommitment: options.maxCommitment, allowed },
      effects,
    );
    const { prospect, choice, worlds } = weighed;
    return { prospect, choice, headroom: { ...found, notes: told, worlds } };
  }
  const prospect = prospectOf(sceneWith(futures), options);
  const choice = await choose(prospect, allowed, effects);
  const why = sampled === null ? NOT_SAMPLED : NOTHING_CHANGES;
  const notes = found.findings.length > 0 ? [...told, why] : told;
  return { prospect, choice, headroom: { ...found, notes } };
}

/** The user's own event about the same usage: a finding's event, written out and edited. */
const isSame = (own: DeclaredEvent, found: DeclaredEvent): boolean =>
  own.kind === found.kind &&
  own.kind !== "launch" &&
  found.kind !== "launch" &&
  own.match.usageType === found.match.usageType &&
  own.match.account === found.match.account &&
  own.part?.name === found.part?.name;

const alreadyDeclared = (count: number): string =>
  `${count} of the findings ${count === 1 ? "is" : "are"} in the events file already, so ${count === 1 ? "it happens" : "they happen"} in every world as declared there.`;

const NOT_SAMPLED =
  "What this would do to the commitment is told over sampled futures only: leave out --futures.";
const NOTHING_CHANGES =
  "Nothing more of it changes the usage that Savings Plans cover, so there is one commitment and not several.";
