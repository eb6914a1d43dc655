import { alongOf } from "./along.ts";
import { answerOf, choose, type Allowed, type Choice } from "./choose.ts";
import { decide, type WorldOptions } from "./decide.ts";
import type { AlongCommitment } from "./domain/along.ts";
import type { Headroom } from "./domain/headroom.ts";
import type { HourlyUse } from "./domain/hourly-use.ts";
import type { PaymentOption, Term } from "./domain/offering.ts";
import type { Effects } from "./domain/progress.ts";
import type { Recommendation } from "./domain/recommendation.ts";
import { compareAws } from "./compare-aws.ts";
import { answerCertificate, documentOf, type DocumentOptions } from "./document.ts";
import { readAwsRecommendation } from "./ingest/aws-recommendation.ts";
import { requireSpend, withBilling, type BillingOptions } from "./ingest/billing.ts";
import { SageplanError } from "./domain/error.ts";
import type { WhatIf } from "./domain/what-if.ts";
import { headroomIn, metricsOf, pricesOf, withMetricInputs, type HeadroomOptions } from "./headroom-parts.ts";
import { horizonHoursOf } from "./horizon.ts";
import { readFutures, type Futures } from "./ingest/futures.ts";
import { readRateFiles } from "./ingest/rate-files.ts";
import { requireMonths } from "./ladder.ts";
import { hourlyUseOf } from "./parts.ts";
import { objectiveOf, prospectOf, type ObjectiveOptions, type Prospect } from "./prospect.ts";
import type { EventsFile } from "./ingest/events.ts";
import { sceneOf, type SampledFutures, type Scene } from "./scene.ts";
import type { HistoryOptions } from "./situation.ts";
import { whatIfOf } from "./what-if.ts";

export interface RecommendOptions
  extends BillingOptions, HistoryOptions, ObjectiveOptions, HeadroomOptions, WorldOptions {
  /** Rate cards; without them what the bill shows, then the shipped illustrative card. */
  rates?: readonly string[] | undefined;
  /** Offerings that may be bought. Defaults: any term, no upfront. */
  term?: Term | "any" | undefined;
  payment?: PaymentOption | "any" | undefined;
  /**
   * `bootstrap`, the default: futures sampled from the history. `history`: the past repeats exactly. Else a file: the user's own
   * scenarios and their probabilities.
   */
  futures?: string | undefined;
  /** Sampled futures: how many, and where the sample starts; 200 and 1. */
  scenarios?: number | undefined;
  seed?: number | undefined;
  /** What sampled futures span, `60d` or `36mo`; default: the term, 36 months when terms are compared. */
  horizon?: string | undefined;
  /** Yearly growth of sampled futures, 0.2 for 20 %; default: what the history shows, shrunk. */
  growth?: number | undefined;
  /** A file of events that sampled futures take in: `docs/events.md`. */
  events?: string | undefined;
  /** Monthly tranches in which the same is bought instead of at once, 2 … 12; default: no ladder. */
  ladder?: number | undefined;
  /** AWS's own recommendation to hold this one against: what `aws ce get-savings-plans-purchase-recommendation` prints. */
  compareAws?: string | undefined;
  /** Share that an enterprise agreement takes off; default: what the bill shows. */
  negotiatedDiscount?: number | undefined;
}

export interface Recommended {
  recommendation: Recommendation;
  hourlyUse: HourlyUse;
  /** For a workbook that recalculates; worked out when it is asked for. */
  along: () => AlongCommitment;
  /** For a page that recomputes. */
  whatIf: WhatIf;
}

/**
 * The purchase that saves the most against the risk of underuse, over the futures and around the plans already owned, within
 * the limits; beside it the alternatives, settled on the same futures. Deterministic.
 * @throws SageplanError; see `domain/error.ts` for codes and exit codes
 */
