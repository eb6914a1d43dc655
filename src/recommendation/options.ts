/** The options of a call, with the defaults that it took. */
import type { Allowed } from "../domain/allowed.ts";
import { SageplanError } from "../domain/error.ts";
import { offeringLabel, sameOffering, type Offering } from "../domain/offering.ts";
import type { OfferingCommitment } from "../domain/options/commitments.ts";
import { futuresKind, offeringOptions, riskOptions, sampleOptions } from "../domain/options/decision.ts";
import { withDefaults, type OptionsOf } from "../domain/options/option.ts";

export function allowedOf(options: OptionsOf<typeof offeringOptions>): Allowed {
  const { term, payment } = withDefaults(offeringOptions, options);
  return { term, payment };
}

const statedRows = { ...offeringOptions, ...riskOptions, ...futuresKind };

/** What provenance states: the options of a call, and the defaults that it took of these. */
export function statedOptions(
  options: OptionsOf<typeof statedRows & typeof sampleOptions>,
): Record<string, unknown> {
  const stated = withDefaults(statedRows, options);
  return stated.futures === futuresKind.futures.default ? withDefaults(sampleOptions, stated) : stated;
}

export function commitmentTo(offering: Offering, commitments: readonly OfferingCommitment[]): number {
  const named = commitments.filter((each) => sameOffering(each, offering));
  if (named.length <= 1) return named[0]?.commitmentUsdPerHour ?? 0;
  throw new SageplanError(
    "wrong-call",
    `${offeringLabel(offering)} is named ${named.length} times: give each offering's commitment once.`,
  );
}
