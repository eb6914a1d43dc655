import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import solverModule from "javascript-lp-solver";
import { describe, expect, test } from "vitest";
import { SageplanError } from "../../src/domain/error.ts";
import { solveWithHighs } from "../../src/optimize/highs-lp.ts";
import { solveWithJavascript } from "../../src/optimize/javascript-lp.ts";
import { isFailure, lpText, type Lp } from "../../src/optimize/lp.ts";
import { solveLp } from "../../src/optimize/solve-lp.ts";

// The package's types are read as CommonJS and nest the solver one `default` deeper than its ES module does.
const library = solverModule as unknown as typeof solverModule.default;

/** Canaries: when one of these falls silent, the library was mended and the envelope may be widened. */
describe("what the library gets wrong, and the adapter does not", () => {
  test("a free variable: min 4x, 4x ≥ 0, x ≥ −10 is 0", () => {
    const raw = library.Solve({
      optimize: "cost",
      opType: "min",
      constraints: { a: { min: 0 }, b: { min: -10 } },
      variables: { x: { cost: 4, a: 4, b: 1 } },
      unrestricted: { x: 1 },
    });
    expect(raw).toMatchObject({ feasible: true, result: -40 });

    // x = y − 10 with y ≥ 0.
    const shifted: Lp = { objective: [4], rows: [{ coefficients: [4], relation: ">=", bound: 40 }] };
    expect(solveWithJavascript(shifted)).toMatchObject({ x: [10], value: 40 });
  });

  test("a small coefficient: min x + y, 1e-6(x + y) ≥ 3e4 is 3e10", () => {
    const raw = library.Solve({
      optimize: "cost",
      opType: "min",
      constraints: { a: { min: 3e4 } },
      variables: { x: { cost: 1, a: 1e-6 }, y: { cost: 1, a: 1e-6 } },
      options: { presolve: true },
    });
    expect(raw).toMatchObject({ feasible: false });

    const lp: Lp = { objective: [1, 1], rows: [{ coefficients: [1e-6, 1e-6], relation: ">=", bound: 3e4 }] };
    const solution = solveWithJavascript(lp);
    expect(isFailure(solution) ? solution.failure : solution.value).toBeCloseTo(3e10, 0);
  });

  test("a large coefficient: max x, 1e6·x ≤ 1e-3 is 1e-9", () => {
    const raw = library.Solve({
      optimize: "gain",
      opType: "max",
      constraints: { a: { max: 1e-3 } },
      variables: { x: { gain: 1, a: 1e6 } },
    });
    expect(raw).toMatchObject({ bounded: false });

    const lp: Lp = { objective: [-1], rows: [{ coefficients: [1e6], relation: "<=", bound: 1e-3 }] };
    const solution = solveWithJavascript(lp);
    expect(isFailure(solution) ? solution.failure : solution.x[0]! * 1e9).toBeCloseTo(1, 6);
  });
});

/** Found in a search for six commitments; the library's simplex pivots on it for ever, whatever `timeout` and `exitOnCycles` say. */
describe("a program of 7 variables and 49 rows that the library does not end on", () => {
  const lp = JSON.parse(readFileSync(new URL("endless-lp.json", import.meta.url), "utf8")) as Lp;

  test("is given up after a number of pivots", () => {
    expect(solveWithJavascript(lp)).toEqual({ failure: "javascript-lp-solver did not end" });
  });

  test("is solved by the other solver", async () => {
    const { solver, value } = await solveLp(lp);
    expect(solver).toBe("highs");
    expect(value).toBeCloseTo(0.176626, 5);
  });
});

describe("solveWithJavascript", () => {
  test("agrees with HiGHS on random programs of numbers of any size, or says that it cannot", async () => {
    const coefficient = fc.oneof(
      fc.constant(0),
      fc.double({ min: -9, max: 9, noNaN: true }).filter((a) => Math.abs(a) > 1e-3),
    );
    const program = fc
      .record({
        columns: fc.integer({ min: 1, max: 4 }),
        rows: fc.integer({ min: 1, max: 6 }),
        scale: fc.constantFrom(1e-6, 1, 1e6),
      })
      .chain(({ columns, rows, scale }) =>
        fc.record({
          // Costs are not negative, so that no program is unbounded.
          objective: fc.array(fc.double({ min: 0.01, max: 9, noNaN: true }), {
            minLength: columns,
            maxLength: columns,
          }),
          rows: fc.array(
            fc.record({
              coefficients: fc.array(coefficient, { minLength: columns, maxLength: columns }),
              relation: fc.constantFrom("<=" as const, ">=" as const),
              bound: fc.integer({ min: -9, max: 9 }).map((bound) => bound * scale),
            }),
            { minLength: rows, maxLength: rows },
          ),
        }),
      );
    await fc.assert(
      fc.asyncProperty(program, async (lp: Lp) => {
        const ours = solveWithJavascript(lp);
        const exact = await solveWithHighs(lp);
        if (isFailure(ours)) return;
        expect(isFailure(exact) ? exact.failure : "").toBe("");
        if (isFailure(exact)) return;
        const size = Math.max(...lp.rows.map(({ bound }) => Math.abs(bound)), 1e-12);
        expect(Math.abs(ours.value - exact.value)).toBeLessThanOrEqual(
          1e-4 * Math.max(size, Math.abs(exact.value)),
        );
      }),
      { seed: 51, numRuns: 200 },
    );
  });

  test("refuses what it would lose", () => {
    const lp: Lp = {
      objective: [1, 1],
      rows: [
        { coefficients: [1, 1e-8], relation: ">=", bound: 1 },
        { coefficients: [1, 1], relation: ">=", bound: 1 },
      ],
    };
    expect(solveWithJavascript(lp)).toMatchObject({
      failure: expect.stringContaining("would lose a coefficient"),
    });
  });
});

describe("solveLp", () => {
  const lp: Lp = { objective: [1], rows: [{ coefficients: [1], relation: ">=", bound: 2 }] };

  test("asks HiGHS when the first solver's answer is refuted", async () => {
    const solution = await solveLp(lp, ({ solver }) => (solver === "highs" ? null : "not today"));
    expect(solution).toMatchObject({ x: [2], value: 2, solver: "highs" });
  });

  test("asks HiGHS for a program outside the first solver's envelope", async () => {
    const wide: Lp = {
      ...lp,
      objective: [1, 1],
      rows: [
        { coefficients: [1, 1e-8], relation: ">=", bound: 2 },
        { coefficients: [0, 1], relation: ">=", bound: 1 },
      ],
    };
    expect(await solveLp(wide)).toMatchObject({ solver: "highs" });
  });

  test("a failed solve leaves the program as evidence", async () => {
    const infeasible: Lp = { objective: [1], rows: [{ coefficients: [1], relation: "<=", bound: -1 }] };
    const error = await solveLp(infeasible).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SageplanError);
    expect(error).toMatchObject({ code: "solver-failure", cause: lpText(infeasible) });
    expect(String(error)).toContain("javascript-lp-solver says infeasible; highs says infeasible");
  });

  test("the evidence is a program in LP format", () => {
    expect(lpText({ objective: [1, -2], rows: [{ coefficients: [0.5, 0], relation: "<=", bound: 3 }] })).toBe(
      `Minimize
 objective: + 1 x0 - 2 x1
Subject To
 row0: + 0.5 x0 <= 3
Bounds
 x0 >= 0
 x1 >= 0
End
`,
    );
  });
});
