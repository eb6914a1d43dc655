/** AWS's own rows held against each other. `differenceUsd` is the sum of absolute differences. */
export interface Agreement {
  check: string;
  comparisons: number;
  differenceUsd: number;
  worstUsd: number;
  /** A comparison may differ by this much: AWS rounds each row to 10 decimals, and an hour can have thousands of rows. */
  toleranceUsd: number;
  passed: boolean;
}
