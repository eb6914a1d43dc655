/** What each verb can be asked for. */
import type { World } from "./headroom.ts";
import type { Offering, PaymentOption, Term } from "./offering.ts";

export interface BacktestOptions extends BillingOptions, HistoryOptions {
  rates?: readonly string[] | undefined;
  /** The offering that is bought anew at each decision: 1 year, no upfront. */
  term?: Term | undefined;
  payment?: PaymentOption | undefined;
  riskAversion?: number | undefined;
  tail?: number | undefined;
  scenarios?: number | undefined;
  seed?: number | undefined;
  /**
   * Spans as `60d` or `12mo`: history before a decision, from one decision to the next, hours by which it is judged.
   */
  window?: string | undefined;
  step?: string | undefined;
  horizon?: string | undefined;
}

export interface WorldOptions extends ObjectiveOptions {
  /** Which of headroom's findings the answer takes to be done; default: none. */
  assume?: World | undefined;
  /** Probability of a loss that the safe-now commitment keeps in every world, 0 … 1; default 0.05. */
  safeLoss?: number | undefined;
}

export interface HeadroomOptions {
  /** What `aws cloudwatch get-metric-data` prints, of endpoints. */
  metrics?: readonly string[] | undefined;
  /** The queries that were asked; without it the labels say what is what. */
  metricDataQueries?: string | undefined;
  /** Utilization at which measured fleets are sized, above 0, up to 1; default 0.6. */
  targetUtilization?: number | undefined;
}

export interface HeadroomVerbOptions extends BillingOptions, HistoryOptions, HeadroomOptions {
  /** Rate cards: they decide what is eligible, and their On-Demand rates price successors. */
  rates?: readonly string[] | undefined;
}

export interface BillingOptions extends EngineOptions {
  exports: readonly string[];
  /**
   * The history that counts. Of an engine elsewhere the months from this to that one are read, which bounds what is
   * scanned. Where the data does not tell what time it covers, they do.
   */
  from?: string | undefined;
  to?: string | undefined;
  /** DescribeSavingsPlans JSON; without it owned plans come from fee rows. */
  owned?: string | undefined;
  memory?: string | undefined;
}

/** What is read beyond the hourly spend. */
export interface BillingParts {
  /** True: the hours of each endpoint, notebook and app too, of the newest periods. */
  resources?: boolean | undefined;
}

export interface EngineOptions {
  /** Default `duckdb`, which reads files. */
  engine?: "duckdb" | "athena" | "trino" | undefined;
  /** Trino's address. */
  server?: string | undefined;
  /** Trino's catalog, or the Glue data catalog. */
  catalog?: string | undefined;
  /** Trino's schema. */
  schema?: string | undefined;
  /** Athena's database. */
  database?: string | undefined;
  table?: string | undefined;
  /** Trino's user. */
  user?: string | undefined;
  workgroup?: string | undefined;
  /** Where Athena puts results: `s3://bucket/prefix/`. */
  output?: string | undefined;
  region?: string | undefined;
  profile?: string | undefined;
}

export interface InspectOptions extends BillingOptions {
  /** Rate cards: they decide what is eligible, and the gaps are told. */
  rates?: readonly string[] | undefined;
}

export interface NormalizeOptions extends Omit<BillingOptions, "owned"> {
  /** `.csv` or `.parquet`; written beside its name and renamed. */
  out: string;
}

export interface ObjectiveOptions {
  /** λ, 0 … 1; default 0.2. */
  riskAversion?: number | undefined;
  /** α, 0 … 1; default 0.9: the worst tenth. */
  tail?: number | undefined;
  /** Expected utilization of the new commitment, at least; default 0. */
  minUtilization?: number | undefined;
  /** $/h at Savings Plans rates, of all purchases together. */
  maxCommitment?: number | undefined;
  /** USD, of all purchases together, before any negotiated discount. */
  maxUpfront?: number | undefined;
  /** Yearly cost of capital, 0.08 for 8 %; default 0. */
  discountRate?: number | undefined;
}

export interface RecommendOptions
  extends BillingOptions, HistoryOptions, ObjectiveOptions, HeadroomOptions, WorldOptions {
  /** Rate cards; without them what the bill shows, then the shipped illustrative card. */
  rates?: readonly string[] | undefined;
  /** Offerings that may be bought. Defaults: any term, no upfront. */
  term?: Term | "any" | undefined;
  payment?: PaymentOption | "any" | undefined;
  /**
   * `bootstrap`, the default: futures sampled from the history. `history`: the past repeats exactly. Else a file: the
   * user's own scenarios and their probabilities.
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
  /**
   * AWS's own recommendation to hold this one against: what `aws ce get-savings-plans-purchase-recommendation` prints.
   */
  compareAws?: string | undefined;
  /** Share that an enterprise agreement takes off; default: what the bill shows. */
  negotiatedDiscount?: number | undefined;
}

export interface StoreOptions {
  /** New deliveries; none: the review is of what the store has. */
  exports: readonly string[];
  /** Without them those that an earlier review was given. */
  rates?: readonly string[] | undefined;
  owned?: string | undefined;
  /** The store's file, made when missing; default `./sageplan.duckdb`. */
  store?: string | undefined;
  /** ISO 8601; the instant of the review, default: now. Later usage is not looked at. */
  asOf?: string | undefined;
  /** The history that counts; see `HistoryOptions`. */
  from?: string | undefined;
  to?: string | undefined;
  /** Seconds to wait for another review of this store; default 60. */
  wait?: number | undefined;
}

export interface ReviewOptions extends StoreOptions, Omit<RecommendOptions, "exports" | "compareAws"> {
  /** A purchase that saves a smaller share of what eligible usage costs is not worth a decision; default 0.01. */
  leastSaving?: number | undefined;
  /** What was decided on the review before, in a person's words; kept with it. */
  decision?: string | undefined;
}

export interface SimulateOptions extends Omit<
  RecommendOptions,
  keyof HeadroomOptions | "assume" | "safeLoss" | "compareAws"
> {
  /** $/h at Savings Plans rates; offerings that are not named are not bought. */
  commitments: readonly (Offering & { commitmentUsdPerHour: number })[];
}

export type Lookback = "7d" | "30d" | "60d" | "13mo" | "all";

export interface HistoryOptions {
  /** ISO 8601; the first hour that counts, and the hour after the last. */
  from?: string | undefined;
  to?: string | undefined;
  lookback?: Lookback | undefined;
}
