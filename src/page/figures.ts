/** What the page shows at a commitment: settled here, or looked up where the page holds no model. */
import { inCommitmentSteps, MAX_COMMITMENT_USD } from "../domain/offering.ts";
import { portfolioAmong, withNow } from "../domain/portfolio.ts";
import type { WhatIfFigures, WhatIfTerm } from "../domain/what-if.ts";
import { termAt, whatIfAt } from "../outcome/figures.ts";
import type { PageData } from "../report/html/data.ts";
import { modelOf } from "./model.ts";
import { evaluatedProblemOf } from "./evaluated-problem.ts";

/** `commitmentUsdPerHour`: the one that the figures are of. */
export interface Shown {
  commitmentUsdPerHour: number;
  figures: WhatIfFigures;
  /** Takes as long again. */
  term: () => WhatIfTerm;
}

export type FiguresAt = (offering: number, commitmentUsdPerHour: number) => Shown;

export async function figuresOf({ model, grid, commitments }: PageData): Promise<FiguresAt> {
  if (model === null) {
    return (_, commitment) => {
      const { term, ...shown } = grid.reduce((nearest, each) =>
        Math.abs(each.commitmentUsdPerHour - commitment) < Math.abs(nearest.commitmentUsdPerHour - commitment)
          ? each
          : nearest,
      );
      return { ...shown, term: () => term };
    };
  }
  const problem = evaluatedProblemOf(await modelOf(model));
  return (offering, commitment) => {
    const within = Math.min(MAX_COMMITMENT_USD, Math.max(0, commitment));
    const commitmentUsdPerHour = inCommitmentSteps(within);
    const held = portfolioAmong([...commitments.keys()], commitments);
    const all = withNow(held, (k) => (k === offering ? commitmentUsdPerHour : commitments[k]!));
    return { commitmentUsdPerHour, figures: whatIfAt(problem, all), term: () => termAt(problem, all) };
  };
}
