/** A measure of risk is its weights: the programs need nothing else of it. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { RISK_MEASURES, type RiskKind, type RiskMeasure } from "../../src/domain/risk.ts";
import { solveTree } from "../../src/optimize/solve-tree.ts";
import { treeInstance } from "../oracle/tree-instance.ts";

const MADE_UP = "made-up";
const measures: Record<string, object> = RISK_MEASURES;

beforeAll(() => {
  measures[MADE_UP] = { ...RISK_MEASURES["mean-cvar"], hasOneTail: false };
});

afterAll(() => {
  delete measures[MADE_UP];
});

test("by its weights alone a tree's optimum is the one that is found by node and leaf", async () => {
  for (const seed of [1, 3]) {
    const program = treeInstance(seed);
    const parted = await solveTree(program);
    const risk: RiskMeasure = { ...program.risk, kind: MADE_UP as string as RiskKind };
    const whole = await solveTree({ ...program, risk }, { relativeTolerance: 1e-5 });
    expect(whole.lowerBoundUsd).toBeLessThanOrEqual(parted.upperBoundUsd * (1 + 1e-9));
    expect(whole.upperBoundUsd / parted.upperBoundUsd).toBeCloseTo(1, 4);
  }
});
