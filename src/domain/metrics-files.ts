import type { EndpointMetrics } from "./headroom.ts";
import type { InputFile } from "./documents/provenance.ts";

export interface MetricsFiles {
  endpoints: EndpointMetrics[];
  inputs: InputFile[];
  /** Ids that are none of the metrics that are read. */
  passedOver: string[];
}
