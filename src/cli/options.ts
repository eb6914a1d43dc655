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
  httpValue,
  instantValue,
  ladderValue,
  leastSavingValue,
  memoryValue,
  atLeastOneValue,
  riskAversionValue,
  s3Value,
  safeLossValue,
  scenariosValue,
  seedValue,
  tailValue,
  targetUtilizationValue,
  upfrontLimitValue,
  utilizationValue,
  waitValue,
} from "./values.ts";

/** What AWS delivers by the month, and restates. */
export const DELIVERED =
  "billing exports: files, folders or globs; CUR, CUR 2.0, FOCUS or the normalized table, mixed as you like";
export const EXPORTS =
  "billing exports: files, folders or globs; CUR, CUR 2.0, FOCUS, Cost Explorer (JSON or the console's CSV) or the normalized table, mixed as you like";
export const RATES =
  "Savings Plans rates: AWS's JSON, a price list, or CSV; takes every name up to the next option";
export const OWNED =
  'plans you own: what "aws savingsplans describe-savings-plans" prints (default: the fee rows of the export)';
export const MEMORY = "memory for the query engine, such as 2GB";
export const CSV =
  "write hourly.csv, curve.csv, offerings.csv, alternatives.csv, frontier.csv, cash-flow.csv and aws-recommendation.csv into this folder";
const XLSX =
  "write a workbook that recalculates: change the commitment, a discount or the growth in it, and savings and cash flow follow";
const HTML =
  "write one page that works offline: charts, tables, and a slider that recomputes the figures at other commitments";
const MARKDOWN = "write the answer as Markdown, for a ticket or a chat message";
export const JSON_ONLY = "one JSON document on standard output, and nothing else there";

/** What `recommend` and `simulate` decide from: offerings, history, rates, futures, risk and limits; and where it is written. */
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

export const examples = (...lines: string[]): string =>
  `\nExamples:\n${lines.map((line) => `  $ ${line}`).join("\n")}`;

export const hint = (command: Command): Command =>
  command.showHelpAfterError(`"sageplan ${command.name()} --help" shows the options.`);

/** Not commander's own check: it cannot know which option may have taken the names. */
export function requireExports(
  command: Command,
  exports: readonly string[],
  takers: Readonly<Record<string, readonly unknown[] | undefined>> = {},
  engine = "duckdb",
): void {
  if (exports.length > 0 || engine !== "duckdb") return;
  const taken = Object.entries(takers)
    .filter(([, values]) => values !== undefined && values.length > 1)
    .map(
      ([name, values]) =>
        ` --${name} takes every name up to the next option (${values!.length} here): put the exports before it.`,
    );
  command.error(`error: name at least one billing export: a file, a folder or a glob.${taken.join("")}`);
}

export function requireSpan(
  command: Command,
  span: { from?: string | undefined; to?: string | undefined },
): void {
  const { from, to } = span;
  if (from === undefined || to === undefined || from < to) return;
  command.error(`error: --from ${from} is not before --to ${to}.`);
}

/** What is asked of AWS, how, and where the answers go. */
export function addPullOptions(command: Command): Command {
  return command
    .option("--out <dir>", "folder for the answers", "aws")
    .option(
      "--profile <name>",
      "of the shared AWS configuration, SSO included; without it the standard credential chain",
    )
    .option(
      "--region <region>",
      "any region of the partition that is meant, as cn-north-1 for China (default: the configured one's)",
    )
    .option(
      "--from <time>",
      "first day or hour (UTC) of usage, utilization and coverage (default: 60 days, or 13 of hours)",
      instantValue,
    )
    .option("--to <time>", "day or hour (UTC) at which they end (default: today)", instantValue)
    .addOption(
      new Option("--granularity <unit>", "of usage: hours are kept for 14 days, days for 13 months")
        .choices(["auto", "hourly", "daily"])
        .default("auto"),
    )
    .addOption(
      new Option("--group-by <dimension>", "what usage is told by, beside its type")
        .choices(["operation", "region"])
        .default("operation"),
    )
    .option("--regions <region...>", "of the price list (default: all)")
    .option(
      "--price-list-url <url>",
      "a mirror of the price list, such as https://prices.example.com",
      httpValue,
    )
    .option(
      "--timeout-seconds <n>",
      "an answer that takes longer is asked for again (default: 120)",
      atLeastOneValue,
    )
    .option(
      "--max-requests <n>",
      "to Cost Explorer: no further page is asked after so many (default: 100, which cost $1)",
      atLeastOneValue,
    )
    .option("--refresh", "ask again what was answered before")
    .option("--dry-run", "print the calls, what they cost, and the AWS CLI's command for each; make none")
    .option("--json", JSON_ONLY);
}

/** For the commands that read files whole. */
export function addMonthOptions(command: Command): Command {
  return command
    .option("--from <time>", "athena, trino: the first month that is read, by a day in it", instantValue)
    .option("--to <time>", "athena, trino: the last month that is read, by a day in it", instantValue);
}

/** Where the billing data lies when it is too much for files. */
export function addEngineOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--engine <name>",
        "what reads the billing data: duckdb reads files, athena and trino a table (default: duckdb)",
      ).choices(["duckdb", "athena", "trino"]),
    )
    .option("--table <name>", "athena, trino: the table of the export")
    .option("--database <name>", "athena: its database")
    .option("--workgroup <name>", "athena: who pays and which limits hold")
    .option("--output <s3-url>", "athena: where results are put (default: the workgroup's place)", s3Value)
    .option("--region <region>", "athena: the region")
    .option("--profile <name>", "athena: of the shared AWS configuration")
    .option("--server <url>", "trino: its address, as https://trino.example.com:8443", httpValue)
    .option("--catalog <name>", "trino: the catalog; athena: of Glue (default: AwsDataCatalog)")
    .option("--schema <name>", "trino: the schema")
    .option(
      "--print-sql",
      "athena, trino: print the query that would run; none runs but that for the table's columns",
    )
    .option(
      "--user <name>",
      "trino: the user (default: whom the token names); the password or token by TRINO_PASSWORD or TRINO_TOKEN in the environment",
    );
}
