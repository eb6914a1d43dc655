/**
 * What the uncertainty costs, risk-neutral (Birge and Louveaux, *Introduction to Stochastic Programming*, ch. 4):
 *
 *     WS = Σ_s p_s · min_C cost_s(C)      wait and see: the scenario is known before buying
 *     RP = min_C Σ_s p_s · cost_s(C)      the recourse problem: what can be done
 *     EEV = Σ_s p_s · cost_s(C̄)           C̄: the best for the mean scenario, taken for certain
 *
 * WS ≤ RP ≤ EEV. EVPI = RP − WS, VSS = EEV − RP.
 */
import { EXPECTATION, meanUsd } from "../domain/risk.ts";
import { meanScenario } from "../domain/scenario.ts";
import type { Program } from "./program.ts";
import { prepareRecourse } from "./prepare-recourse.ts";
import { evaluate } from "./recourse.ts";
import { scenariosAlone } from "./scenarios-alone.ts";
import { solvePrepared, solveProgram } from "./solve-program.ts";

export interface ValueOfInformation {
  evpiUsd: number;
  vssUsd: number;
}

const TOLERANCE = 1e-6;

/** By the linear program, so free to assign usage better than AWS's rule does. Both 0 when there is one scenario. */
export async function valueOfInformation(
  program: Program,
  onScenario: () => void | Promise<void> = () => {},
): Promise<ValueOfInformation> {
  const { probability } = program.scenarios;
  if (probability.length === 1) return { evpiUsd: 0, vssUsd: 0 };
  const neutral: Program = { ...program, risk: EXPECTATION };
  const recourse = prepareRecourse(neutral);
  const { commitmentsUsdPerHour, upperBoundUsd } = await solvePrepared(recourse, {
    relativeTolerance: TOLERANCE,
  });
  const known = new Float64Array(probability.length);
  let s = 0;
  for (const alone of scenariosAlone(recourse)) {
    await onScenario();
    const best = await solvePrepared(alone, { start: [commitmentsUsdPerHour], relativeTolerance: TOLERANCE });
    known[s++] = best.upperBoundUsd;
  }
  const ofMean = await solveProgram(
    {
      ...neutral,
      scenarios: meanScenario(program.scenarios),
      baselineUsd: Float64Array.of(meanUsd(program.baselineUsd, probability)),
    },
    { start: [commitmentsUsdPerHour], relativeTolerance: TOLERANCE },
  );
  const expected = meanUsd(evaluate(recourse, ofMean.commitmentsUsdPerHour).upperUsd, probability);
  return {
    evpiUsd: Math.max(0, upperBoundUsd - meanUsd(known, probability)),
    vssUsd: Math.max(0, expected - upperBoundUsd),
  };
}
