import type { Hour } from "./hour.ts";
import type { InputFile } from "./documents/provenance.ts";
import type { HourlySpend } from "./usage.ts";

/** Possible futures over the same hours, `from` … `from + hourCount − 1`. */
export interface Futures {
  input: InputFile;
  /** The first hour of any scenario; all span the hours from it to the last of any. */
  from: Hour;
  hourCount: number;
  /** `[scenario]` Ascending: as numbers when all are integers, else as texts. */
  scenarioNames: string[];
  /** `[scenario]` Sums to 1. */
  probability: Float64Array;
  /**
   * All scenarios in one line of hours, scenario after scenario: hour t of scenario s is hour `s · hourCount + t`, so
   * only those of scenario 0 are dates. Nothing is covered. `usageHours` are 0 where the file does not tell them.
   */
  spend: HourlySpend;
}
