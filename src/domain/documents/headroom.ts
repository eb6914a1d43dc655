import type { Headroom } from "../headroom.ts";
import type { Provenance } from "./recommendation.ts";

/** `sageplan/headroom/1`: what `headroom --json` prints; `headroom` of a recommendation adds the worlds. */
export interface HeadroomDocument extends Omit<Headroom, "worlds"> {
  schema: "sageplan/headroom/1";
  provenance: Provenance;
}
