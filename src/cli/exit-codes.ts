/** How the process ends. Nothing is imported: it is there before the library is. */
export const EXIT = {
  done: 0,
  decisionDue: 10,
  wrongCall: 2,
  input: 3,
  engine: 4,
  solver: 5,
  ourBug: 70,
  interrupted: 130,
} as const;

/** What each tells: behind `--help` and `docs/reference/codes.md`. */
export const EXIT_CODES = [
  [EXIT.done, "done"],
  [EXIT.decisionDue, "review: something is to be decided"],
  [EXIT.wrongCall, "usage error"],
  [EXIT.input, "input that cannot be read or trusted"],
  [EXIT.engine, "engine or AWS failure"],
  [EXIT.solver, "solver failure"],
  [EXIT.ourBug, "internal error"],
  [EXIT.interrupted, "interrupted"],
] as const;
