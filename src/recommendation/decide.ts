/** What to buy, in the case that the user assumes, and what the findings of headroom do to it. */
import type { Allowed } from "../domain/allowed.ts";
import { SageplanError } from "../domain/error.ts";
import type { DeclaredEvent } from "../domain/event.ts";
import type { Headroom } from "../domain/documents/headroom.ts";
import { worldOptions, type WorldOptions } from "../domain/options/decision.ts";
import { withDefaults } from "../domain/options/option.ts";
import type { Futures } from "../domain/own-futures.ts";
import type { SampledFutures } from "../domain/sampling.ts";
import type { Answer } from "../portfolio/answer.ts";
import { choose, chooseAnswer, type Choice } from "../portfolio/candidates.ts";
import type { Working } from "../portfolio/jobs.ts";
import type { PurchaseInputs } from "../problem/inputs.ts";
import type { PurchaseProblem } from "../problem/problem.ts";
import { poseProblem, type PosedProblem, type PreparedProblem } from "./inputs.ts";
import { answerCases } from "./headroom-cases.ts";

export interface Decided {
  inputs: PurchaseInputs;
  problem: PurchaseProblem;
  choice: Choice;
  headroom: Headroom;
}

/**
 * `prepareWith` prepares the problem with other scenarios, all else the same.
 * @throws SageplanError `wrong-call` when findings are to be assumed and futures are not sampled
 */
export async function decide(
  prepareWith: (futures: Futures | SampledFutures | null) => PreparedProblem,
  futures: Futures | SampledFutures | null,
  found: Headroom,
  /** The findings' events, in the order in which they are to happen. */
  foundEvents: readonly DeclaredEvent[],
  options: WorldOptions,
  allowed: Allowed,
  working: Working,
): Promise<Decided> {
  const { assume, safeLoss } = withDefaults(worldOptions, options);
  const sampled = futures !== null && "seed" in futures ? futures : null;
  if (assume !== "none" && sampled === null) {
    throw new SageplanError(
      "wrong-call",
      `--assume headroom=${assume} changes sampled scenarios, and --futures ${futures === null ? "history" : "FILE"} samples none. Leave out one of the two.`,
    );
  }
  const events = foundEvents.filter((event) => !sampled?.events.some((own) => isSame(own, event)));
  const declared = foundEvents.length - events.length;
  const reported = declared > 0 ? [...found.notes, alreadyDeclared(declared)] : found.notes;
  if (sampled !== null && events.length > 0) {
    const problemIn = (others: SampledFutures): PosedProblem => poseProblem(prepareWith(others), options);
    const answered = await answerCases({ problemIn, sampled, events, assume, safeLoss, allowed }, working);
    const { inputs, problem, choice, worlds } = answered;
    return { inputs, problem, choice, headroom: { ...found, notes: reported, worlds } };
  }
  const { inputs, problem } = poseProblem(prepareWith(futures), options);
  const choice = await choose(problem, allowed, working);
  const why = sampled === null ? NOT_SAMPLED : NOTHING_CHANGES;
  const notes = found.findings.length > 0 ? [...reported, why] : reported;
  return { inputs, problem, choice, headroom: { ...found, notes } };
}

/** The same answer, alone: what a summary shows. Other worlds are asked only where one of them is assumed. */
export async function decideAnswer(
  ...[prepareWith, futures, found, foundEvents, options, allowed, working]: Parameters<typeof decide>
): Promise<Omit<Decided, "choice"> & { answer: Answer }> {
  const { assume } = withDefaults(worldOptions, options);
  if (assume !== "none") {
    const decided = await decide(prepareWith, futures, found, foundEvents, options, allowed, working);
    return { ...decided, answer: decided.choice };
  }
  const { inputs, problem } = poseProblem(prepareWith(futures), options);
  return { inputs, problem, answer: await chooseAnswer(problem, allowed, working), headroom: found };
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
  "What this would do to the commitment is told over sampled scenarios only: leave out --futures.";

const NOTHING_CHANGES =
  "Nothing more of it changes the usage that Savings Plans cover, so there is one commitment and not several.";
