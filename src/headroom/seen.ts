import type { Confidence, HeadroomFinding } from "../domain/documents/headroom.ts";
import type { ResourceUse, ToldEvent, ToldMatch } from "../domain/headroom.ts";
import type { HourSpan } from "../domain/hour.ts";
import { MONTH_HOURS } from "../domain/offering.ts";
import type { Sku } from "../domain/usage.ts";
import { nameOf, type Measured } from "./measured.ts";
import { PROBABILITY } from "./thresholds.ts";
import { useKey, useUsd, type Uses } from "./uses.ts";

/** All that the detectors look at. */
export interface Seen extends Uses {
  window: HourSpan;
  /** Only of endpoints whose metrics were given. */
  measured: ReadonlyMap<ResourceUse, Measured>;
  /** `[hour of the week]` All eligible usage ÷ that of the busiest such hour. */
  rhythm: Float64Array;
  targetUtilization: number;
  isEligible: (sku: Sku) => boolean;
  /** The user's own or AWS's On-Demand list price of a usage type, an hour; null: not known. */
  priceOf: (sku: Sku) => number | null;
  /** What stands before an amount. */
  sign: string;
  /** When what is found is taken to be done: the first hour of the futures, ISO 8601. */
  from: string;
}

/**
 * A pattern's finding in one use: `keptShare` of its dollars stays eligible, `savedShare` of them
 * is saved (null: not known).
 */
export interface Told {
  pattern: HeadroomFinding["pattern"];
  confidence: Confidence;
  usdPerHour: number;
  savedShare: number | null;
  keptShare: number;
  what: string;
  page: string;
  /** What it is about when it is more than the use's own usage type, as `USE1-Train:ml.g5.*`. */
  usageType?: string;
  event: (match: ToldMatch) => Omit<ToldEvent, "from" | "probability">;
}

/** A use without a name is a sum over several: less sure. */
export const confidenceOf = ({ resourceId }: ResourceUse): Confidence =>
  resourceId === "" ? "guess" : "inferred";

export function findingOf(seen: Seen, use: ResourceUse, told: Told): HeadroomFinding {
  const { pattern, confidence, usdPerHour, savedShare, keptShare, what, page } = told;
  const effectUsdPerHour = seen.isEligible(use.sku) ? usdPerHour * (1 - keptShare) : 0;
  const usageType = told.usageType ?? use.sku.usageType;
  const match = matchOf(seen, use, usageType);
  return {
    pattern,
    resource: use.resourceId,
    account: use.account,
    region: use.sku.region,
    usageType,
    confidence,
    onDemandUsdPerMonth: usdPerHour * MONTH_HOURS,
    savesUsdPerMonth: savedShare === null ? null : usdPerHour * savedShare * MONTH_HOURS,
    effectUsdPerHour,
    what,
    page,
    event:
      effectUsdPerHour > 0 && match !== null
        ? { ...told.event(match), from: seen.from, probability: PROBABILITY[confidence] }
        : null,
  };
}

/** Below this much of the rest it is all there is. */
const WHOLE = 0.995;

/** What an event has to name; null: an account that an events file can't name. */
function matchOf(seen: Seen, use: ResourceUse, usageType: string): ToldMatch | null {
  const { account, resourceId } = use;
  if (account !== "" && !/^\d{12}$/.test(account)) return null;
  const whole = seen.bySku.find((each) => useKey(each) === useKey(use));
  const share = whole === undefined ? 1 : useUsd(use) / useUsd(whole);
  return {
    match: usageType,
    ...(account !== "" && { account }),
    ...(resourceId !== "" &&
      share < WHOLE && { part: nameOf(resourceId), share: Math.max(0.0001, Number(share.toFixed(4))) }),
  };
}

/** 168 shares with two decimals. */
export const weekOf = (shares: Float64Array): number[] =>
  Array.from(shares, (share) => Number(Math.min(1, share).toFixed(2)));
