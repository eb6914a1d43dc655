/** What the summary of a recommendation or a simulation shows: worked out without the rest, and the same with it. */
import type { Finding } from "./documents/finding.ts";
import type { Headroom } from "./documents/headroom.ts";
import type { OverTime } from "./documents/over-time.ts";
import type { Recommendation } from "./documents/recommendation.ts";

/** What takes its own time and stands in the details, in files and in JSON alone. */
type Detail =
  | "provenance"
  | "curve"
  | "frontier"
  | "information"
  | "overTime"
  | "cashFlow"
  | "forecast"
  | "stress"
  | "ladder"
  | "comparison"
  | "headroom"
  | "findings";

/** A recommendation without its details: any whole one is one too. Its alternatives are those that the answer is held against. */
export interface Summary extends Omit<Recommendation, Detail> {
  overTime: Pick<OverTime, "nodes" | "policy"> | null;
  headroom: Pick<Headroom, "findings"> | null;
  /** What they say in full stands in the details. */
  findings: Omit<Finding, "message">[];
}
