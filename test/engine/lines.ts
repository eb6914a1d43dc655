/** Rows of `line` as an engine elsewhere hands them over: one instance for `hours` hours at $0.23. */
export const COLUMNS = [
  ["line_item_line_item_type", "string"],
  ["line_item_usage_start_date", "timestamp"],
  ["line_item_usage_end_date", "timestamp"],
  ["line_item_usage_account_id", "string"],
  ["line_item_product_code", "string"],
  ["line_item_usage_type", "string"],
  ["line_item_operation", "string"],
  ["line_item_usage_amount", "double"],
  ["line_item_unblended_cost", "double"],
  ["product", "map<string,string>"],
] as const;

export const linesOf = (hours: number): (string | null)[][] =>
  Array.from({ length: hours }, (_, n) => {
    const hour = `2026-10-01 ${String(n).padStart(2, "0")}:00:00.000`;
    const plan = "||||||".split("|").slice(1);
    const who = "0|111122223333|444455556666|2026-10|us-east-1".split("|");
    const what = "1|Usage|AmazonSageMaker|USE1-Host:ml.m5.xlarge|RunInstance|USD".split("|");
    const amounts = [
      "1.000000000000",
      "0.230000000000",
      "0.000000000000",
      "0.230000000000",
      "0.000000000000",
    ];
    return [...who, hour, ...what, ...plan, "3", "0", "0", ...amounts, "0.000000000000", "0.000000000000"];
  });

/** What the question for usage of any service is answered: other services' lines begin in as many hours of October. */
export const usageOf = (hours: number): string[][] => {
  const first = Date.UTC(2026, 9, 1) / 3_600_000;
  return [["2026-10", String(first), String(first + hours - 1), "12"]];
};
