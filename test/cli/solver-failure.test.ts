/** A solve that fails leaves the program that failed, and says what to do. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SageplanError } from "../../src/domain/error.ts";
import type { Sageplan } from "../../src/cli/io.ts";
import { solveLp } from "../../src/optimize/solve-lp.ts";
import { call } from "./call.ts";

const before = process.cwd();
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sageplan-"));
  process.chdir(folder);
});

afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true, force: true });
});

/** The library, but for a `recommendSummary` that meets a linear program without a solution. */
const failing = async (): Promise<Sageplan> => ({
  ...(await import("../../src/index.ts")),
  recommendSummary: async () => {
    await solveLp({
      objective: [1],
      rows: [
        { coefficients: [1], relation: ">=", bound: 2 },
        { coefficients: [1], relation: "<=", bound: 1 },
      ],
    });
    throw new SageplanError("engine-failure", "the program was solved");
  },
});

test("the program is left as text, the exit code is 5", async () => {
  const { code, out, err } = await call(["recommend", "exports"], { load: failing });
  expect({ code, out }).toEqual({ code: 5, out: "" });
  expect(err).toContain("no solver could solve a linear program of 1 variables and 2 rows");
  expect(err).toContain("written to ./sageplan-failed-solve.lp");
  expect(err).toContain("What to do: allow fewer offerings");
  const text = readFileSync("sageplan-failed-solve.lp", "utf8");
  expect(text).toMatch(
    /^Minimize\n objective: \+ 1 x0\nSubject To\n row0: \+ 1 x0 >= 2\n row1: \+ 1 x0 <= 1\n/,
  );
});

test("other failures leave nothing", async () => {
  const load = async (): Promise<Sageplan> => ({
    ...(await import("../../src/index.ts")),
    recommendSummary: () =>
      Promise.reject(new SageplanError("bad-value", "row 3", { cause: "not a program" })),
  });
  expect((await call(["recommend", "exports"], { load })).code).toBe(3);
  expect(existsSync("sageplan-failed-solve.lp")).toBe(false);
});
