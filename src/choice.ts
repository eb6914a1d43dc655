/** Which of the weighed offerings is the answer, and why nothing is bought when none pays. */
import { offeringLabel, type Offering } from "./domain/offering.ts";
import type { Certificate, Expected } from "./domain/recommendation.ts";
import type { Candidate, Situation } from "./domain/situation.ts";
import type { Settled } from "./evaluate.ts";

export interface Weighed {
  offering: Offering;
  commitmentUsdPerHour: number;
  certificate: Certificate;
  candidate: Candidate;
  settled: Settled;
  expected: Expected;
  /** `--term` and `--payment` let it be bought. */
  allowed: boolean;
}

/** The allowed offering that saves the most; of equals the first: the shorter term, the less upfront. */
export const choose = (weighed: readonly Weighed[]): Weighed =>
  weighed
    .filter(({ allowed }) => allowed)
    .reduce((best, each) => (each.expected.netSavingsUsd > best.expected.netSavingsUsd ? each : best));

/** Empty when something is bought. */
export function reasonFor(chosen: Weighed, { demand, owned }: Situation): string {
  if (chosen.commitmentUsdPerHour > 0) return "";
  const eligibleUsd = demand.onDemandUsd.reduce((sum, usd) => sum + usd, 0);
  if (eligibleUsd === 0) return "No usage that a SageMaker Savings Plan covers was found in the history.";
  const { ratio } = chosen.candidate.rates;
  const lowest = ratio.reduce((low, r) => (r < low ? r : low), Infinity);
  if (lowest === Infinity) {
    return `The rate card has no ${offeringLabel(chosen.offering)} rate for any of the usage in the history.`;
  }
  const hoursWithUse = new Set(demand.hour.filter((_, n) => demand.onDemandUsd[n]! > 0)).size;
  const around = owned.length > 0 ? ", beside the plans already owned," : "";
  return (
    `No commitment of at least $0.001/h would have paid for itself${around} under ${offeringLabel(chosen.offering)}: its deepest ` +
    `saving is ${((1 - lowest) * 100).toFixed(1)} %, so a committed dollar must be used in more than ${(lowest * 100).toFixed(1)} % of ` +
    `the hours, and usage that it could cover is there in ${((100 * hoursWithUse) / demand.hourCount).toFixed(1)} % of them or is covered already.`
  );
}
