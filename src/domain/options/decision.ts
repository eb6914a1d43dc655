/** Options of what is decided: which plans, from which history, over which futures, at which risk, within which limits. */
import { WORLDS, type World } from "../headroom.ts";
import type { PaymentOption, Term } from "../offering.ts";
import { SHARING_MODES } from "../sharing.ts";
import {
  choice,
  flag,
  utcInstant,
  list,
  number,
  refusal,
  share,
  span,
  plainText,
  textLike,
  type Kind,
} from "./kinds.ts";
import { byDefault, needing, optional, type OptionsOf } from "./option.ts";

const TERMS = ["1yr", "3yr"] as const satisfies readonly Term[];
const PAYMENTS = ["no-upfront", "partial-upfront", "all-upfront"] as const satisfies readonly PaymentOption[];

export const offeringOptions = {
  term: byDefault("any", choice("term", [...TERMS, "any"]), "terms that may be bought"),
  payment: byDefault(
    "no-upfront",
    choice("option", [...PAYMENTS, "any"]),
    "payment options that may be bought",
  ),
};

/** Bought anew at each decision. */
export const oneOfferingOptions = {
  term: byDefault("1yr", choice("term", TERMS), "term of the plan that is bought"),
  payment: byDefault("no-upfront", choice("option", PAYMENTS), "how it is paid"),
};

export const spanOptions = {
  from: optional(utcInstant, "first day or hour (UTC) that counts, of those delivered"),
  to: optional(
    utcInstant,
    "day or hour (UTC) at which the history ends, itself not counted; within those delivered",
  ),
};

export const lookbackOptions = {
  lookback: byDefault(
    "all",
    choice("span", ["7d", "30d", "60d", "13mo", "all"]),
    "length of the history that counts",
    { conflicts: ["from"] },
  ),
};

/** The history that counts: the first hour, and the hour after the last. */
export type HistoryOptions = OptionsOf<typeof spanOptions & typeof lookbackOptions>;
export type Lookback = NonNullable<HistoryOptions["lookback"]>;

export const discountOptions = {
  negotiatedDiscount: optional(
    share("Expected a share from 0 up to, but not, 1: 0.12 for 12%."),
    "EDP or private pricing, 0.06 for 6%",
    "from the bill, else 0",
  ),
};

export const futuresKind = {
  futures: byDefault(
    "bootstrap",
    textLike("kind", /[^]/, "Expected bootstrap, history, or the path of a file of scenarios."),
    "bootstrap: sampled from the history; history: the past repeats exactly, as AWS's own recommendations suppose; or a FILE with your own scenarios: the normalized table with the columns scenario and probability",
  ),
};

const MOST_SCENARIOS = 2_000;
const MOST_SEED = 2 ** 31 - 1;

export const sampleOptions = {
  scenarios: byDefault(
    200,
    number(
      "count",
      { least: 10, most: MOST_SCENARIOS, isWhole: true },
      `Expected a whole number from 10 to ${MOST_SCENARIOS}.`,
    ),
    "how many scenarios are sampled",
  ),
  seed: byDefault(
    1,
    number(
      "number",
      { least: 0, most: MOST_SEED, isWhole: true },
      `Expected a whole number from 0 to ${MOST_SEED}.`,
    ),
    "random seed: the same seed gives the same answer",
  ),
};

export const sampledFuturesOptions = {
  horizon: optional(
    span,
    "what sampled scenarios span, as 60d or 12mo",
    "the term; 36 months when terms are compared",
  ),
  growth: optional(
    number(
      "rate",
      { above: -1, most: 10 },
      "Expected a yearly rate above -1: 0.25 for 25% a year, -0.1 for 10% less.",
    ),
    "yearly growth of usage in sampled scenarios, 0.25 for 25%, -0.1 for 10% less",
    "what the history shows, shrunk",
  ),
  events: optional(
    plainText("file"),
    "what you know is coming, as YAML: launches, shutdowns, migrations, autoscaling, growth, with dates",
  ),
};

export const futuresOptions = { ...futuresKind, ...sampleOptions, ...sampledFuturesOptions };
export type FuturesOptions = OptionsOf<typeof futuresOptions>;

/**
 * The defaults are what the backtests of `docs/futures.md` argue for: from here on the price of a better worst tenth
 * rises steeply.
 */
export const riskOptions = {
  riskAversion: byDefault(
    0.2,
    number(
      "weight",
      { least: 0, most: 1 },
      "Expected a weight from 0 (only the mean saving counts) to 1 (only the worst scenarios count).",
    ),
    "how much the worst scenarios count: 0 only the mean saving, 1 only the mean of the worst scenarios",
  ),
  tail: byDefault(
    0.9,
    share("Expected a share from 0 up to, but not, 1: 0.9 looks at the worst tenth of the scenarios."),
    "which scenarios are the worst ones: 0.9 for the worst tenth",
  ),
};

