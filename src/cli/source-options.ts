/** Options that say where the data is: at AWS, in an engine, in which months. */
import { Option } from "commander";
import type { Command } from "commander";
import { atLeastOneValue, httpValue, instantValue, s3Value } from "./values.ts";
import { JSON_ONLY } from "./words.ts";

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
