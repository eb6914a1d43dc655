/**
 * What `aws ce get-cost-and-usage` prints (Cost Explorer API, GetCostAndUsage): one document, or an array of its pages.
 * Amounts are strings. The answer does not repeat the filter that was asked with, so what was filtered out can't be
 * known.
 */
import { SageplanError } from "../../domain/error.ts";
import { hourOfMs, HOUR_MS, isoHour, parseUtcMs, type Hour, type HourSpan } from "../../domain/hour.ts";
import { picoOfText, type Picodollars } from "../../domain/money.ts";
import { parseJson, readText } from "../files/text.ts";
import type { CostAndUsagePage } from "./cli-json-schema.ts";
import { lineItemTypeOf, type CostExplorerRead, type CostExplorerRow } from "./row.ts";

type Metrics = Record<string, { Amount: string; Unit?: string | undefined }>;

/** As Cost Explorer names SageMaker and its Savings Plans. */
const SAGEMAKER_SERVICE = /SageMaker|Savings Plans.*Machine Learning|MachineLearningSavingsPlans/i;

/** @throws SageplanError `damaged-file`, `unknown-format`, `missing-column`, `bad-value`, `duplicate-delivery` */
export async function costExplorerJson(path: string): Promise<CostExplorerRead> {
  const pages = await pagesOf(path);
  const dimensions = dimensionsOf(pages, path);
  const rows: CostExplorerRow[] = [];
  const keys = new Set<string>();
  const periods = new Map<string, HourSpan>();
  const final = new Set<Hour>();
  let estimatedUsd = 0n;
  for (const [p, page] of pages.entries()) {
    for (const [r, { TimePeriod, Groups, Estimated }] of page.ResultsByTime.entries()) {
      const place = `${pages.length > 1 ? `page ${p + 1}, ` : ""}ResultsByTime.${r}`;
      const span = spanOf(TimePeriod, place, path);
      periods.set(`${span.from} ${span.to}`, span);
      if (Estimated === false) final.add(span.from);
      for (const [g, { Keys, Metrics: metrics }] of (Groups ?? []).entries()) {
        const at = `${place}.Groups.${g}`;
        if (Keys.length !== dimensions.length) {
          throw badValue(
            path,
            at,
            `${Keys.length} Keys`,
            `${dimensions.length}, as many as GroupDefinitions`,
          );
        }
        const key = `${span.from} ${span.to}\n${Keys.join("\n")}`;
        if (keys.has(key)) throw twice(path, at, Keys, span);
        keys.add(key);
        const row = rowOf(at, span, dimensions, Keys, metrics, path);
        if (row === null) continue;
        rows.push(row);
        if (Estimated) estimatedUsd += row.unblendedUsd;
      }
    }
  }
  return { rows, dimensions, keys, periods: [...periods.values()], final, estimatedUsd, agreements: [] };
}

async function pagesOf(path: string): Promise<CostAndUsagePage[]> {
  const { costAndUsageSchema } = await import("./cli-json-schema.ts");
  const json = parseJson(
    await readText(path),
    (why, cause) =>
      new SageplanError(
        "damaged-file",
        `${path} is not readable JSON (${why}): it may have been cut while it was written. Ask again.`,
        { cause },
      ),
  );
  const parsed = costAndUsageSchema.safeParse(Array.isArray(json) ? json : [json]);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const at = issue?.path.slice(Array.isArray(json) ? 0 : 1).join(".") || "the top";
    throw new SageplanError(
      "unknown-format",
      `${path} is not what \`aws ce get-cost-and-usage\` prints: at ${at}, ${issue?.message}. Save that command's output and name it.`,
    );
  }
  const pages = parsed.data;
  const last = pages.at(-1);
  if (!last || last.NextPageToken) {
    throw new SageplanError(
      "damaged-file",
      `${path} ends before the last page (it holds a NextPageToken): the amounts of the rest are missing. Ask again with ` +
        "--next-page-token until there is none, and join the pages into one array: jq -s . page-*.json > usage.json.",
    );
  }
  return pages;
}

