/** What each verb of the library takes. */
import type { Pull } from "../documents/pull.ts";
import type { HistoryOptions, lookbackOptions, spanOptions } from "./decision.ts";
import type { OptionsOf } from "./option.ts";
import type { BillingOptions, ownedOptions, ratesOptions, storeOptions } from "./source.ts";
import type { VerbOptions } from "./verbs.ts";

interface Exports {
  /** Billing exports: files, folders or globs. */
  exports: readonly string[];
}

export type InspectOptions = Exports & VerbOptions<"inspect">;
export type NormalizeOptions = Exports & VerbOptions<"normalize">;
export type RecommendOptions = Exports & VerbOptions<"recommend">;

/** Offerings that are not named are not bought. */
export type SimulateOptions = Exports &
  Omit<VerbOptions<"simulate">, "commitment"> & { commitments: VerbOptions<"simulate">["commitment"] };

/** The library reads tables and older months too. */
export type HeadroomVerbOptions = VerbOptions<"headroom"> & HistoryOptions & BillingOptions;
export type BacktestOptions = Exports & VerbOptions<"backtest"> & OptionsOf<typeof lookbackOptions>;

/** New deliveries; none: the review is of what the store has. Rates and plans: without them those of an earlier one. */
export type ReviewOptions = Exports & VerbOptions<"review">;
export type StoreOptions = Exports &
  OptionsOf<typeof storeOptions & typeof ratesOptions & typeof ownedOptions & typeof spanOptions>;

/** What to ask, in this order. */
export type PullOptions = { what: readonly Pull[] } & VerbOptions<"pull">;
