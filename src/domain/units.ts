/**
 * The two dollar bases that must never be mixed. Usage is worth dollars at On-Demand rates; a commitment buys dollars
 * at Savings Plans rates. Only a rate ratio converts one into the other. Sums over both are dollars billed: a number.
 *
 * A value of one basis never passes for the other. A number of none (from outside, or from arithmetic) is given its
 * basis by the functions below; a vector of none may be taken for either, since typed arrays are made without one.
 */
declare const basis: unique symbol;

type Basis = "on-demand" | "commitment" | "ratio";
type Based<B extends Basis> = number & { readonly [basis]: B };
/** A number of this basis, or of none. */
type Plain<B extends Basis> = number & { readonly [basis]?: B };
type Vector<B extends Basis> = Float64Array & { readonly [basis]?: B };

/** Dollars at On-Demand rates. */
export type OnDemandUsd = Based<"on-demand">;
export type OnDemandVector = Vector<"on-demand">;

/** Dollars at Savings Plans rates: what a commitment is measured in. */
export type CommitmentUsd = Based<"commitment">;
export type CommitmentVector = Vector<"commitment">;

/** Savings Plans rate ÷ On-Demand rate of one SKU under one offering: 0 < ratio. 1 − ratio is AWS's "saving %". */
export type RateRatio = Based<"ratio">;
export type RateRatioVector = Vector<"ratio">;

export const asOnDemandUsd = (usd: Plain<"on-demand">): OnDemandUsd => usd as OnDemandUsd;
export const asCommitmentUsd = (usd: Plain<"commitment">): CommitmentUsd => usd as CommitmentUsd;
export const asRateRatio = (ratio: Plain<"ratio">): RateRatio => ratio as RateRatio;

/** The commitment that covering this much usage burns. */
export const commitmentToCover = (usage: OnDemandUsd, ratio: RateRatio): CommitmentUsd =>
  asCommitmentUsd(usage * ratio);

/** The usage that this much commitment covers. */
export const usageCovered = (commitment: CommitmentUsd, ratio: RateRatio): OnDemandUsd =>
  asOnDemandUsd(commitment / ratio);
