/**
 * The same commitment bought in monthly tranches (730 h) instead of at once: the first now, the others queued.
 *
 * The price is what the commitment does not save while it is not there yet. The gain: less is bound while the ladder is
 * climbed, and what is still queued can be called off. What a month later is bound, is bound for longer, too: the
 * lock-in of a ladder, in months, ends after that of a purchase at once.
 */
import { STEPS_PER_USD, type Offering } from "./offering.ts";

/** One queued purchase; several offerings make several of each number. */
export interface Tranche extends Offering {
  /** 1, 2, 3 … */
  number: number;
  commitmentUsdPerHour: number;
  /** Before any negotiated discount. */
  upfrontUsd: number;
  /** ISO 8601, UTC: its first hour, and the hour after its last. */
  start: string;
  end: string;
  /** The owned plan that it follows: bought for the hour in which that one has ended. */
  afterPlan: string | null;
}

/** A way through the futures, USD over the horizon after any negotiated discount. */
export interface LadderOutcome {
  netSavingsUsd: number;
  cvarLossUsd: number;
  probabilityOfLoss: number;
}

/** As the tranche of this number begins. */
export interface LadderStep {
  number: number;
  /** ISO 8601, UTC. */
  at: string;
  /** Commitment that is bound, and that can still be called off, $/h. */
  boundUsdPerHour: number;
  callableUsdPerHour: number;
  /** Still to be paid for what is bound, upfront payments spread over their term, USD. */
  boundUsd: number;
  boundAtOnceUsd: number;
  /**
   * Remaining months of what is bound, weighted by commitment (Commitment Lock-In Risk); of the
   * purchase at once likewise.
   */
  lockInMonths: number;
  lockInMonthsAtOnce: number;
  /** If the ladder ends here, in every future, and the rest is called off. */
  ifLast: LadderOutcome;
}

export interface Ladder {
  /** Tranches asked for; fewer are made when one would be below what AWS sells ($0.001/h). */
  asked: number;
  tranches: Tranche[];
  atOnce: LadderOutcome;
  /** Every tranche begins. */
  asPlanned: LadderOutcome;
  /** What the ladder costs: mean net saving at once − as planned. */
  priceUsd: number;
  /**
   * The rest is called off in the futures in which usage has collapsed: in the month before that of a tranche it was
   * below `below` times the first month's mean of all futures.
   */
  calledOff: LadderOutcome & { below: number; probability: number };
  steps: LadderStep[];
}

/** `parts` amounts of AWS's five decimals, as equal as they can be, the larger first; exactly the whole. */
export function equalParts(commitmentUsdPerHour: number, parts: number): number[] {
  const steps = Math.round(commitmentUsdPerHour * STEPS_PER_USD);
  const least = Math.floor(steps / parts);
  return Array.from({ length: parts }, (_, n) => (least + (n < steps % parts ? 1 : 0)) / STEPS_PER_USD);
}
