/** Options of what is read: which files, which engine, which store, and what AWS is asked. */
import {
  choice,
  address,
  flag,
  utcInstant,
  list,
  number,
  oneOrMore,
  share,
  plainText,
  textLike,
} from "./kinds.ts";
import { byDefault, filled, needing, optional, output, required, type OptionsOf } from "./option.ts";
import type { spanOptions } from "./decision.ts";

export const ratesOptions = {
  rates: optional(
    list("file"),
    "Savings Plans rates: AWS's JSON, a price list, or CSV; takes every name up to the next option",
  ),
};

/** Without it owned plans come from fee rows. */
export const ownedOptions = {
  owned: optional(
    oneOrMore("file"),
    'plans you own: what "aws savingsplans describe-savings-plans" prints, all pages; takes every name up to the next option',
    "the fee rows of the export",
  ),
};

/** A size that the query engine understands. */
export const memoryOptions = {
  memory: optional(
    textLike(
      "size",
      /^(?!0+(\.0+)?\s*[KMGT])\d+(\.\d+)?\s*[KMGT]i?B$/i,
      "Expected a size such as 512MB or 4GB.",
    ),
    "memory for the query engine, such as 2GB",
  ),
};

/** For the commands that search for an answer. */
export const threadsOptions = {
  threads: optional(
    number(
      "count",
      { least: 1, most: 64, isWhole: true },
      "Expected a whole number of threads from 1 to 64.",
    ),
    "threads that share the search for the answer, which is the same with any number",
    "as many as the machine has processors, 8 at most",
  ),
};

export type MemoryOptions = OptionsOf<typeof memoryOptions>;

/** For the commands that read files whole. */
export const monthOptions = {
  from: optional(utcInstant, "athena, trino: the first month that is read, by a day in it"),
  to: optional(utcInstant, "athena, trino: the last month that is read, by a day in it"),
};

export const GLUE_CATALOG = "AwsDataCatalog";

/** Where the billing data lies when it is too much for files. */
export const engineOptions = {
  engine: byDefault(
    "duckdb",
    choice("name", ["duckdb", "athena", "trino"]),
    "what reads the billing data: duckdb reads files, athena and trino a table",
  ),
  ...needing("engine", ["athena", "trino"], {
    table: optional(plainText("name"), "athena, trino: the table of the export"),
  }),
  ...needing("engine", ["athena"], {
    database: optional(plainText("name"), "athena: its database"),
    workgroup: optional(
      plainText("name"),
      "athena: the workgroup that pays for queries and sets their limits",
    ),
    output: optional(
      textLike("s3-url", /^s3:\/\/[^\s/]+(\/\S*)?$/, "Expected a place in S3, as s3://bucket/prefix/."),
      "athena: where results are put",
      "the workgroup's place",
    ),
    region: optional(plainText("region"), "athena: the region"),
    profile: optional(plainText("name"), "athena: of the shared AWS configuration"),
  }),
  ...needing("engine", ["trino"], {
    server: optional(address, "trino: its address, as https://trino.example.com:8443"),
  }),
  ...needing("engine", ["athena", "trino"], {
    catalog: optional(plainText("name"), "trino: the catalog; athena: of Glue", GLUE_CATALOG),
  }),
  ...needing("engine", ["trino"], { schema: optional(plainText("name"), "trino: the schema") }),
  ...needing("engine", ["athena", "trino"], {
    printSql: output(flag, "athena, trino: print the query that would run; only the column lookup runs"),
  }),
  ...needing("engine", ["trino"], {
    user: optional(
      plainText("name"),
      "trino: the user (default: whom the token names); the password or token by TRINO_PASSWORD or TRINO_TOKEN in the environment",
    ),
  }),
};
export type EngineOptions = OptionsOf<typeof engineOptions>;

/**
 * `from` and `to`: the history that counts. Of an engine elsewhere the months from this to that one are read, which
 * bounds what is scanned. Where the data does not tell what time it covers, they do.
 */
export type BillingOptions = { exports: readonly string[] } & OptionsOf<
  typeof engineOptions & typeof monthOptions & typeof ownedOptions
> &
  MemoryOptions;

/** What is read beyond the hourly spend. */
export interface BillingParts {
  /** True: the hours of each endpoint, notebook and app too, of the newest periods. */
  resources?: boolean | undefined;
}

/** Written beside its name and renamed. */
export const tableOptions = {
  out: required(
    textLike("file", /\.(csv|parquet)$/i, "Expected a file name that ends in .csv or .parquet."),
    "file to write, .csv or .parquet",
  ),
};

/** What a review remembers with. */
export const storeOptions = {
  store: byDefault(
    "./sageplan.duckdb",
    plainText("file"),
    "what reviews remember: one file, made when missing",
  ),
  asOf: optional(utcInstant, "day or hour (UTC) of the review; later usage is not looked at", "now"),
  decision: optional(plainText("text"), "what was decided on the review before, in your words; kept with it"),
  leastSaving: byDefault(
    0.01,
    share("Expected a share from 0 up to, but not, 1: 0.01 for 1% of what eligible usage costs."),
    "a purchase that saves less of what eligible usage costs waits, 0.01 for 1%",
  ),
  wait: byDefault(
    60,
    number("seconds", { least: 0, most: 86_400, isWhole: true }, "Expected whole seconds from 0 to 86400."),
    "how long to wait while another review holds the store",
  ),
};

export type StoreOptions = { exports: readonly string[] } & OptionsOf<
  typeof storeOptions & typeof ratesOptions & typeof ownedOptions & typeof spanOptions
>;

const count = number("n", { least: 1, isWhole: true }, "Expected a whole number, 1 or more.");
const MOST_REQUESTS = 100;

/** What is asked of AWS, how, and where the answers go. */
export const pullOptions = {
  out: filled("aws", plainText("dir"), "folder for the answers"),
  profile: optional(
    plainText("name"),
    "of the shared AWS configuration, SSO included; without it the standard credential chain",
  ),
  region: optional(
    plainText("region"),
    "any region of the partition that is meant, as cn-north-1 for China",
    "the configured one's",
  ),
  from: optional(
    utcInstant,
    "first day or hour (UTC) of usage, utilization and coverage",
    "60 days, or 13 of hours",
  ),
  to: optional(utcInstant, "day or hour (UTC) at which they end", "today"),
  granularity: filled(
    "auto",
    choice("unit", ["auto", "hourly", "daily"]),
    "of usage: hours are kept for 14 days, days for 13 months",
  ),
  /** By operation rates are found best. */
  groupBy: filled(
    "operation",
    choice("dimension", ["operation", "region"]),
    "what usage is told by, beside its type",
  ),
  regions: optional(list("region"), "of the price list", "all"),
  priceListUrl: optional(address, "a mirror of the price list, such as https://prices.example.com"),
  timeoutSeconds: byDefault(120, count, "an answer that takes longer is asked for again"),
  maxRequests: byDefault(MOST_REQUESTS, count, "to Cost Explorer: no further page is asked after so many", {
    otherwise: `${MOST_REQUESTS}, which cost $1`,
  }),
  refresh: optional(flag, "ask again what was answered before"),
  dryRun: optional(flag, "print the calls, what they cost, and the AWS CLI's command for each; make none"),
};
