/** What the other columns of a purchase and of its hours mean. */
import { entry, type DictionaryEntry } from "./dictionary-entry.ts";

export const PURCHASE_ENTRIES: readonly DictionaryEntry[] = [
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
    "The commitment to spend in every hour of the term, at Savings Plans rates, before any negotiated discount.",
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
    "Hours that the scenarios span; money is over these unless it says otherwise.",
    "",
    "horizon.hours",
  ),
  entry(
    "hour_utc",
    "text",
    "Start of the hour, UTC.",
    "",
    "the hours of the scenarios; under sampled scenarios those of the history",
  ),
];

/** In the order of the dictionary behind what the hour costs On-Demand. */
export const HOUR_ENTRIES: readonly DictionaryEntry[] = [
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
];

export const CHOICE_ENTRIES: readonly DictionaryEntry[] = [
  entry(
    "scenarios",
    "count",
    "Scenarios over which means and risk are taken.",
    "",
    "horizon.scenarios (--scenarios)",
  ),
  entry(
    "risk_aversion",
    "share of 1",
    "How much the worst scenarios count in the choice.",
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
];
