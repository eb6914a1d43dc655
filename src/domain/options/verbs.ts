/** The verbs: which options each takes, and what its help says. The types of their calls are read from here. */
import { PULLS, type Pull } from "../pulls.ts";
import { commitments } from "./commitments.ts";
import {
  compareOptions,
  discountOptions,
  futuresOptions,
  ladderOptions,
  lookbackOptions,
  metricsOptions,
  objectiveOptions,
  offeringOptions,
  queueOptions,
  sharingOptions,
  oneOfferingOptions,
  riskOptions,
  sampleOptions,
  spanOptions,
  walkOptions,
  worldOptions,
} from "./decision.ts";
import { refusal, type Kind } from "./kinds.ts";
import { required, type FlagsOf, type Group, type OptionsOf } from "./option.ts";
import {
  answerMarkdown,
  backtestCsv,
  BACKTEST_SECTIONS,
  decisionOutputs,
  detailOptions,
  HEADROOM_SECTIONS,
  INSPECT_SECTIONS,
  REVIEW_SECTIONS,
  demoCsv,
  eventsOutput,
  jsonOutput,
  reviewMarkdownFile,
} from "./outputs.ts";
import {
  engineOptions,
  memoryOptions,
  monthOptions,
  ownedOptions,
  pullOptions,
  ratesOptions,
  storeOptions,
  tableOptions,
  threadsOptions,
} from "./source.ts";

/** What a command takes beside its options. */
interface Argument {
  /** `[export...]` may be left out, `<what...>` may not. */
  name: string;
  help: string;
  /** Billing exports that must be named, unless an engine elsewhere has them. */
  areExports?: boolean;
  kind?: Kind<readonly string[]>;
}

export interface Verb {
  means: string;
  argument?: Argument;
  /** In the order of the help. */
  takes: Group;
  notes?: string;
  examples?: readonly string[];
}

const exportsArgument: Argument = {
  name: "[export...]",
  help: "billing exports: files, folders or globs; CUR, CUR 2.0, FOCUS, Cost Explorer (JSON or the console's CSV) or the normalized table, mixed as you like",
  areExports: true,
};

const pulls: Kind<readonly Pull[]> = {
  unit: "what",
  type: "readonly Pull[]",
  isList: true,
  read(text, before = []) {
    const named = PULLS.filter((each) => text === "all" || each === text);
    if (named.length === 0) throw refusal(`Expected one of all, ${PULLS.join(", ")}.`);
    return [...new Set([...before, ...named])];
  },
};

const historyOptions = {
  ...spanOptions,
  ...lookbackOptions,
  ...ratesOptions,
  ...ownedOptions,
  ...discountOptions,
};
const purchaseOptions = {
  ...offeringOptions,
  ...historyOptions,
  ...futuresOptions,
  ...objectiveOptions,
  ...queueOptions,
  ...sharingOptions,
};
const decisionOptions = {
  ...purchaseOptions,
  ...ladderOptions,
  ...decisionOutputs,
  ...memoryOptions,
  ...threadsOptions,
  ...engineOptions,
};

