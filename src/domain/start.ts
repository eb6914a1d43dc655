/** An hour of the horizon at which purchases may start. */
export interface Start {
  hour: number;
  /** Owned plans that end there, or near it, as indices: what starts there can follow them. */
  ends: readonly number[];
}

/** Now, and nothing later. */
export const NOW_ONLY: readonly Start[] = [{ hour: 0, ends: [] }];
