/** AWS's own rows held against each other: AWS rounds each to 10 decimals, and an hour can have thousands of rows. */
import type { Agreement } from "./documents/inspection.ts";

export const TOLERANCE_USD = 0.0001;

export function agreement(
  check: string,
  differences: readonly number[],
  toleranceUsd = TOLERANCE_USD,
): Agreement {
  const worstUsd = differences.reduce((worst, usd) => Math.max(worst, Math.abs(usd)), 0);
  return {
    check,
    comparisons: differences.length,
    differenceUsd: differences.reduce((sum, usd) => sum + Math.abs(usd), 0),
    worstUsd,
    toleranceUsd,
    passed: worstUsd <= toleranceUsd,
  };
}
