/** The summary of a review: what there is to decide, what the plans did, and how the last advice fared. */
import type { Review, Step } from "../../domain/documents/review.ts";
import { MONTH_HOURS } from "../../domain/offering.ts";
import { isEstimate } from "./answer.ts";
import { clean } from "./clean.ts";
import { count, instant, percent } from "./format.ts";
import { peopleMoneyIn } from "./people.ts";
import { monthName, used } from "./review-usage.ts";
import { namedFew, saying, warningsOf, type SummaryPage, type SummaryRow } from "./summary-page.ts";
import { monthly, planName, untilText } from "./summary-rows.ts";
import { lossChance } from "./worth.ts";

const MOST_NAMED = 2;

const ACTIONS: Readonly<Partial<Record<Step["kind"], string>>> = {
  buy: "purchase",
  renew: "renewal",
  "return-or-keep": "return",
};

export function reviewSummary(review: Review): SummaryPage {
  const due = Object.entries(ACTIONS).flatMap(([kind, name]) => {
    const steps = review.steps.filter((step) => step.kind === kind).length;
    return steps === 0 ? [] : [count(steps, name)];
  });
  return {
    headline: [
      !review.decisionDue
        ? "No action needed this month"
        : `${isEstimate(review.recommendation) ? "Estimate only" : "Action needed"}: ${due.join(", ")}`,
    ],
    tone: review.decisionDue ? "attention" : "good",
    rows: saying([
      ...review.steps.map(stepRow),
      ...monthRows(review),
      ...lastRows(review),
      ...adviceRows(review),
    ]),
    tables: [],
    ...warningsOf(review),
    next: [
      ...(review.decisionDue
        ? ["Commands to run: --details=steps. Record what you decide: --decision TEXT."]
        : []),
      "More: --details (months, plans, drift, last advice, findings), --markdown FILE, --json.",
    ],
  };
}

const STEPS: Readonly<Record<Step["kind"], string>> = {
  buy: "Buy",
  renew: "Renew",
  "return-or-keep": "Return or keep",
  "let-lapse": "Let lapse",
  wait: "Wait",
};

const stepRow = ({ kind, what, until }: Step): SummaryRow => [
  STEPS[kind],
  clean(what).replace(/^(Buy|Renew|Wait): /, "") + (until === null ? "" : ` Until ${instant(until)} UTC.`),
];

function monthRows(review: Review): SummaryRow[] {
  const { usage, months, plans, asOf } = review;
  const { amount, anHour } = peopleMoneyIn(review);
  const month = months.at(-1);
  const held = plans
    .filter(({ state }) => state === "active")
    .map(
      ({ arn, commitmentUsdPerHour, utilizationNow, months: seen, end }) =>
        `${planName(arn)} ${anHour(commitmentUsdPerHour)}, ${used(utilizationNow ?? seen.at(-1)?.utilization ?? null)} used, ${untilText(end)}`,
    );
  return [
    [
      "As of",
      `${instant(asOf)} UTC, usage until ${instant(usage.to)} (${count(usage.billingPeriods, "billing period")})`,
    ],
    [
      month === undefined ? "" : monthName(month.month, month.isComplete),
      month === undefined
        ? ""
        : month.utilization === null
          ? `${amount(month.onDemandUsd)} On-Demand, no plan held`
          : `${amount(month.onDemandUsd)} On-Demand, ${percent(month.coverage)} of it covered; plans ${percent(month.utilization)} used: ` +
            `${amount(month.netSavingsUsd)} saved, ${amount(month.unusedUsd)} paid and not used`,
    ],
    ["Plans", namedFew(held, MOST_NAMED)],
  ];
}

function lastRows(review: Review): SummaryRow[] {
  const { lastReview: last, calibration } = review;
  const { amount, anHour } = peopleMoneyIn(review);
  if (last === null) return [["Last advice", "none: this is the first review of this store"]];
  const perMonth = (usdPerHour: number): string => amount(usdPerHour * MONTH_HOURS);
  const advised = last.purchases.reduce((usd, each) => usd + each.commitmentUsdPerHour, 0);
  const { predicted, actual, decision } = last;
  return [
    [
      "Last advice",
      `${last.asOf.slice(0, 10)}: ${advised > 0 ? `buy ${anHour(advised)}` : "buy nothing"}; eligible usage forecast ` +
        `${perMonth(predicted.onDemandUsdPerHour)} a month, actual ${perMonth(actual.onDemandUsdPerHour)}`,
    ],
    ["Your decision", decision === null ? "" : clean(decision)],
    [
      "Forecasts",
      calibration === null
        ? ""
        : `${calibration.within} of ${count(calibration.reviews, "review")} within the 5th to 95th percentile`,
    ],
  ];
}

function adviceRows({ recommendation: r, decisionDue }: Review): SummaryRow[] {
  if (r.purchases.length + r.queued.length === 0) return [];
  const { amount } = peopleMoneyIn(r);
  const { expected, risk } = r;
  return [
    [
      decisionDue ? "Saves" : "Best plan",
      `${decisionDue ? "" : "saves "}${amount(monthly(r, expected.netSavingsUsd))} a month (${amount(monthly(r, risk.netSavingsUsdP5))} to ` +
        `${amount(monthly(r, risk.netSavingsUsdP95))}); loss ${lossChance(r)}`,
    ],
  ];
}
