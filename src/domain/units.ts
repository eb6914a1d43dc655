/**
 * The two dollar bases that must never be mixed. Usage is worth dollars at On-Demand rates; a commitment buys dollars
 * at Savings Plans rates. Only a rate ratio converts one into the other.
 */
declare const basis: unique symbol;

/** Dollars at On-Demand rates. */
export type OnDemandUsd = number & { readonly [basis]: "on-demand" };

/** Dollars at Savings Plans rates: what a commitment is measured in. */
export type CommitmentUsd = number & { readonly [basis]: "commitment" };

/** Savings Plans rate ÷ On-Demand rate of one SKU under one offering: 0 < ratio. 1 − ratio is AWS's "saving %". */
export type RateRatio = number & { readonly [basis]: "ratio" };

export const onDemandUsd = (usd: number): OnDemandUsd => usd as OnDemandUsd;
export const commitmentUsd = (usd: number): CommitmentUsd => usd as CommitmentUsd;
export const rateRatio = (ratio: number): RateRatio => ratio as RateRatio;

/** The commitment that covering this much usage burns. */
export const commitmentToCover = (usage: OnDemandUsd, ratio: RateRatio): CommitmentUsd =>
  commitmentUsd(usage * ratio);

/** The usage that this much commitment covers. */
export const usageCovered = (commitment: CommitmentUsd, ratio: RateRatio): OnDemandUsd =>
  onDemandUsd(commitment / ratio);