/** The same on every page. @throws SageplanError `missing-column` without USAGE_TYPE */
function dimensionsOf(pages: readonly CostAndUsagePage[], path: string): string[] {
  const [first, ...others] = pages.map(({ GroupDefinitions }) =>
    (GroupDefinitions ?? []).map(({ Type, Key }) =>
      Type === undefined || Type === "DIMENSION" ? Key : `${Type}:${Key}`,
    ),
  );
  const dimensions = first ?? [];
  if (others.some((other) => other.join("\n") !== dimensions.join("\n"))) {
    throw new SageplanError(
      "unknown-format",
      `${path}: its pages are grouped differently, so they are not pages of one answer. Save each answer as a file of its own.`,
    );
  }
  if (dimensions.includes("USAGE_TYPE")) return dimensions;
  throw new SageplanError(
    "missing-column",
    `${path} is grouped by ${dimensions.join(" and ") || "nothing"}, and without USAGE_TYPE no amount can be told from storage or other ` +
      "usage that no plan covers. Ask again with --group-by Type=DIMENSION,Key=USAGE_TYPE Type=DIMENSION,Key=REGION.",
  );
}

function spanOf({ Start, End }: { Start: string; End: string }, place: string, path: string): HourSpan {
  const [from, to] = [parseUtcMs(Start), parseUtcMs(End)];
  if (from < to && from % HOUR_MS === 0 && to % HOUR_MS === 0)
    return { from: hourOfMs(from), to: hourOfMs(to) };
  throw badValue(path, `${place}.TimePeriod`, `${Start} to ${End}`, "whole hours, the start before the end");
}

/** null: another service's. */
function rowOf(
  place: string,
  span: HourSpan,
  dimensions: readonly string[],
  keys: readonly string[],
  metrics: Metrics,
  path: string,
): CostExplorerRow | null {
  const by = (dimension: string): string => keys[dimensions.indexOf(dimension)] ?? "";
  if (dimensions.includes("SERVICE") && !SAGEMAKER_SERVICE.test(by("SERVICE"))) return null;
  const amount = (name: string): Picodollars | null => {
    const text = metrics[name]?.Amount;
    if (text === undefined) return null;
    const pico = picoOfText(text);
    if (pico !== null) return pico;
    throw badValue(path, `${place}.Metrics.${name}.Amount`, `"${text}"`, "a number such as 12.345");
  };
  const unblendedUsd = amount("UnblendedCost");
  if (unblendedUsd === null) {
    throw new SageplanError(
      "missing-column",
      `${path}, ${place}: the metric UnblendedCost is missing (found ${Object.keys(metrics).join(", ") || "none"}). On covered usage it alone is ` +
        "the On-Demand equivalent: ask again with --metrics UnblendedCost UsageQuantity.",
    );
  }
  return {
    place,
    span,
    account: by("LINKED_ACCOUNT"),
    region: known(by("REGION")),
    usageType: by("USAGE_TYPE"),
    operation: known(by("OPERATION")),
    recordType: lineItemTypeOf(by("RECORD_TYPE")),
    currency: metrics["UnblendedCost"]?.Unit ?? "",
    unblendedUsd,
    netUsd: amount("NetUnblendedCost"),
    amortizedUsd: amount("AmortizedCost"),
    quantity: amount("UsageQuantity"),
  };
}

/** Cost Explorer writes `NoRegion`, `NoOperation` or `global` where there is none. */
const known = (key: string): string => (/^(?:No[A-Z]\w*|global)$/.test(key) ? "" : key);

const badValue = (path: string, place: string, found: string, expected: string): SageplanError =>
  new SageplanError(
    "bad-value",
    `${path}, ${place}: found ${found}, expected ${expected}. Ask again; a number that can't be understood is not left out.`,
  );

const twice = (path: string, place: string, keys: readonly string[], { from, to }: HourSpan): SageplanError =>
  new SageplanError(
    "duplicate-delivery",
    `${path}, ${place}: ${keys.join(" / ")} from ${isoHour(from)} to ${isoHour(to)} stands in it twice, so its dollars would count twice. ` +
      "A page may have been joined twice: join each once.",
  );