/** Who shares plans with whom, and who buys: AWS's billing preferences. */
export const sharingOptions = {
  sharing: optional(
    choice("mode", SHARING_MODES),
    "how the organization shares plans between accounts, as its billing preferences say",
    "what the bill shows, else open",
  ),
  sharingGroups: optional(
    plainText("file"),
    "the groups of prioritized and restricted sharing, as YAML: the name of a group and its accounts",
  ),
  buyer: optional(
    textLike("account", /^\d{12}$/, "Expected the 12 digits of an account."),
    "account that buys",
    "the management account where all share, else the one whose plans reach the most usage",
  ),
};
export type SharingOptions = OptionsOf<typeof sharingOptions>;

export const queueOptions = {
  queue: {
    ...optional(
      flag,
      "buy now or not at all: nothing is queued for the ends of owned plans, which leave gaps",
      "what to queue is sought too",
    ),
    flag: "no-queue",
  },
};

/** Of all purchases together, before any negotiated discount. */
export const limitOptions = {
  minUtilization: byDefault(
    0,
    number(
      "share",
      { least: 0, most: 1 },
      "Expected a share from 0 to 1: 0.8 for 80% of the new commitment.",
    ),
    "the new commitment is used on average at least this much, 0.8 for 80%",
  ),
  maxCommitment: optional(
    number(
      "amount",
      { least: 0 },
      "Expected an amount per hour at Savings Plans rates, 0 or more, in plain digits: 12.5.",
    ),
    "new commitment in all, at most, an hour at Savings Plans rates, in the bill's currency",
    "no limit",
  ),
  maxUpfront: optional(
    number("amount", { least: 0 }, "Expected an amount, 0 or more, in plain digits: 10000."),
    "cash paid at the start in all, at most, in the bill's currency",
    "no limit",
  ),
  discountRate: byDefault(
    0,
    number(
      "rate",
      { least: 0, below: 1 },
      "Expected a yearly rate from 0 up to, but not, 1: 0.08 for 8% a year.",
    ),
    "yearly cost of capital, 0.08 for 8%: makes paying early cost something",
  ),
};

export const objectiveOptions = { ...riskOptions, ...limitOptions };
export type ObjectiveOptions = OptionsOf<typeof objectiveOptions>;

export const ladderOptions = {
  ladder: optional(
    number(
      "count",
      { least: 2, most: 12, isWhole: true },
      "Expected a whole number of monthly tranches from 2 to 12.",
    ),
    "the same bought in so many equal monthly tranches, 2 to 12, instead of at once: what that costs and what it leaves open",
    "no ladder",
  ),
};

export const compareOptions = {
  compareAws: optional(
    plainText("file"),
    'AWS\'s own recommendation beside this one, and why they differ: what "aws ce get-savings-plans-purchase-recommendation" prints',
  ),
};

export const metricsOptions = {
  metrics: optional(
    list("file"),
    'what "aws cloudwatch get-metric-data" prints for your endpoints (docs/headroom.md has the call): one file or more',
  ),
  ...needing("metrics", null, {
    metricDataQueries: optional(
      plainText("file"),
      "the queries that were asked for --metrics; without it labels name endpoint, variant and metric",
    ),
    /** At which fleets are sized: AWS's scaling examples aim at 50 to 70 %. */
    targetUtilization: byDefault(
      0.6,
      number("share", { above: 0, most: 1 }, "Expected a share above 0, up to 1: 0.6 for 60% busy."),
      "how busy a fleet with metrics should be, 0.6 for 60%",
    ),
  }),
};
export type HeadroomOptions = OptionsOf<typeof metricsOptions>;

const world: Kind<World> = {
  unit: "headroom=world",
  type: WORLDS.map((each) => `"${each}"`).join(" | "),
  read(given) {
    const found = WORLDS.find((each) => given === `headroom=${each}`);
    if (found === undefined) throw refusal("Expected headroom=none, headroom=likely or headroom=all.");
    return found;
  },
};

/** What savings that come first do to an answer. */
export const worldOptions = {
  assume: byDefault(
    "none",
    world,
    "which of headroom's findings the answer takes to be done: headroom=none, headroom=likely, each with its probability, or headroom=all",
    { otherwise: "headroom=none; the section shows all three" },
  ),
  safeLoss: byDefault(
    0.05,
    number(
      "probability",
      { least: 0, below: 1 },
      "Expected a probability from 0 up to, but not, 1: 0.05 for 5%.",
    ),
    "the safe-now commitment's probability of a loss, at most, in all three worlds, 0.05 for 5%",
  ),
};
export type WorldOptions = OptionsOf<typeof worldOptions & typeof objectiveOptions>;

/** Spans of a backtest: history before a decision, from one to the next, hours by which one is judged. */
export const walkOptions = {
  window: optional(span, "history before a decision, as 60d or 2mo", "by the length of all"),
  step: byDefault("14d", span, "from one decision to the next"),
  horizon: optional(span, "hours that judge a decision", "by the length of all"),
  monthly: optional(
    flag,
    "decides every month too, with the book of 1-year plans that these decisions build, beside other rules and hindsight",
    "one purchase at a time",
  ),
};
