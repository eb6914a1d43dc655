/** Options that several commands share: declared once, so that they are the same everywhere. */
import { Option } from "commander";
import type { Command } from "commander";
import {
  assumeValue,
  commitmentLimitValue,
  discountRateValue,
  discountValue,
  futuresValue,
  growthValue,
  horizonValue,
  instantValue,
  ladderValue,
  leastSavingValue,
  memoryValue,
  riskAversionValue,
  safeLossValue,
  scenariosValue,
  seedValue,
  tailValue,
  targetUtilizationValue,
  upfrontLimitValue,
  utilizationValue,
  waitValue,
} from "./values.ts";
import { CSV, HTML, JSON_ONLY, MARKDOWN, MEMORY, OWNED, RATES, XLSX } from "./words.ts";

/**
 * What `recommend` and `simulate` decide from: offerings, history, rates, futures, risk and limits;
 * and where it is written.
 */
export function addDecisionOptions(command: Command): Command {
  addOfferingOptions(command);
  addHistoryOptions(command);
  addFuturesOptions(command);
  addLimitOptions(command);
  return addLadderOption(command)
    .option("--json", JSON_ONLY)
    .option("--csv <dir>", CSV)
    .option("--xlsx <file>", XLSX)
    .option("--html <file>", HTML)
    .option("--markdown <file>", MARKDOWN)
    .option("--memory <size>", MEMORY, memoryValue);
}

/** What `backtest` walks through, and what it buys on the way. */
export function addBacktestOptions(command: Command): Command {
  command
    .addOption(
      new Option("--term <term>", "term of the plan that is bought (default: 1yr)").choices(["1yr", "3yr"]),
    )
    .addOption(
      new Option("--payment <option>", "how it is paid (default: no-upfront)").choices([
        "no-upfront",
        "partial-upfront",
        "all-upfront",
      ]),
    )
    .option("--from <time>", "first day or hour (UTC) that counts, of those delivered", instantValue)
    .option(
      "--to <time>",
      "day or hour (UTC) at which the history ends, itself not counted; within those delivered",
      instantValue,
    )
    .option("--rates <file...>", RATES)
    .option("--owned <file>", OWNED)
    .option(
      "--window <span>",
      "history before a decision, as 60d or 2mo (default: by the length of all)",
      horizonValue,
    )
    .option("--step <span>", "from one decision to the next (default: 14d)", horizonValue)
    .option("--horizon <span>", "hours that judge a decision (default: by the length of all)", horizonValue);
  return addRiskOptions(addSampleOptions(command))
    .option("--json", JSON_ONLY)
    .option(
      "--csv <dir>",
      "write backtest-scores.csv, backtest-calibration.csv and backtest-decisions.csv into this folder",
    )
    .option("--memory <size>", MEMORY, memoryValue);
}

/** What a review remembers with, and what it decides from. */
export function addReviewOptions(command: Command): Command {
  command
    .option(
      "--store <file>",
      "what reviews remember: one file, made when missing (default: ./sageplan.duckdb)",
    )
    .option(
      "--as-of <time>",
      "day or hour (UTC) of the review; later usage is not looked at (default: now)",
      instantValue,
    )
    .option("--decision <text>", "what was decided on the review before, in your words; kept with it")
    .option(
      "--least-saving <share>",
      "a purchase that saves less of what eligible usage costs waits, 0.01 for 1% (default: 0.01)",
      leastSavingValue,
    )
    .option(
      "--wait <seconds>",
      "how long to wait while another review holds the store (default: 60)",
      waitValue,
    );
  addOfferingOptions(command);
  addHistoryOptions(command);
  addFuturesOptions(command);
  addLimitOptions(command);
  addAssumeOptions(command);
  return addLadderOption(command)
    .option("--json", JSON_ONLY)
    .option("--markdown <file>", "write the review as Markdown, for a ticket or a chat message")
    .option("--memory <size>", MEMORY, memoryValue);
}

/** Of `recommend` alone: it is our answer that AWS's is held against. */
export const addCompareOption = (command: Command): Command =>
  command.option(
    "--compare-aws <file>",
    'AWS\'s own recommendation beside this one, and why they differ: what "aws ce get-savings-plans-purchase-recommendation" prints',
  );

const addLadderOption = (command: Command): Command =>
  command.option(
    "--ladder <count>",
    "the same bought in so many equal monthly tranches, 2 to 12, instead of at once: what that costs and what it leaves open (default: no ladder)",
    ladderValue,
  );

const METRICS =
  'what "aws cloudwatch get-metric-data" prints for your endpoints (docs/headroom.md has the call): one file or more';

const addMetricsOptions = (command: Command): Command =>
  command
    .option("--metrics <file...>", METRICS)
    .option(
      "--metric-data-queries <file>",
      "the queries that were asked for --metrics; without it labels name endpoint, variant and metric",
    )
    .option(
      "--target-utilization <share>",
      "how busy a fleet with metrics should be, 0.6 for 60% (default: 0.6)",
      targetUtilizationValue,
    );

