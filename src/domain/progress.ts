/** What a verb tells while it works; the command line decides whether anyone sees it. */
export interface Progress {
  /** `Reading billing export` */
  step: string;
  done: number;
  total: number;
  /** `files`, `hours`, `offerings` */
  unit: string;
}

/** The outside world, handed to a verb. */
export interface Effects {
  onProgress?: (progress: Progress) => void;
  /** The clock, milliseconds since the epoch: only what depends on today asks for it. */
  now?: () => number;
  /** Something worth a line to whoever waits. */
  onNote?: (note: string) => void;
  /** Ends the work early. */
  signal?: AbortSignal;
}
