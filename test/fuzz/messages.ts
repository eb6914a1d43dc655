/** What parent and worker say to each other. */
export interface Asked {
  kind: string;
  number: number;
  seed: number;
}

export interface Done {
  code: number;
  milliseconds: number;
  /** Whether an independent reading, or the same input written plainly, confirmed the document. */
  compared: boolean;
  peakBytes: number;
  escape?: string;
}