/** What `headroom` looks at, and where it is written. */
export const addHeadroomOptions = (command: Command): Command =>
  addMetricsOptions(command)
    .option("--rates <file...>", RATES)
    .option("--from <time>", "first day or hour (UTC) that counts, of those delivered", instantValue)
    .option(
      "--to <time>",
      "day or hour (UTC) at which the history ends, itself not counted; within those delivered",
      instantValue,
    )
    .option(
      "--events-out <file>",
      "write what is found as events (YAML), to be edited, for recommend --events",
    )
    .option("--json", JSON_ONLY)
    .option("--markdown <file>", MARKDOWN)
    .option("--memory <size>", MEMORY, memoryValue);

/** What savings that come first do to an answer. */
export const addAssumeOptions = (command: Command): Command =>
  addMetricsOptions(command)
    .option(
      "--assume <headroom=world>",
      "which of headroom's findings the answer takes to be done: headroom=none, headroom=likely, each with its probability, or headroom=all (default: headroom=none; the section shows all three)",
      assumeValue,
    )
    .option(
      "--safe-loss <probability>",
      "the safe-now commitment's probability of a loss, at most, in all three worlds, 0.05 for 5% (default: 0.05)",
      safeLossValue,
    );

const addOfferingOptions = (command: Command): Command =>
  command
    .addOption(
      new Option("--term <term>", "terms that may be bought (default: any)").choices(["1yr", "3yr", "any"]),
    )
    .addOption(
      new Option("--payment <option>", "payment options that may be bought (default: no-upfront)").choices([
        "no-upfront",
        "partial-upfront",
        "all-upfront",
        "any",
      ]),
    );

const addHistoryOptions = (command: Command): Command =>
  command
    .option("--from <time>", "first day or hour (UTC) that counts, of those delivered", instantValue)
    .option(
      "--to <time>",
      "day or hour (UTC) at which the history ends, itself not counted; within those delivered",
      instantValue,
    )
    .addOption(
      new Option("--lookback <span>", "length of the history that counts (default: all)")
        .choices(["7d", "30d", "60d", "13mo", "all"])
        .conflicts("from"),
    )
    .option("--rates <file...>", RATES)
    .option("--owned <file>", OWNED)
    .option(
      "--negotiated-discount <share>",
      "EDP or private pricing, 0.06 for 6% (default: from the bill, else 0)",
      discountValue,
    );

const addSampleOptions = (command: Command): Command =>
  command
    .option("--scenarios <count>", "how many futures are sampled (default: 200)", scenariosValue)
    .option(
      "--seed <number>",
      "where the sample starts; the same seed gives the same answer (default: 1)",
      seedValue,
    );

const addRiskOptions = (command: Command): Command =>
  command
    .option(
      "--risk-aversion <weight>",
      "how much the worst futures count: 0 only the mean saving, 1 only the mean of the worst futures (default: 0.2)",
      riskAversionValue,
    )
    .option(
      "--tail <share>",
      "which futures are the worst ones: 0.9 for the worst tenth (default: 0.9)",
      tailValue,
    );

const addFuturesOptions = (command: Command): Command =>
  addRiskOptions(
    addSampleOptions(
      command.option(
        "--futures <kind>",
        "bootstrap: sampled from the history; history: the past repeats exactly, as AWS's own recommendations suppose; or a FILE with your own futures: the normalized table with the columns scenario and probability (default: bootstrap)",
        futuresValue,
      ),
    )
      .option(
        "--horizon <span>",
        "what sampled futures span, as 60d or 12mo (default: the term; 36 months when terms are compared)",
        horizonValue,
      )
      .option(
        "--growth <rate>",
        "yearly growth of usage in sampled futures, 0.25 for 25%, -0.1 for 10% less (default: what the history shows, shrunk)",
        growthValue,
      )
      .option(
        "--events <file>",
        "what you know is coming, as YAML: launches, shutdowns, migrations, autoscaling, growth, with dates",
      ),
  );

const addLimitOptions = (command: Command): Command =>
  command
    .option(
      "--min-utilization <share>",
      "the new commitment is used on average at least this much, 0.8 for 80% (default: 0)",
      utilizationValue,
    )
    .option(
      "--max-commitment <usd>",
      "new commitment in all, at most, $/h at Savings Plans rates (default: no limit)",
      commitmentLimitValue,
    )
    .option(
      "--max-upfront <usd>",
      "cash paid at the start in all, at most, $ (default: no limit)",
      upfrontLimitValue,
    )
    .option(
      "--discount-rate <rate>",
      "yearly cost of capital, 0.08 for 8%: makes paying early cost something (default: 0)",
      discountRateValue,
    );
