/** The answer in a few bad futures. */
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import type { Stressed } from "../../domain/documents/stress.ts";
import type { StressKind } from "../../domain/stress.ts";
import { moneyIn } from "./money.ts";
import { tables, texts, type SectionPart } from "./section.ts";
import { right, type Cells } from "./table.ts";

export const STRESS_TITLE = "If things go badly";

const NAMES: Readonly<Record<StressKind, string>> = {
  "less-usage": "30% less usage from month 2",
  "half-gone": "Half of the usage gone after a year",
  "lower-prices": "Accelerated On-Demand prices 40% lower from month 7",
  gone: "No SageMaker after 18 months",
};

const NOTE =
  "Mean net saving over the scenarios, each as it is but for that. In brackets the first month in which the plans cost " +
  "more than they avoid. Buying nothing saves 0 in each.";

export const stressParts = (r: Recommendation): SectionPart[] =>
  r.stress.length === 0 ? [] : [...tables(stressCells(r)), ...texts(NOTE)];

function stressCells(r: Recommendation): Cells {
  const { whole } = moneyIn(r);
  const text = (stressed: Stressed | null): string => {
    if (stressed === null) return "–";
    const { netSavingsUsd, losesFromMonth } = stressed;
    return losesFromMonth === null ? whole(netSavingsUsd) : `${whole(netSavingsUsd)} (${losesFromMonth})`;
  };
  return {
    head: [{ title: "In case of" }, right("This"), right("1-year plans alone")],
    rows: r.stress.map(({ kind, answer, oneYear }) => [NAMES[kind], text(answer), text(oneYear)]),
  };
}