export const VERBS = {
  demo: {
    means: "the whole job on the shipped billing export: recommend, print the answer, write the CSV files",
    takes: { ...jsonOutput, ...demoCsv },
  },
  inspect: {
    means:
      "what is in these exports: periods, accounts, eligible and other dollars, reconciliation, rate gaps",
    argument: exportsArgument,
    takes: {
      ...ratesOptions,
      ...ownedOptions,
      ...detailOptions(INSPECT_SECTIONS, "dollars,accounts"),
      ...jsonOutput,
      ...memoryOptions,
      ...engineOptions,
      ...monthOptions,
    },
    examples: ["sageplan inspect ./exports", "sageplan inspect 'cur/**/*.parquet' --json | jq .findings"],
  },
  normalize: {
    means: "the hourly spend table of these exports, as one file that sageplan and others can read",
    argument: exportsArgument,
    takes: { ...tableOptions, ...memoryOptions, ...engineOptions, ...monthOptions },
    examples: ["sageplan normalize ./exports --out hours.parquet"],
  },
  recommend: {
    means: "the commitment to buy, what it saves, how it can go wrong, and the alternatives",
    argument: exportsArgument,
    takes: { ...decisionOptions, ...compareOptions, ...metricsOptions, ...worldOptions },
    examples: [
      "sageplan recommend ./exports --rates rates.json",
      "sageplan recommend ./exports --rates rates.json --term 1yr --compare-aws aws.json",
      "sageplan recommend ./exports --term 1yr --payment any --lookback 60d --csv ./report",
      "sageplan recommend ./exports --futures futures.csv --risk-aversion 0.5 --min-utilization 0.9",
      "sageplan recommend ./exports --payment any --max-upfront 50000 --discount-rate 0.08",
      "sageplan recommend ./exports --term 1yr --ladder 3 --owned plans.json",
      "sageplan recommend ./exports --term 1yr --xlsx plan.xlsx",
      "sageplan recommend ./exports --html report.html --markdown ticket.md",
      "sageplan recommend ./exports --metrics metrics.json --assume headroom=likely",
      "sageplan recommend ./exports --from 2026-10-01 --to 2026-10-29 --json > recommendation.json",
    ],
  },
  simulate: {
    means: "what if: my own commitments, what they would save, and how far they are from the best",
    argument: exportsArgument,
    takes: {
      commitments: required(
        commitments,
        "what to buy, an hour at Savings Plans rates in the bill's currency, as 1yr-no-upfront=5; several after each other or with the option repeated",
        "commitment",
      ),
      ...decisionOptions,
    },
    notes:
      "--term, --payment and the limits hold for the best that your commitments are compared with, not for yours.",
    examples: [
      "sageplan simulate ./exports --rates rates.json --commitment 1yr-no-upfront=5",
      "sageplan simulate ./exports --commitment 1yr-no-upfront=2.5 3yr-all-upfront=4 --payment any",
      "sageplan simulate ./exports --futures futures.csv --commitment 1yr-no-upfront=5 --json",
    ],
  },
  headroom: {
    means:
      "before you commit: idle and flat fleets, jobs on real-time instances, forgotten notebooks, families with a successor",
    argument: exportsArgument,
    takes: {
      ...metricsOptions,
      ...ratesOptions,
      ...spanOptions,
      ...eventsOutput,
      ...detailOptions(HEADROOM_SECTIONS, "why"),
      ...jsonOutput,
      ...answerMarkdown,
      ...memoryOptions,
    },
    notes:
      'Without --metrics what is found is inferred from the bill. "sageplan recommend" shows what it does to the commitment.',
    examples: [
      "sageplan headroom ./exports",
      "sageplan headroom ./exports --metrics metrics.json --metric-data-queries queries.json",
      "sageplan headroom ./exports --events-out headroom.yaml --markdown ticket.md",
    ],
  },
  review: {
    means:
      "the monthly review, on a store that remembers: are the plans used, which expire, what is to be decided now",
    argument: {
      name: "[export...]",
      help: "new billing exports: files, folders or globs; CUR, CUR 2.0, FOCUS or the normalized table, mixed as you like; none: review what the store has",
    },
    takes: {
      ...storeOptions,
      ...purchaseOptions,
      ...metricsOptions,
      ...worldOptions,
      ...ladderOptions,
      ...detailOptions(REVIEW_SECTIONS, "months,plans"),
      ...jsonOutput,
      ...reviewMarkdownFile,
      ...memoryOptions,
      ...threadsOptions,
    },
    notes: `Rates and plans that were given once are remembered until others are given. The same deliveries again change nothing; a restated
period takes the place of the earlier one. Exit code 10: a person has something to decide; 0: nothing.`,
    examples: [
      "sageplan review ./exports/2026-10 --rates rates.json --owned plans.json",
      "sageplan review --markdown review.md --json > review.json",
      'sageplan review --as-of 2026-11-03 --decision "waits for the budget of January"',
    ],
  },
  backtest: {
    means: "how the method would have done, walking forward through the history, beside other rules",
    argument: exportsArgument,
    takes: {
      ...oneOfferingOptions,
      ...spanOptions,
      ...ratesOptions,
      ...ownedOptions,
      ...walkOptions,
      ...sampleOptions,
      ...riskOptions,
      ...detailOptions(BACKTEST_SECTIONS, "scores"),
      ...jsonOutput,
      ...backtestCsv,
      ...memoryOptions,
      ...engineOptions,
    },
    examples: [
      "sageplan backtest ./exports --rates rates.json",
      "sageplan backtest ./exports --window 14d --step 3d --horizon 7d --csv ./report",
      "sageplan backtest ./exports --risk-aversion 0.5 --json > backtest.json",
    ],
  },
  pull: {
    means:
      "ask AWS for rates, plans, usage and its own recommendation; writes the files that the AWS CLI would print. Reads only.",
    argument: { name: "<what...>", help: `all, ${PULLS.join(", ")}`, kind: pulls },
    takes: { ...pullOptions, ...jsonOutput },
    notes: `The only command that needs a network and, but for price-list, credentials: those of the AWS CLI and the SDKs, found in the same
order. Cost Explorer (usage, utilization, coverage, recommendation) costs $0.01 a request; the rest is free. What was answered is not
asked again, and an interrupted pull goes on where it was. Exit code 4: a request failed.`,
    examples: [
      "sageplan pull rates plans --profile billing",
      "sageplan pull all --dry-run",
      "sageplan pull price-list --regions us-east-1 eu-west-1 --out ./aws",
      "sageplan recommend ./exports --rates aws/rates.json --owned aws/plans.json",
    ],
  },
} satisfies Readonly<Record<string, Verb>>;

export type VerbName = keyof typeof VERBS;
export type VerbFlags<V extends VerbName> = FlagsOf<(typeof VERBS)[V]["takes"]>;
export type VerbOptions<V extends VerbName> = OptionsOf<(typeof VERBS)[V]["takes"]>;

/** What the library takes: billing exports by their files, folders or globs, and the options. */
export type CallOf<V extends VerbName> = { exports: readonly string[] } & VerbOptions<V>;
