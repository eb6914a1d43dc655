/** How the process ends: behind `--help` and `docs/reference/codes.md`. Nothing is imported: it is there before the library is. */
export const EXIT_CODES = [
  [0, "done"],
  [10, "review: something is to be decided"],
  [2, "wrong call"],
  [3, "input that cannot be read or trusted"],
  [4, "engine or AWS failure"],
  [5, "solver failure"],
  [70, "our bug"],
  [130, "interrupted"],
] as const;
