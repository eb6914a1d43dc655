/** The six offerings, each at the commitment that saves the most; which one is the answer, and why nothing is when none pays. */
import { setImmediate } from "node:timers/promises";
import { costUsd } from "./domain/kpi.ts";
import { OFFERINGS, offeringLabel, type Offering, type PaymentOption, type Term } from "./domain/offering.ts";
import type { Effects } from "./domain/progress.ts";
import type { Certificate, Expected } from "./domain/recommendation.ts";
import type { Candidate } from "./domain/situation.ts";
import { expectedOf, optimum, settleWith, type Settled } from "./evaluate.ts";
import type { Scene } from "./scene.ts";

export interface Allowed {
  term: Term | "any";
  payment: PaymentOption | "any";
}

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

/** The owned plans alone: what every offering is held against. */
export interface AsItIs {
  settled: Settled;
  costUsd: number;
}

export function asItIs({ situation, rates }: Scene): AsItIs {
  const nothing = { rates: rates.byOffering.get(offeringLabel(OFFERINGS[0]!))!, commitmentUsdPerHour: 0 };
  const settled = settleWith(situation, nothing);
  return { settled, costUsd: costUsd(settled.all) };
}

export async function weighAll(
  scene: Scene,
  before: AsItIs,
  allowed: Allowed,
  effects: Effects,
): Promise<Weighed[]> {
  const { situation } = scene;
  const weighed: Weighed[] = [];
  for (const [n, offering] of OFFERINGS.entries()) {
    effects.onProgress?.({ step: "Weighing offerings", done: n, total: OFFERINGS.length, unit: "offerings" });
    // A turn of the event loop, so that an interruption is heard.
    await setImmediate();
    effects.signal?.throwIfAborted();
    const rates = scene.rates.byOffering.get(offeringLabel(offering))!;
    const best = await optimum(situation, rates);
    const candidate = { rates, commitmentUsdPerHour: best.commitmentUsdPerHour };
    const settled = settleWith(situation, candidate);
    weighed.push({
      offering,
      ...best,
      candidate,
      settled,
      expected: expectedOf(situation, offering, candidate, settled, before.costUsd),
      allowed:
        (allowed.term === "any" || offering.term === allowed.term) &&
        (allowed.payment === "any" || offering.paymentOption === allowed.payment),
    });
  }
  return weighed;
}

/** The allowed offering that saves the most; of equals the first: the shorter term, the less upfront. */
export const choose = (weighed: readonly Weighed[]): Weighed =>
  weighed
    .filter(({ allowed }) => allowed)
    .reduce((best, each) => (each.expected.netSavingsUsd > best.expected.netSavingsUsd ? each : best));

/** Empty when something is bought. */
export function reasonFor(chosen: Weighed, { situation: { demand, owned } }: Scene): string {
  if (chosen.commitmentUsdPerHour > 0) return "";
  const eligibleUsd = demand.onDemandUsd.reduce((sum, usd) => sum + usd, 0);
  if (eligibleUsd === 0)
    return "No usage that a new SageMaker Savings Plan could cover was found in the history.";
  const lowest = chosen.candidate.rates.ratio.reduce((low, ratio) => (ratio < low ? ratio : low), Infinity);
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