export async function recommend(options: RecommendOptions, effects: Effects = {}): Promise<Recommended> {
  const aws = options.compareAws === undefined ? null : await readAwsRecommendation(options.compareAws);
  const allowed = allowedOf(options);
  const card = options.rates?.length ? await readRateFiles(options.rates) : null;
  const futures = await futuresOf(options, allowed, effects);
  const metrics = await metricsOf(options);
  return withBilling({ ...options, resources: true }, effects, async (read) => {
    const billing = withMetricInputs(read, metrics);
    const priceOf = pricesOf(requireSpend(billing), card);
    const sceneWith = (others: typeof futures): Scene =>
      sceneOf(billing, card, others, { ...options, priceOf: others === futures ? undefined : priceOf });
    if (options.ladder !== undefined) requireMonths(sceneWith(futures).situation, options.ladder);
    const found = headroomIn(billing, card, metrics, options);
    const { prospect, choice, headroom } = await decide(sceneWith, futures, found, options, allowed, effects);
    const compared = aws && {
      comparison: await compareAws(prospect, choice, aws, effects),
      input: aws.input,
    };
    const recommendation = recommendationOf(
      prospect,
      choice,
      allowed,
      options,
      headroom,
      compared ?? undefined,
    );
    const { commitments } = answerOf(choice);
    return {
      recommendation,
      hourlyUse: hourlyUseOf(prospect, commitments),
      whatIf: whatIfOf(prospect),
      along: () => alongOf(prospect, commitments, choice.bestSingle, commitmentsOf(recommendation)),
    };
  });
}

/** Where the curve has its points. */
export const commitmentsOf = ({ curve }: Recommendation): number[] =>
  curve.map(({ commitmentUsdPerHour }) => commitmentUsdPerHour);

export const recommendationOf = (
  prospect: Prospect,
  choice: Choice,
  allowed: Allowed,
  options: RecommendOptions,
  headroom: Headroom | null,
  compared?: DocumentOptions["compared"],
): Recommendation =>
  documentOf(prospect, choice, {
    compared,
    ...allowed,
    schema: "sageplan/recommendation/1",
    subject: answerOf(choice),
    certificate: answerCertificate(prospect, choice),
    options: statedOptions(options, allowed),
    ladder: options.ladder,
    headroom,
  });

/** Reads everything, weighs and chooses: what `simulate` compares with. */
export async function withChoice(
  options: RecommendOptions,
  effects: Effects,
  use: (prospect: Prospect, choice: Choice, allowed: Allowed) => Recommended | Promise<Recommended>,
): Promise<Recommended> {
  const allowed = allowedOf(options);
  const card = options.rates?.length ? await readRateFiles(options.rates) : null;
  const futures = await futuresOf(options, allowed, effects);
  return withBilling(options, effects, async (billing) => {
    const scene = sceneOf(billing, card, futures, options);
    if (options.ladder !== undefined) requireMonths(scene.situation, options.ladder);
    const prospect = prospectOf(scene, options);
    return use(prospect, await choose(prospect, allowed, effects), allowed);
  });
}

export const allowedOf = ({ term = "any", payment = "no-upfront" }: RecommendOptions): Allowed => ({
  term,
  payment,
});

/** @throws SageplanError `wrong-call` for options of sampled futures beside others */
export async function futuresOf(
  options: RecommendOptions,
  { term }: Allowed,
  effects: Effects,
): Promise<Futures | SampledFutures | null> {
  const kind = options.futures ?? "bootstrap";
  if (kind === "bootstrap") {
    const { scenarios = DEFAULT_SCENARIOS, seed = DEFAULT_SEED, growth = null } = options;
    const horizonHours = horizonHoursOf(options.horizon, term);
    const { events, input } =
      options.events === undefined ? { events: [], input: null } : await eventsOf(options.events);
    return { scenarios, seed, growth, horizonHours, events, eventsInput: input };
  }
  const sampling = ["scenarios", "seed", "horizon", "growth", "events"] as const;
  const given = sampling.find((name) => options[name] !== undefined);
  if (given !== undefined) {
    throw new SageplanError(
      "wrong-call",
      `--${given} is about sampled futures, and --futures ${kind} samples none. Leave out one of the two.`,
    );
  }
  return kind === "history" ? null : readFutures(kind, effects, options.memory);
}

/** YAML and its checks are loaded when there is a file to read. */
const eventsOf = async (path: string): Promise<EventsFile> =>
  (await import("./ingest/events.ts")).readEvents(path);

const DEFAULT_SCENARIOS = 200;
const DEFAULT_SEED = 1;

/** The options of a call with the defaults that it took. */
export const statedOptions = (options: RecommendOptions, allowed: Allowed): Record<string, unknown> => {
  const { riskAversion, tail } = objectiveOf(options);
  const futures = options.futures ?? "bootstrap";
  const { scenarios = DEFAULT_SCENARIOS, seed = DEFAULT_SEED } = options;
  const sampled = futures === "bootstrap" ? { scenarios, seed } : {};
  return { ...options, ...allowed, riskAversion, tail, futures, ...sampled };
};
