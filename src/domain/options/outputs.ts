/** Options of the command line alone: where a command writes. */
import { flag, plainText, refusal, type Kind } from "./kinds.ts";
import { filled, output } from "./option.ts";

const csv = (files: string) => ({ csv: output(plainText("dir"), `write ${files} into this folder`) });
const markdown = (what: string) => ({
  markdown: output(plainText("file"), `write the ${what} as Markdown, for a ticket or a chat message`),
});

export const jsonOutput = {
  json: output(flag, "one JSON document on standard output, and nothing else there"),
};
export const answerMarkdown = markdown("answer");
export const reviewMarkdownFile = markdown("review");
export const decisionCsv = csv(
  "hourly.csv, curve.csv, offerings.csv, alternatives.csv, frontier.csv, cash-flow.csv and aws-recommendation.csv",
);
export const demoCsv = { csv: filled("./sageplan-demo", decisionCsv.csv.kind, decisionCsv.csv.help) };
export const backtestCsv = csv(
  "backtest-scores.csv, backtest-calibration.csv, backtest-decisions.csv and, with --monthly, backtest-monthly.csv",
);
export const eventsOutput = {
  eventsOut: output(
    plainText("file"),
    "write what is found as events (YAML), to be edited, for recommend --events",
  ),
};

/** Sections of a recommendation, by the names under which they are asked for. */
export const SECTIONS = [
  "queue",
  "elsewhere",
  "money",
  "risk",
  "bounds",
  "stress",
  "comparison",
  "headroom",
  "alternatives",
  "over-time",
  "frontier",
  "offerings",
  "cash",
  "owned",
  "curve",
  "rests-on",
  "ladder",
  "buy",
  "findings",
] as const;

/** The same of the other verbs. */
export const INSPECT_SECTIONS = [
  "deliveries",
  "dollars",
  "checks",
  "accounts",
  "regions",
  "usage-types",
  "owned",
  "rates",
  "findings",
] as const;
export const HEADROOM_SECTIONS = ["found", "why"] as const;
export const REVIEW_SECTIONS = [
  "steps",
  "last",
  "change",
  "months",
  "plans",
  "drift",
  "headroom",
  "advice",
  "ladder",
  "deliveries",
  "findings",
] as const;
export const BACKTEST_SECTIONS = ["scores", "calibration", "monthly"] as const;
export type SectionName =
  | (typeof SECTIONS)[number]
  | (typeof INSPECT_SECTIONS)[number]
  | (typeof HEADROOM_SECTIONS)[number]
  | (typeof REVIEW_SECTIONS)[number]
  | (typeof BACKTEST_SECTIONS)[number];

const ALL = "all";

const sections = (names: readonly SectionName[]): Kind<"all" | readonly SectionName[]> => ({
  unit: "sections",
  type: '"all" | readonly SectionName[]',
  alone: ALL,
  read(text) {
    if (text === ALL) return ALL;
    const named = text.split(",");
    const known = names.filter((each) => named.includes(each));
    if (known.length !== new Set(named).size)
      throw refusal(`Expected names with commas between, of ${names.join(", ")}.`);
    return known;
  },
});

/** `example`: of its sections. */
export const detailOptions = (names: readonly SectionName[], example: string) => ({
  details: output(
    sections(names),
    `print more than the summary: everything, or the sections named, as --details=${example}`,
  ),
  quiet: output(flag, "print the headline, and nothing else"),
});

/** Of `recommend` and `simulate`. */
export const decisionOutputs = {
  ...detailOptions(SECTIONS, "cash,frontier"),
  ...jsonOutput,
  ...decisionCsv,
  xlsx: output(
    plainText("file"),
    "write a workbook that recalculates: change the commitment, a discount or the growth in it, and savings and cash flow follow",
  ),
  html: output(
    plainText("file"),
    "write one page that works offline: charts, tables, and a slider that recomputes the figures at other commitments",
  ),
  ...answerMarkdown,
};
