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
  /** Ends the work early. */
  signal?: AbortSignal;
}
