/** What sampled futures are asked for, and the defaults. */
import type { DeclaredEvent } from "./event.ts";
import type { InputFile } from "./documents/provenance.ts";

export const DEFAULT_SCENARIOS = 200;

export const DEFAULT_SEED = 1;

export interface BootstrapOptions {
  horizonHours: number;
  scenarios: number;
  seed: number;
  /** Yearly growth, 0.2 for 20 %; null: the drift that the history shows. */
  growth: number | null;
}

/** Sampled futures, and the file that tells what is known to come. */
export interface SampledFutures extends Sampling {
  eventsInput: InputFile | null;
}

/** What sampled futures are asked for. */
export interface Sampling extends BootstrapOptions {
  events: readonly DeclaredEvent[];
  /** Families whose price cuts are drawn apart: those that only some of several worlds have. */
  apart?: ReadonlySet<string> | undefined;
}
