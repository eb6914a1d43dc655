/**
 * How much of a proof is run: all of it by `npm run suite -- nightly`, a share of its cases in CI (`npm run suite -- proofs --share 0.1`), always
 * the same ones.
 */
const SHARE = Number(process.env["SHARE"] ?? 1);

export const isWhole = SHARE === 1;

/** At least one of `count` cases. */
export const shareOf = (count: number): number => Math.max(1, Math.round(count * SHARE));

/** Every so many-th case, the first among them. */
export const someOf = <T>(cases: readonly T[]): T[] =>
  cases.filter((_, n) => Math.floor(n * SHARE) !== Math.floor((n - 1) * SHARE));
