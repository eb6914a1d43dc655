import type { FindingCode } from "./finding-codes.ts";

/** An oddity that does not stop the work: what it is, the dollars at stake, where it was seen. */
export interface Finding<Code extends string = FindingCode> {
  code: Code;
  /** For a person: what was found, what it means, what to do. */
  message: string;
  /** Dollars at stake, at On-Demand rates where usage is meant; 0 when none can be named. */
  usd: number;
  /** A file, a usage type, a plan: where to look. Empty when it is about the whole. */
  source: string;
}
