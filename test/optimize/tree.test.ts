import { describe, expect, test } from "vitest";
import { solveTree } from "../../src/optimize/solve-tree.ts";
import { solveExtensiveTree } from "../oracle/extensive-tree.ts";
import { treeInstance } from "../oracle/tree-instance.ts";

describe("try", () => {
  test("seeds", async () => {
    for (let seed = 1; seed <= 24; seed++) {
      const program = treeInstance(seed);
      const exact = solveExtensiveTree(program);
      const from = performance.now();
      const got = await solveTree(program);
      console.log(seed, program.offers.length, program.scenarios.probability.length, program.risk.aversion, exact.valueUsd, got.upperBoundUsd - exact.valueUsd, (got.upperBoundUsd - got.lowerBoundUsd) / got.upperBoundUsd, got.iterations, got.solver, Math.round(performance.now() - from));
    }
    expect(1).toBe(1);
  }, 300000);
});
