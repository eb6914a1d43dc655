/** Where a pattern begins. Ours, not AWS's; `docs/headroom.md` lists them for the reader, who may think otherwise. */

/** What is looked at: what runs now, in whole weeks, so that each hour of the week counts the same. */
export const WINDOW_HOURS = 672;
/** Less of a life tells no rhythm. */
export const LEAST_LIFE_HOURS = 168;
/** Use that ended earlier is gone already; a day, because the newest hours of an export are incomplete. */
export const RUNNING_WITHIN_HOURS = 24;
/** USD a month: below it nobody will act. */
export const LEAST_USD_PER_MONTH = 10;

/** Share of hours in use from which on a resource is on round the clock: a restart or a deployment may interrupt it. */
export const ROUND_THE_CLOCK = 0.95;
/** A count within this share of the usual one is the usual one; in so many of the hours the fleet is flat. */
export const FLAT_WITHIN = 0.1;
export const FLAT_SHARE = 0.95;
/** A measured fleet that could be this much smaller is worth scaling. */
export const LEAST_SAVED_SHARE = 0.2;

/** Share of hours without a request from which on paying for hours is paying for waiting. */
export const IDLE_SHARE = 0.5;
/** Use in so few hours is a job's, not a service's. */
export const PART_TIME_SHARE = 0.5;
/** Of the hours of the week that are ever used, used in this share of the weeks: a rhythm, not bursts. */
export const RECURRING_SHARE = 0.75;
/**
 * The most memory that a serverless endpoint has (SageMaker AI guide, "Deploy models with Amazon
 * SageMaker Serverless Inference").
 */
export const SERVERLESS_GB = 6;

/** Share of hours in use from which on a notebook was forgotten rather than used. */
export const ALWAYS_ON = 0.9;
/** What a person at work needs: nine hours on weekdays, from this hour (UTC). */
export const WORKDAY = { from: 8, hours: 9 };

/** A resource-level sum must come this near to the usage type's, or the export does not tell all resources. */
export const ACCOUNTED_FOR = 0.99;

/** Chance that a finding is acted on, for sampled futures: a belief, to be edited in the events file. */
export const PROBABILITY = { measured: 0.6, inferred: 0.3, guess: 0.15 } as const;
