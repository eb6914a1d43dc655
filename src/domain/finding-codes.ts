/**
 * Every finding that can stand in a result, and what it means in one line:
 * `docs/reference/codes.md` is printed from here.
 */
export const FINDINGS = {
  "accounts-dropped-by-restatement":
    "A newer delivery of a period no longer holds accounts that the store had.",
  "athena-scanned": "What Athena scanned, and what that costs by list price.",
  "bill-disagrees":
    "Rows of AWS that should agree do not; nothing should be bought before that is understood.",
  "below-list-price":
    "Usage is charged far below AWS's list price: private rates, or amounts net of something.",
  "billed-at-zero": "Instance usage billed at exactly $0: no demand for a plan, and no source of a rate.",
  "billing-period-astray": "Rows name a billing period far from all usage: it does not count as history.",
  "coarse-granularity": "Daily or monthly data: hours are not known, so savings are bounds.",
  "cost-explorer-accounts-unknown":
    "Cost Explorer's answer is not grouped by account: whose usage a plan serves first is unknown.",
  "cost-explorer-discount-unknown":
    "Cost Explorer's answer has no net cost: a negotiated discount is unknown.",
  "cost-explorer-estimated": "AWS calls the newest days estimated.",
  "cost-explorer-filter-unknown":
    "The answer does not repeat its filter: covered usage may be missing, negation may be in.",
  "cost-explorer-gap": "Days or hours are missing between those that are there.",
  "cost-explorer-newest-period": "The newest day or month was left out: it may not be over.",
  "cost-explorer-operations-unknown": "No operation, which a rate is keyed by.",
  "cost-explorer-plans-unknown": "Which usage is covered already is unknown: name plans with --owned.",
  "cost-explorer-quantities-missing": "No quantities, so no On-Demand price of an hour.",
  "cost-explorer-usage-hidden": "Usage charged below its own rate elsewhere: negation, or a price cut.",
  "covered-by-unknown-plans": "Usage is covered by plans without fee rows: name them with --owned.",
  "covered-usage-priced": "Covered usage came without its On-Demand value: priced at its hours × the rate.",
  "declared-event": "An event of --events, as it was understood.",
  "event-without-rate": "New usage of an event has no rate and stays On-Demand: the answer is too low.",
  "expiry-unknown": "When an owned plan ends is not known: it is taken to last.",
  "files-not-read":
    "Files among the exports that may hold a part of the bill and were not read: another ending, a download under way, JSON that is cut.",
  "files-passed-over":
    "Files among the exports that hold no rows of a bill: what AWS and other programs leave beside them.",
  "futures-assumed": "What sampled scenarios assume.",
  "futures-in-the-past": "A file of scenarios begins before the history ends.",
  "futures-left-out": "Rows of a file of scenarios that plans may not cover, left out.",
  "futures-on-demand-rates-differ": "A file of scenarios prices a type otherwise than the bill.",
  "history-span-assumed":
    "From when to when the data was collected is not told: what was assumed, and what changes it.",
  "hourly-not-enabled": "Cost Explorer keeps no hours here: days were asked for.",
  "hours-not-known": "The saving lies between two bounds, since hours are not known.",
  "illustrative-rates": "Part of the answer rests on rates that are not AWS's: do not buy on it.",
  "implausible-rates":
    "A Savings Plans rate at or above the On-Demand rate, or below what AWS ever gives: decide nothing on it.",
  "median-rule-differs": "The answer and the median rule differ by more than 15 %: by what, and why.",
  "missing-hours": "Hours without any SageMaker usage: none, or missing data?",
  "missing-rate": "Eligible usage without a rate stays On-Demand in every figure.",
  "negotiated-discount-applied": "Which discount was applied, and where it was seen.",
  "newest-hours-left-out": "The newest hours were left out: their lines are not all delivered yet.",
  "newest-day-left-out": "The newest day of a daily export was left out: it may not be over.",
  "no-sagemaker-usage": "Nothing of SageMaker in the export.",
  "older-deliveries-left-out": "Older deliveries of a period: only the newest counts.",
  "on-demand-rate-changed": "An On-Demand rate changed within the history.",
  "on-demand-rates-differ": "A rate card's On-Demand rate is not the bill's.",
  "operation-decides-rate": "A usage type has rates by operation, and the operation is not known.",
  "owned-plan-ended": "An owned plan ended within the history, by its date or because its fee rows stopped.",
  "owned-plan-rates-illustrative": "An owned plan is settled at rates that are not AWS's.",
  "owned-plan-started": "An owned plan began within the history.",
  "past-repeats": "Under --futures history nothing is said of what may come.",
  "period-not-delivered":
    "No delivery of a billing period between others: a decision's history begins after it.",
  "overcorrected-hours":
    "More usage was taken back than used: these hours count as unused, and their dollars stand apart.",
  "plan-expires": "An owned plan ends soon: what it covers comes back On-Demand.",
  "plan-not-in-inventory": "The bill charges for a plan that --owned does not hold.",
  "plan-refunded": "AWS refunded a plan, and the bill does not tell which, or goes on charging for it.",
  "plan-ends-within-futures": "An owned plan ends within the scenarios.",
  "private-rates": "The bill has private rates.",
  "queued-plan-counted": "A queued plan counts from its first hour.",
  "queued-plan-left-out": "A queued plan begins after the scenarios end.",
  "rates-passed-over": "Rows of a rate card that cannot be read, of usage that the bill does not have.",
  "request-limit": "--max-requests was reached; the rest was not asked.",
  "rows-in-two-parts":
    "Rows that stand in two parts of one delivery alike, with their dollars: they count twice.",
  "sharing-assumed": "Plans are taken to be shared by all accounts; nothing in the bill shows it.",
  "sharing-is-off": "Plans do not reach all accounts: the answer is for one of them.",
  "short-futures": "Scenarios shorter than the term.",
  "short-history": "A short history for a long commitment.",
  "starts-merged": "Owned plans that end near each other are followed at one time.",
  "three-years-win-on-paper": "3-year plans win only if usage lasts; see the alternatives.",
  "unconfirmed-eligibility": "AWS does not say whether plans cover it; left out, with its dollars.",
  "unlisted-files-left-out": "Files that the delivery's manifest does not name.",
  "usage-corrected": "Usage rows below zero (corrections) were netted with the usage of their hours.",
} as const satisfies Record<string, string>;

export type FindingCode = keyof typeof FINDINGS;

/** Findings that explain a figure, and warn of nothing. */
export const QUIET_FINDINGS: ReadonlySet<FindingCode> = new Set([
  "athena-scanned",
  "cost-explorer-newest-period",
  "covered-usage-priced",
  "declared-event",
  "files-passed-over",
  "futures-assumed",
  "median-rule-differs",
  "negotiated-discount-applied",
  "newest-hours-left-out",
  "newest-day-left-out",
  "older-deliveries-left-out",
  "owned-plan-ended",
  "owned-plan-started",
  "plan-ends-within-futures",
  "private-rates",
  "queued-plan-counted",
  "queued-plan-left-out",
  "starts-merged",
  "usage-corrected",
]);
