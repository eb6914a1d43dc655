import { currencyOf } from "./domain/currency.ts";
import type { HeadroomDocument } from "./domain/documents/headroom.ts";
import type { Effects } from "./domain/progress.ts";
import type { HistoryOptions } from "./domain/options/decision.ts";
import type { BillingOptions } from "./domain/options/source.ts";
import type { VerbOptions } from "./domain/options/verbs.ts";
import { headroomIn } from "./headroom/find-in-billing.ts";
import { provenanceOf } from "./history/provenance.ts";
import { withBilling } from "./ingest/billing.ts";
import { metricsOf, withMetricInputs } from "./ingest/metrics/inputs.ts";
import { readRateFiles } from "./ingest/rates/read.ts";

/** The library reads tables and a lookback too. */
export type HeadroomVerbOptions = VerbOptions<"headroom"> & HistoryOptions & BillingOptions;

/**
 * What could shrink before a commitment locks it in: idle fleets, jobs on real-time instances, forgotten notebooks,
 * families with a successor. What it does to a commitment, `recommend` tells.
 * @throws SageplanError; see `domain/error.ts` for codes and exit codes
 */
export async function headroom(
  options: HeadroomVerbOptions,
  effects: Effects = {},
): Promise<HeadroomDocument> {
  const card = options.rates?.length ? await readRateFiles(options.rates) : null;
  const metrics = await metricsOf(options);
  return withBilling({ ...options, resources: true }, effects, async (read) => {
    const billing = withMetricInputs(read, metrics);
    const { worlds: _, ...found } = headroomIn(billing, card, metrics, options);
    return {
      schema: "sageplan/headroom/1",
      provenance: provenanceOf(billing, [], { ...options }),
      currency: currencyOf(billing),
      ...found,
    };
  });
}
