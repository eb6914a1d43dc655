import type { HeadroomDocument } from "./domain/headroom-document.ts";
import type { Effects } from "./domain/progress.ts";
import { headroomIn, metricsOf, withMetricInputs, type HeadroomOptions } from "./headroom-parts.ts";
import { withBilling, type BillingOptions } from "./ingest/billing.ts";
import { readRateFiles } from "./ingest/rate-files.ts";
import { provenanceOf } from "./parts.ts";
import type { HistoryOptions } from "./situation.ts";

export interface HeadroomVerbOptions extends BillingOptions, HistoryOptions, HeadroomOptions {
  /** Rate cards: they decide what is eligible, and their On-Demand rates price successors. */
  rates?: readonly string[] | undefined;
}

/**
 * What could shrink before a commitment locks it in: idle fleets, jobs on real-time instances, forgotten notebooks, families with a
 * successor. What it does to a commitment, `recommend` tells.
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
      ...found,
    };
  });
}
