import type { HourDual } from "./hour-room.ts";

/**
 * On-Demand dollars that are left when the lowest ratio goes first: an assignment that exists, so
 * never below the optimum.
 */
export function greedyCost({ planCount, itemCount, d, r, c }: HourDual): number {
  const pairs = Array.from({ length: planCount * itemCount }, (_, n) => n)
    .filter((n) => r[n]! < Infinity)
    .sort((a, b) => r[a]! - r[b]! || a - b);
  const left = d.slice(0, itemCount);
  const remaining = c.slice();
  for (const n of pairs) {
    const item = Math.floor(n / planCount);
    const plan = n % planCount;
    const covered = Math.min(left[item]!, remaining[plan]! / r[n]!);
    left[item]! -= covered;
    remaining[plan]! -= covered * r[n]!;
  }
  return left.reduce((sum, usd) => sum + usd, 0);
}
