/** What every figure means: behind the columns of the CSV files, the workbook's sheet and `docs/dictionary.md`. */
export type Unit =
  | "USD"
  | "USD per hour"
  | "USD of one hour"
  | "share of 1"
  | "count"
  | "hours"
  | "month"
  | "months"
  | "text";

export interface DictionaryEntry {
  /** Column of the CSV files. */
  name: string;
  unit: Unit;
  meaning: string;
  /** In the names of other entries; "" where it is counted, read or chosen. */
  formula: string;
  /** Where `--json` has it, and whose definition it is. */
  source: string;
}

const entry = (
  name: string,
  unit: Unit,
  meaning: string,
  formula: string,
  source: string,
): DictionaryEntry => ({ name, unit, meaning, formula, source });

const SETTLED = "settled by AWS's rule over the futures, their mean";

export const DICTIONARY: readonly DictionaryEntry[] = [
  entry(
    "part",
    "text",
    "Step of the way from AWS's own recommendation to this one: `aws` is AWS's figure, `answer` the difference in all.",
    "",
    "comparison.parts[].kind",
  ),
  entry(
    "change_usd_per_hour",
    "USD per hour",
    "What the step changes of the commitment.",
    "commitment_usd_per_hour − that of the step before",
    "comparison.parts[].changeUsdPerHour",
  ),
  entry("kind", "text", "Which purchase the line is about.", "", "alternatives[].kind, cashFlow[].kind"),
  entry("label", "text", "The purchase, in words.", "", "alternatives[].label, cashFlow[].label"),
  entry("purchases", "text", "The plans of the purchase, each with its commitment.", "", "purchases[]"),
  entry("term", "text", "Length of the plan: 1yr is 8,760 hours, 3yr 26,280.", "", "purchases[].term (AWS)"),
  entry(
    "payment_option",
    "text",
    "How the plan is paid: none, half or all of it at the start.",
    "",
    "purchases[].paymentOption (AWS)",
  ),
  entry("allowed", "text", "Whether --term and --payment let it be bought.", "", "alternatives[].allowed"),
  entry("recommended", "text", "Whether the answer holds this offering.", "", "purchases[]"),
  entry(
    "commitment_usd_per_hour",
    "USD per hour",
    "What is promised to be spent in every hour of the term, at Savings Plans rates, before any negotiated discount.",
    "",
    "purchases[].commitmentUsdPerHour (AWS: commitment)",
  ),
  entry(
    "upfront_usd",
    "USD",
    "Paid at the start, before any negotiated discount.",
    "commitment_usd_per_hour × hours of the term × share paid upfront",
    "purchases[].upfrontUsd",
  ),
  entry(
    "horizon_hours",
    "hours",
    "Hours that the futures span; money is over these unless it says otherwise.",
    "",
    "horizon.hours",
  ),
  entry(
    "hour_utc",
    "text",
    "Start of the hour, UTC.",
    "",
    "the hours of the futures; under sampled futures those of the history",
  ),
  entry(
    "on_demand_usd",
    "USD",
    "What the eligible usage costs at On-Demand rates with no plan at all, after any negotiated discount. In hourly.csv: of one hour.",
    "",
    `expected.onDemandUsd; ${SETTLED}`,
  ),
  entry(
    "owned_covered_on_demand_usd",
    "USD of one hour",
    "Of on_demand_usd, what the owned plans cover.",
    "",
    "hourly.csv; settled by AWS's rule",
  ),
  entry(
    "new_covered_on_demand_usd",
    "USD of one hour",
    "Of on_demand_usd, what the new plans cover.",
    "",
    "hourly.csv; settled by AWS's rule",
  ),
  entry(
    "new_used_usd",
    "USD of one hour",
    "Commitment of the new plans that is used.",
    "",
    "hourly.csv; settled by AWS's rule",
  ),
  entry(
    "new_unused_usd",
    "USD of one hour",
    "Commitment of the new plans that is paid and not used.",
    "commitment − new_used_usd",
    "hourly.csv; settled by AWS's rule",
  ),
  entry(
    "on_demand_left_usd",
    "USD of one hour",
    "Billed On-Demand after all plans.",
    "on_demand_usd − owned_covered_on_demand_usd − new_covered_on_demand_usd",
    "hourly.csv; settled by AWS's rule",
  ),
  entry(
    "cost_usd",
    "USD",
    "What the eligible usage costs with the owned and the new plans: the commitments, used or not, and what is left On-Demand.",
    "cost with the owned plans alone − net_savings_usd",
    `expected.costUsd; ${SETTLED}`,
  ),
  entry(
    "net_savings_usd",
    "USD",
    "What the new plans save; unused commitment has been taken off.",
    "cost with the owned plans alone − cost_usd",
    `expected.netSavingsUsd; ${SETTLED}`,
  ),
  entry(
    "savings_rate",
    "share of 1",
    "AWS's savings percentage.",
    "net_savings_usd ÷ cost with the owned plans alone",
    "expected.savingsRate (AWS)",
  ),
  entry(
    "effective_savings_rate",
    "share of 1",
    "What all plans together save of the On-Demand cost; unused commitment counts as cost.",
    "(on_demand_usd − cost_usd) ÷ on_demand_usd",
    "expected.effectiveSavingsRate (FinOps Foundation)",
  ),
  entry(
    "utilization",
    "share of 1",
    "How much of the new commitment is used.",
    "used commitment ÷ commitment",
    "expected.utilization (AWS Savings Plans user guide)",
  ),
  entry(
    "coverage",
    "share of 1",
    "How much of the eligible usage, at On-Demand rates, all plans together cover.",
    "covered On-Demand ÷ on_demand_usd",
    "expected.coverage (AWS Savings Plans user guide)",
  ),
  entry(
    "hours_underused",
    "hours",
    "Hours of the horizon in which the new commitment is not fully used.",
    "",
    `expected.hoursUnderused; ${SETTLED}`,
  ),
  entry(
    "break_even_utilization",
    "share of 1",
    "Utilization below which the new commitment loses money.",
    "used commitment ÷ On-Demand cost that it avoids",
    "expected.breakEvenUtilization",
  ),
  entry(
    "break_even_month",
    "month",
    "First month of the term at whose end the On-Demand cost avoided has repaid the cash paid; empty: never.",
    "first month with cumulative_usd ≥ 0, if the last is above 0",
    "expected.breakEvenMonth",
  ),
  entry(
    "capital_cost_usd",
    "USD",
    "What paying early costs at the discount rate; not part of cost_usd and net_savings_usd.",
    "commitment × share upfront × (1 ÷ mean discount factor of the term − 1)",
    "expected.capitalCostUsd",
  ),
  entry(
    "lock_in_months",
    "months",
    "Months that the purchase binds, weighted by commitment.",
    "",
    "risk.lockInMonths (FinOps Foundation: Commitment Lock-In Risk)",
  ),
  entry(
    "cvar_loss_usd",
    "USD",
    "Mean loss in the worst 1 − tail of the futures; below 0: a saving even then.",
    "CVaR of −net_savings_usd",
    "risk.cvarLossUsd (Rockafellar and Uryasev)",
  ),
  entry(
    "probability_of_loss",
    "share of 1",
    "Probability that the new plans cost more than they save.",
    "P(net_savings_usd < 0)",
    "risk.probabilityOfLoss",
  ),
  entry(
    "net_savings_usd_p5",
    "USD",
    "One future in twenty saves less.",
    "5 % quantile of net_savings_usd",
    "risk.netSavingsUsdP5",
  ),
  entry(
    "net_savings_usd_p50",
    "USD",
    "Every second future saves less.",
    "median of net_savings_usd",
    "risk.netSavingsUsdP50",
  ),
  entry(
    "net_savings_usd_p95",
    "USD",
    "One future in twenty saves more.",
    "95 % quantile of net_savings_usd",
    "risk.netSavingsUsdP95",
  ),
  entry(
    "tail",
    "share of 1",
    "Which futures count as the worst: the worst 1 − tail.",
    "",
    "risk.tail (--tail)",
  ),
  entry(
    "scenarios",
    "count",
    "Futures over which means and risk are taken.",
    "",
    "horizon.scenarios (--scenarios)",
  ),
  entry(
    "risk_aversion",
    "share of 1",
    "How much the worst futures count in the choice.",
    "",
    "objective.riskAversion (--risk-aversion)",
  ),
  entry(
    "rate_share_file",
    "share of 1",
    "Of the eligible spend, what is priced at rates from a --rates file.",
    "",
    "alternatives[].rateShares.file",
  ),
  entry(
    "rate_share_bill",
    "share of 1",
    "Of the eligible spend, what is priced at rates seen in the bill.",
    "",
    "alternatives[].rateShares.bill",
  ),
  entry(
    "rate_share_illustrative",
    "share of 1",
    "Of the eligible spend, what is priced at rates that ship with sageplan and are not AWS's.",
    "",
    "alternatives[].rateShares.illustrative",
  ),
  entry(
    "illustrative_rate_share",
    "share of 1",
    "The same, of what the line rests on: above 0, do not buy on it.",
    "",
    "alternatives[].rateShares.illustrative",
  ),
  entry(
    "month",
    "month",
    "Month of the term, 730 hours, from 1.",
    "",
    "cashFlow[].months[].month (AWS's month)",
  ),
  entry(
    "cash_usd",
    "USD",
    "Paid for the commitment in the month, after any negotiated discount; in month 1 what is due at the start too.",
    "",
    "cashFlow[].months[].cashUsd",
  ),
  entry(
    "on_demand_avoided_usd",
    "USD",
    "On-Demand cost that the usage of the month no longer has.",
    "",
    `cashFlow[].months[].onDemandAvoidedUsd; ${SETTLED}`,
  ),
  entry("net_usd", "USD", "Of the month.", "on_demand_avoided_usd − cash_usd", "cashFlow[].months[].netUsd"),
  entry(
    "cumulative_usd",
    "USD",
    "Of this and all months before.",
    "Σ net_usd",
    "cashFlow[].months[].cumulativeUsd",
  ),
  entry(
    "hours_in_futures",
    "hours",
    "Of the 730 hours of the month those that the futures span; the others are taken to be like the futures' mean hour.",
    "",
    "cashFlow[].months[].hoursInFutures",
  ),
  entry(
    "term_undiscounted_usd",
    "USD",
    "Avoided less paid over the term.",
    "Σ net_usd",
    "cashFlow[].undiscountedUsd",
  ),
  entry(
    "term_net_present_value_usd",
    "USD",
    "The same at the discount rate; what is paid and avoided in a month flows evenly over it.",
    "−cash at the start + Σ (on_demand_avoided_usd − paid by the hour) × mean discount factor of the month",
    "cashFlow[].netPresentValueUsd",
  ),
  entry(
    "discount_rate",
    "share of 1",
    "Yearly cost of capital.",
    "",
    "objective.discountRate (--discount-rate)",
  ),
  entry(
    "amortized_cost_usd",
    "USD",
    "The month's part of what the plans cost, whenever it is paid: upfront payments spread evenly over the term.",
    "commitment × 730, after any negotiated discount",
    "workbook (AWS: amortized cost)",
  ),
  entry(
    "prepaid_usd",
    "USD",
    "Of what was paid at the start, what is still to be amortized at the month's end.",
    "cash at the start − its part of the months so far",
    "workbook",
  ),
  entry(
    "usage_change",
    "share of 1",
    "More or less usage than the futures have, in every hour; 0: as they are.",
    "",
    "workbook",
  ),
  entry(
    "table_error_usd",
    "USD",
    "How far a straight line to the next row of the table of breakpoints may be off, at most.",
    "",
    "workbook; bound computed from every bend that the table leaves out",
  ),
];

