/**
 * How much of a proof is run: all of it by `npm run suite -- nightly`, a share of its cases in CI (`npm run suite -- proofs --share 0.1`), always
 * the same ones. `npm test` takes a quarter of what it shares with the proofs: see `BOTH` in `scripts/vitest.config.ts`.
 */
const SHARE = Number(process.env["SHARE"] ?? (process.env["SUITE"] === "proofs" ? 1 : 0.25));

export const isWhole = SHARE === 1;

/** At least one of `count` cases. */
export const shareOf = (count: number): number => Math.max(1, Math.round(count * SHARE));

/** Every so many-th case, the first among them. */
export const someOf = <T>(cases: readonly T[]): T[] =>
  cases.filter((_, n) => Math.floor(n * SHARE) !== Math.floor((n - 1) * SHARE));
