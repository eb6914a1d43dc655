/** What the page shows at a commitment: settled here, or looked up where the page holds no model. */
import { inCommitmentSteps, MAX_COMMITMENT_USD } from "../domain/offering.ts";
import type { WhatIfFigures, WhatIfTerm } from "../domain/what-if.ts";
import { termAt, whatIfAt } from "../outcome/figures.ts";
import type { PageData } from "../report/html/data.ts";
import { modelOf } from "./model.ts";
import { prospectOfModel } from "./prospect.ts";

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
  const prospect = prospectOfModel(await modelOf(model));
  return (offering, commitment) => {
    const within = Math.min(MAX_COMMITMENT_USD, Math.max(0, commitment));
    const commitmentUsdPerHour = inCommitmentSteps(within);
    const all = Float64Array.from(commitments, (held, k) => (k === offering ? commitmentUsdPerHour : held));
    return { commitmentUsdPerHour, figures: whatIfAt(prospect, all), term: () => termAt(prospect, all) };
  };
}