const DECIMALS: Readonly<Record<Unit, number | undefined>> = {
  USD: 2,
  "USD per hour": 5,
  "USD of one hour": 6,
  "share of 1": 6,
  count: 0,
  hours: 0,
  month: 0,
  months: 1,
  text: undefined,
};

const BY_NAME: ReadonlyMap<string, DictionaryEntry> = new Map(DICTIONARY.map((each) => [each.name, each]));

/** The CSV column of this name, with the decimals of its unit. */
export function dictionaryColumn(name: string): { name: string; decimals?: number } {
  const found = BY_NAME.get(name);
  if (found === undefined) throw new Error(`No entry of the data dictionary is called ${name}.`);
  const decimals = DECIMALS[found.unit];
  return decimals === undefined ? { name } : { name, decimals };
}

const cell = (text: string): string => text.replaceAll("|", "\\|") || "—";

/** `docs/dictionary.md` */
export const dictionaryMarkdown = (): string =>
  [
    "# Data dictionary",
    "",
    "What the figures of the CSV files and of the workbook mean. Made from `src/report/document/dictionary.ts`, which the files themselves are made",
    "from; `npm run docs` writes this page. Money is in US dollars, after any negotiated discount unless it says otherwise.",
    "",
    "| name | unit | meaning | formula | source |",
    "| --- | --- | --- | --- | --- |",
    ...DICTIONARY.map(
      ({ name, unit, meaning, formula, source }) =>
        `| \`${name}\` | ${unit} | ${cell(meaning)} | ${cell(formula)} | ${cell(source)} |`,
    ),
    "",
  ].join("\n");
