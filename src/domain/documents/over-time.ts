import type { Offering } from "../offering.ts";
import type { Certificate } from "./certificate.ts";

/** An amount of one offering. */
export interface PolicyPurchase extends Offering {
  commitmentUsdPerHour: number;
}

/** What is decided when so much is known: at the start; then in each third of the futures by their spend until then. */
export interface PolicyNode {
  /** Of the horizon: 0, 12, 24. */
  month: number;
  /** Index of the node that it follows from; null at the start. */
  parent: number | null;
  probability: number;
  /** Mean of its futures over its hours, On-Demand equivalent of the eligible usage. */
  onDemandUsdPerHour: number;
  /** Bought there, beside what lasts from before. A 1-year plan lasts until the next decision. */
  purchases: PolicyPurchase[];
}

/** Against buying nothing new, settled by AWS's rule, USD over the horizon. */
export interface PolicyFigures {
  netSavingsUsd: number;
  /** CVaR of −net saving at the tail of the risk; negative: a saving even then. */
  cvarLossUsd: number;
  probabilityOfLoss: number;
}

/**
 * `one-year`, `three-year`: plans of that term only, bought at every decision as is best. `all-now`: every purchase,
 * later ones too, settled at the start.
 */
export interface PolicyReference extends PolicyFigures {
  kind: "one-year" | "three-year" | "all-now";
  /** Bought at the start. */
  purchases: PolicyPurchase[];
}

/**
 * The best policy over three years, with decisions in months 0, 12 and 24; what is bought at the start is the answer. A
 * 3-year plan that is bought later is paid for the months within the horizon only: what it binds beyond is taken to be
 * worth its price.
 */
export interface OverTime {
  /** Parents before children. */
  nodes: PolicyNode[];
  policy: PolicyFigures;
  references: PolicyReference[];
  /** Risk-adjusted cost when all is decided at the start − that of the policy, both settled, neither polished. */
  valueOfWaitingUsd: number;
  /** Risk-neutral and by the linear program, as `Information`: EVPI of knowing the future at the start. */
  evpiUsd: number;
  /** What planning all three years for the mean of the futures costs more. */
  vssUsd: number;
  /** `lowerBound`: no policy on this tree costs less. `upperBound`: this one, settled. */
  certificate: Certificate;
}
