/**
 * What billing files, rate cards, plans, events and answers hold beside what AWS documents, and what sageplan does with each: one row a kind, with
 * the tests that show it. `docs/reference/faults.md` is printed from it.
 */
export interface InputFault {
  kind: string;
  found: string;
  /** Read, refused (exit code, error code), or told (finding). */
  does: string;
  /** Paths from the root. */
  tests: readonly string[];
}

export const INPUT_FAULTS: readonly InputFault[] = [
  {
    kind: "a plan that ended early",
    found: "a Refund row on the plan product, with the plan's ARN or its id in the description (CUR, FOCUS)",
    does: "read: the plan ends at its last row, without waiting a day; finding `owned-plan-ended` says that AWS refunded it",
    tests: ["test/ingest/plans/plan-file.test.ts"],
  },
  {
    kind: "a plan that ended early",
    found: "a refund that names no plan, or one whose fee rows go on",
    does: "finding `plan-refunded`, with the dollars refunded",
    tests: ["test/ingest/plans/plan-file.test.ts"],
  },
  {
    kind: "a plan that ended early",
    found: "what a plan that is gone covered, beside an inventory",
    does: "read: uncovered from now on",
    tests: ["test/ingest/plans/plan-file.test.ts"],
  },
  {
    kind: "pages",
    found: "pages of rates or plans: files in order (rates), or one array (`jq -s`)",
    does: "read; refused (3) only where the last page holds a token",
    tests: ["test/ingest/rates/read.test.ts", "test/ingest/plans/plan-file.test.ts"],
  },
  {
    kind: "covered usage without its On-Demand value",
    found: "covered usage without On-Demand value, with hours (CUR, FOCUS, Cost Explorer)",
    does: "read: hours × the usage type's rate in the bill, else AWS's list price (USD bills); finding `covered-usage-priced`",
    tests: ["test/ingest/covered-prices.test.ts"],
  },
  {
    kind: "covered usage without its On-Demand value",
    found: "the same with no rate anywhere, or no hours; in the normalized table",
    does: "refused (3, `bad-value`)",
    tests: ["test/ingest/covered-prices.test.ts"],
  },
  {
    kind: "covered usage without its On-Demand value",
    found: "FOCUS usage that names a plan, and no CommitmentDiscountStatus",
    does: "refused (3): `missing-column` or `bad-value`",
    tests: ["test/ingest/covered-prices.test.ts"],
  },
  {
    kind: "covered usage without its On-Demand value",
    found: "AWS's used commitment against our replay's",
    does: "check in `reconciliation.checks`; finding `bill-disagrees`",
    tests: ["test/ingest/covered-prices.test.ts"],
  },
  {
    kind: "passed over",
    found:
      "an export without the column that says which service a row is of (CUR's product code, FOCUS's service name and code)",
    does: "refused (3), `missing-column`: no row of it could be known as SageMaker's",
    tests: ["test/ingest/exports/hostile.test.ts"],
  },
  {
    kind: "passed over",
    found:
      "UTF-16 (with or without a mark), BOM, gzip, in a CSV of any format, Cost Explorer's JSON or CSV, rates, plans, events, metrics, recommendations, manifests",
    does: "read",
    tests: ["test/ingest/exports/containers.test.ts", "test/ingest/exports/left-out.test.ts"],
  },
  {
    kind: "passed over",
    found: "a ZIP, another ending or nothing at all of what a manifest lists",
    does: "refused (3, `path-not-found`), naming the file that lies there",
    tests: ["test/ingest/exports/left-out.test.ts"],
  },
  {
    kind: "passed over",
    found: "`.zip`, `.part`, `.zst`, `.bz2`, `.parquet.gz`, `.xlsx`… among exports, listed by no manifest",
    does: "finding `files-not-read`",
    tests: ["test/ingest/exports/left-out.test.ts"],
  },
  {
    kind: "passed over",
    found: "FOCUS that names services by code or otherwise with SageMaker, and has no `x_ServiceCode`",
    does: "read",
    tests: ["test/ingest/exports/counted-twice.test.ts"],
  },
  {
    kind: "implausible rates",
    found:
      "a card's discount beyond 64 % (half a point is rounding), or above its own On-Demand rate, of usage in the bill",
    does: "refused (3, `bad-rate-card`)",
    tests: ["test/ingest/rates/read.test.ts"],
  },
  {
    kind: "implausible rates",
    found: "a Savings Plans rate at or above what the bill charges; observed rates beyond 64 %",
    does: "finding `implausible-rates`, first of all",
    tests: ["test/ingest/rates/read.test.ts"],
  },
  {
    kind: "implausible rates",
    found: "usage charged more than 10 % below AWS's list price",
    does: "finding `below-list-price`",
    tests: ["test/ingest/rates/read.test.ts"],
  },
  {
    kind: "accounts",
    found: "8 to 11 digits (leading zeros lost)",
    does: "read as 12 digits; the same month twice is refused (3, `duplicate-delivery`)",
    tests: ["test/ingest/exports/counted-twice.test.ts"],
  },
  {
    kind: "accounts",
    found: "`1.23E+11`, `123456789012.0`",
    does: "refused (3, `bad-value`)",
    tests: ["test/ingest/exports/counted-twice.test.ts"],
  },
  {
    kind: "parts",
    found: "a gap in AWS's part numbers, no manifest",
    does: "refused (3, `path-not-found`)",
    tests: ["test/ingest/exports/counted-twice.test.ts"],
  },
  {
    kind: "parts",
    found: "rows alike in two parts, no manifest: half of a part or more",
    does: "refused (3, `duplicate-delivery`)",
    tests: ["test/ingest/exports/counted-twice.test.ts"],
  },
  {
    kind: "parts",
    found: "the same, fewer",
    does: "finding `rows-in-two-parts`, with its dollars",
    tests: ["test/ingest/exports/counted-twice.test.ts"],
  },
  {
    kind: "parts",
    found:
      "parts of Spark, Glue, DuckDB, Snowflake, Hive, BigQuery, Athena, Trino, Redshift, Dask; parquet without an ending; in folders KEY=VALUE",
    does: "read as one delivery",
    tests: ["test/ingest/exports/counted-twice.test.ts"],
  },
  {
    kind: "billed at $0",
    found: "instance usage billed at exactly $0 (CUR, FOCUS, normalized, Cost Explorer with record types)",
    does: "left out of demand and rates, class `ineligible`; finding `billed-at-zero` with hours and public dollars",
    tests: ["test/ingest/covered-prices.test.ts"],
  },
  {
    kind: "periods",
    found: "no length at midnight, dates alone",
    does: "read as days",
    tests: ["test/ingest/exports/counted-twice.test.ts"],
  },
  {
    kind: "periods",
    found: "an end at x:59:59 or x:59:59.999",
    does: "read as the next second",
    tests: ["test/ingest/exports/counted-twice.test.ts"],
  },
  {
    kind: "periods",
    found: "usage without an end, of no length elsewhere, or that ends before it begins",
    does: "refused (3, `bad-value`)",
    tests: ["test/ingest/exports/counted-twice.test.ts"],
  },
  {
    kind: "harmless files, one bad row",
    found: "AWS's status table, `._*`, `~$*`, checksums",
    does: "passed over, finding `files-passed-over`",
    tests: ["test/ingest/exports/left-out.test.ts"],
  },
  {
    kind: "harmless files, one bad row",
    found: "whole JSON that is no answer of Cost Explorer (`region_index.json`, rates)",
    does: "passed over",
    tests: ["test/ingest/exports/left-out.test.ts"],
  },
  {
    kind: "harmless files, one bad row",
    found: "plans of other types and failed, deleted or returned ones that lack members",
    does: "passed over before they are judged",
    tests: ["test/ingest/plans/plan-file.test.ts"],
  },
  {
    kind: "harmless files, one bad row",
    found: "a rate that is no number or per another unit (API, price list)",
    does: "refused (3) if the bill has its usage, else finding `rates-passed-over`",
    tests: ["test/ingest/rates/read.test.ts"],
  },
  {
    kind: "spreadsheets and databases",
    found: "fields parted by `;`, tab or a bar",
    does: "refused (3, `unknown-format`), saying so",
    tests: ["test/ingest/exports/containers.test.ts"],
  },
  {
    kind: "spreadsheets and databases",
    found: "`3,030.00`, `$3.03`, `3.030,00`",
    does: "refused (3, `bad-value`), saying how to write it",
    tests: ["test/ingest/exports/counted-twice.test.ts"],
  },
  {
    kind: "spreadsheets and databases",
    found:
      "`nan`, `None`, `\\N`, `NULL` in a column that may be empty (in CSV, parquet, and tables elsewhere)",
    does: "read as nothing; refused where a value is needed",
    tests: ["test/ingest/exports/counted-twice.test.ts"],
  },
  {
    kind: "spreadsheets and databases",
    found: "a plain file named `.csv.gz`, a gzip named `.csv`",
    does: "read",
    tests: ["test/ingest/exports/containers.test.ts"],
  },
  {
    kind: "spreadsheets and databases",
    found: "`s3://…`, `https://…`",
    does: "refused (3, `path-not-found`), saying how to copy it",
    tests: ["test/ingest/exports/left-out.test.ts"],
  },
  {
    kind: "currency",
    found: "card, inventory or AWS's recommendation in another currency than the bill's",
    does: "refused (3); CNY and EUR read when they agree",
    tests: ["test/ingest/rates/read.test.ts", "test/ingest/plans/plan-file.test.ts"],
  },
  {
    kind: "discounts, rates, days",
    found: "a discount on what no plan covers (CUR, FOCUS, net costs); a bundled one without usage type",
    does: "no discount on the rest",
    tests: ["test/ingest/negotiated-discount.test.ts"],
  },
  {
    kind: "discounts, rates, days",
    found: "a card's On-Demand rate that is not the bill's",
    does: "money by the bill's rate; finding `on-demand-rates-differ`",
    tests: ["test/ingest/rates/read.test.ts"],
  },
  {
    kind: "discounts, rates, days",
    found: "`launch … shape_of` over regimes that the scenarios repeat",
    does: "adds on average what was declared, in each scenario",
    tests: ["test/scenario/events.test.ts"],
  },
  {
    kind: "discounts, rates, days",
    found: "daily data where an owner is served first, or several plans cover",
    does: "bounds that hold (slow oracle, 400 random cases); figures are not called the best case",
    tests: ["test/outcome/shape-bounds.test.ts"],
  },
  {
    kind: "not opened or not judged",
    found: "Cost Explorer's JSON, empty or cut before its results",
    does: "finding `files-not-read`",
    tests: ["test/ingest/exports/left-out.test.ts"],
  },
  {
    kind: "not opened or not judged",
    found: "the same, cut within its results, or not readable (rights, open files)",
    does: "refused (3; 4 when files run out)",
    tests: ["test/ingest/exports/left-out.test.ts"],
  },
  {
    kind: "not opened or not judged",
    found: "results that stand after the first megabyte",
    does: "read",
    tests: ["test/ingest/exports/left-out.test.ts"],
  },
  {
    kind: "not opened or not judged",
    found: "CSV whose lines end in a lone CR",
    does: "read",
    tests: ["test/ingest/exports/containers.test.ts"],
  },
  {
    kind: "not opened or not judged",
    found: "CSV that holds NUL bytes",
    does: "refused (3, `damaged-file`) with the line",
    tests: ["test/ingest/exports/containers.test.ts"],
  },
  {
    kind: "not opened or not judged",
    found: "a folder behind a link",
    does: "read, once",
    tests: ["test/ingest/exports/left-out.test.ts"],
  },
  {
    kind: "not opened or not judged",
    found: "a month whose manifest is there, and whose files are not",
    does: "refused (3, `path-not-found`)",
    tests: ["test/ingest/exports/left-out.test.ts"],
  },
  {
    kind: "counted twice",
    found: "usage of another period than its folder's",
    does: "refused (3, `bad-value`)",
    tests: ["test/ingest/exports/counted-twice.test.ts"],
  },
  {
    kind: "counted twice",
    found: "a table without accounts beside one with, of one month",
    does: "refused (3, `duplicate-delivery`)",
    tests: ["test/ingest/exports/counted-twice.test.ts"],
  },
  {
    kind: "the container and its content",
    found: "a folder called KEY=VALUE, where the file has a column KEY",
    does: "read: the column counts",
    tests: ["test/ingest/exports/containers.test.ts"],
  },
  {
    kind: "the container and its content",
    found: "a column twice, in CSV and by parquet's own names",
    does: "refused (3, `unknown-format`), naming the file",
    tests: ["test/ingest/exports/containers.test.ts"],
  },
  {
    kind: "the container and its content",
    found: "a line of a bill within a quoted field",
    does: "read as text",
    tests: ["test/ingest/exports/containers.test.ts"],
  },
  {
    kind: "the container and its content",
    found: "zeros behind a gzip's end, whatever follows them",
    does: "refused (3, `damaged-file`)",
    tests: ["test/ingest/exports/containers.test.ts"],
  },
  {
    kind: "the container and its content",
    found: "ZIP, Zstandard, bzip2, xz or parquet under the name of a CSV",
    does: "refused (3, `damaged-file`), naming it",
    tests: ["test/ingest/exports/containers.test.ts"],
  },
  {
    kind: "the container and its content",
    found: "a parquet page whose CRC does not fit",
    does: "**not noticed**: DuckDB does not check it; compare files with what AWS delivered by checksum",
    tests: [],
  },
  {
    kind: "plans and cards",
    found:
      "an unknown state or type of plan, an end before its start, a commitment outside of 0.001 to 1,000,000",
    does: "refused (3, `bad-plan-file`) with its place",
    tests: ["test/ingest/plans/plan-file.test.ts"],
  },
  {
    kind: "plans and cards",
    found: "a plan that the bill charges for and `--owned` lacks",
    does: "finding `plan-not-in-inventory`",
    tests: ["test/ingest/plans/plan-file.test.ts"],
  },
  {
    kind: "plans and cards",
    found: "a column of a CSV card twice; two products of one SKU; cards of two currencies",
    does: "refused (3, `bad-rate-card`)",
    tests: ["test/ingest/rates/read.test.ts"],
  },
  {
    kind: "plans and cards",
    found: "one metrics file twice, or pages that overlap",
    does: "counted once; two values of one point refused (3, `bad-metrics`)",
    tests: ["test/ingest/metrics/read.test.ts"],
  },
  {
    kind: "ours to answer for",
    found: "JSON nested in more than 500 levels",
    does: "refused (3) by the reader of that file, by name",
    tests: ["test/ingest/files/text.test.ts"],
  },
  {
    kind: "ours to answer for",
    found: "two payers' reports of one name",
    does: "read: a manifest lists what lies below its own report",
    tests: ["test/ingest/exports/left-out.test.ts"],
  },
  {
    kind: "ours to answer for",
    found: "a 200 of Trino that is no JSON, `null`, or no reply",
    does: "refused (4, `engine-failure`) with its host",
    tests: ["test/engine/trino.test.ts"],
  },
  {
    kind: "ours to answer for",
    found: "an hour or a date that does not exist in a file of events",
    does: "refused (3, `bad-events`), with line and column",
    tests: ["test/ingest/futures/events.test.ts"],
  },
  {
    kind: "ours to answer for",
    found: "`*` many times in an event's pattern",
    does: "read; in time that grows with the pattern only",
    tests: ["test/domain/event.test.ts"],
  },
  {
    kind: "ours to answer for",
    found: "an API that gives the same page token again",
    does: "ends (4, `aws-failure`); pages that were fetched are kept",
    tests: ["test/aws/pull.test.ts"],
  },
  {
    kind: "ours to answer for",
    found: "a page of a pull that was cut when it was written",
    does: "asked for again",
    tests: ["test/aws/pull.test.ts"],
  },
  {
    kind: "ours to answer for",
    found: "a user or a password in `--server` or `--price-list-url`",
    does: "refused (2, `wrong-call`), not printed",
    tests: ["test/engine/trino.test.ts", "test/aws/pull.test.ts"],
  },
  {
    kind: "ours to answer for",
    found: "`www.…`, `GH-1` in text of a bill",
    does: "printed so that Markdown makes no link of it",
    tests: ["test/report/markdown/markdown.test.ts"],
  },
  {
    kind: "periods",
    found:
      "rows that name a billing period in which no usage falls, and that adjoins none (2031-05, 9999-12)",
    does: "their dollars count, the period does not: finding `billing-period-astray`",
    tests: ["test/ingest/made-bills.test.ts"],
  },
  {
    kind: "raw system errors",
    found: "a folder, nothing, or another kind of file where an option names a file",
    does: "refused (3), naming the option and the file",
    tests: ["test/ingest/files/text.test.ts", "test/cli/bad-input.test.ts"],
  },
  {
    kind: "raw system errors",
    found: "a first `review` that fails",
    does: "refused, and no store is left behind",
    tests: ["test/store/open-store.test.ts"],
  },
  {
    kind: "ours to answer for",
    found: "a folder for temporary files that is taken away during the run",
    does: "refused (3, `cannot-write`), naming it",
    tests: ["test/ingest/with-engine.test.ts"],
  },
  {
    kind: "usage taken back",
    found:
      "a usage row with nothing above zero and hours or dollars below, covered by a plan or not, in any format; in Cost Explorer with a record type",
    does: "read: netted with the usage of its hour, account, SKU and plan, in whichever bill it stands; finding `usage-corrected`",
    tests: ["test/ingest/corrections.test.ts", "test/fuzz/preserving.ts"],
  },
  {
    kind: "usage taken back",
    found: "more of it than was used in an hour",
    does: "the hour counts as unused and its dollars stand under refund; finding `overcorrected-hours`",
    tests: ["test/ingest/corrections.test.ts"],
  },
  {
    kind: "usage taken back",
    found: "FOCUS rows of ChargeClass Correction",
    does: "read: usage with hours and dollars of one sign counts as usage of its hour; the rest is a refund",
    tests: ["test/ingest/corrections.test.ts"],
  },
  {
    kind: "usage taken back",
    found:
      "a usage row with hours of one sign and dollars of the other; one below zero in Cost Explorer without record types",
    does: "refused (3, `bad-value`)",
    tests: ["test/ingest/corrections.test.ts", "test/cli/bad-input.test.ts"],
  },
];
