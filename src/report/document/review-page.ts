/** A monthly review as sections that every medium shows in the same words: what there is to decide first. */
import type { LadderOutcome } from "../../domain/documents/ladder.ts";
import type {
  AdviceChange,
  Calibration,
  Hindsight,
  Review,
  Step,
  Taken,
} from "../../domain/documents/review.ts";
import { MONTH_HOURS } from "../../domain/offering.ts";
import { lossChance } from "./worth.ts";
import { illustrativeWarning, purchasesText, shortName, tailName } from "./answer.ts";
import { clean } from "./clean.ts";
import { count, instant, percent } from "./format.ts";
import { moneyIn, type Money } from "./money.ts";
import { HEADROOM_TITLE, headroomParts } from "./headroom-section.ts";
import { ladderCommands, priceText } from "./ladder-text.ts";
import { overTimeText } from "./over-time.ts";
import { proof } from "./proof.ts";
import { reviewSummary } from "./review-summary.ts";
import { driftSection, monthName, monthsSection, plansSection, used } from "./review-usage.ts";
import { commandsPart, tables, texts, type DocumentPage, type Section } from "./section.ts";
import { right } from "./table.ts";

export const reviewPage = (review: Review): DocumentPage => ({
  headline: reviewSummary(review).headline,
  tone: review.decisionDue ? "attention" : "good",
  text: [wholeText(review)],
  warning: null,
  cautions: [illustrativeWarning(review.recommendation)].filter((each) => each !== null),
  sections: [
    ...review.steps.map(stepSection),
    ...(review.lastReview ? [hindsightSection(review.lastReview, review.calibration, moneyIn(review))] : []),
    ...(review.adviceChange ? [changeSection(review.adviceChange, moneyIn(review))] : []),
    monthsSection(review),
    ...(review.plans.length > 0 ? [plansSection(review)] : []),
    ...(review.drift ? [driftSection(review)] : []),
    {
      id: "headroom",
      title: HEADROOM_TITLE,
      parts: headroomParts(review.recommendation.headroom, moneyIn(review)),
    },
    recommendationSection(review),
    ...ladderSection(review),
    ...(review.deliveries.length > 0 ? [deliveriesSection(review)] : []),
  ],
  findings: review.findings,
  currency: review.currency,
});

function wholeText(review: Review): string {
  const { usage, asOf, months, lastReview } = review;
  const { cents } = moneyIn(review);
  const month = months.at(-1);
  const seen =
    `As of ${instant(asOf)} UTC, with usage until ${instant(usage.to)} UTC (${count(usage.billingPeriods, "billing period")}` +
    `${usage.missingHours > 0 ? `, ${count(usage.missingHours, "hour")} without usage` : ""}).`;
  if (!month) return seen;
  const what =
    month.utilization === null
      ? `In ${monthName(month.month, month.isComplete)} eligible usage was worth ${cents(month.onDemandUsd)} On-Demand, and no plan was held.`
      : `In ${monthName(month.month, month.isComplete)} eligible usage was worth ${cents(month.onDemandUsd)} On-Demand; the plans covered ` +
        `${percent(month.coverage)} of it and were used ${percent(month.utilization)}: ${cents(month.netSavingsUsd)} saved net, ` +
        `${cents(month.unusedUsd)} paid and not used.`;
  return `${seen} ${what}${lastReview ? "" : " This is the first review of this store."}`;
}

const STEP_TITLES: Readonly<Record<Step["kind"], string>> = {
  buy: "Decide: buy",
  renew: "Decide: renew",
  "return-or-keep": "Decide: keep or return",
  "let-lapse": "Let lapse",
  wait: "Wait",
};

const stepSection = ({ kind, what, why, until, commands }: Step): Section => ({
  id: "steps",
  title: STEP_TITLES[kind],
  parts: [
    ...texts(clean(what) + (until === null ? "" : ` Until ${instant(until)} UTC.`), ...why.map(clean)),
    ...commandsPart(commands),
  ],
});

const FOLLOWED: Readonly<Record<Hindsight["followed"], string>> = {
  "nothing-advised": "Nothing was advised, and nothing was bought.",
  "as-advised": "It was bought as advised.",
  "in-part": "A part of it was bought.",
  otherwise: "Something else was bought.",
  not: "It was not bought.",
};

function hindsightSection(last: Hindsight, calibration: Calibration | null, money: Money): Section {
  const { predicted, actual, purchases, bought, decision } = last;
  const perMonth = (usdPerHourOf: number): string => money.whole(usdPerHourOf * MONTH_HOURS);
  const rows = [
    [
      "  Eligible usage, On-Demand",
      perMonth(predicted.onDemandUsdPerHour),
      rangeText(predicted, perMonth),
      perMonth(actual.onDemandUsdPerHour),
    ],
    [
      "  Net saving of what was advised",
      perMonth(predicted.netSavingsUsdPerHour),
      "",
      perMonth(actual.netSavingsUsdPerHour),
    ],
    ["  Utilization of it", used(predicted.utilization), "", used(actual.utilization)],
  ];
  return {
    id: "last",
    title: "The last advice, and what came of it",
    parts: [
      ...tables({
        head: [
          { title: "  A month of 730 hours" },
          right("Forecast"),
          right("5th to 95th percentile"),
          right("Actual"),
        ],
        rows,
      }),
      ...texts(
        `On ${instant(last.asOf)} UTC the advice was ${purchases.length === 0 ? "to buy nothing" : purchasesText(purchases, money)}. ${FOLLOWED[last.followed]}` +
          (bought.length === 0
            ? ""
            : ` Since then began: ${bought.map((plan) => `${shortName(plan)} ${money.perHour(plan.commitmentUsdPerHour)}/h on ${instant(plan.start)}`).join(", ")}.`),
        decision === null ? "" : `Your decision: ${clean(decision)}`,
        calibration === null ? "" : calibrationText(calibration),
      ),
    ],
  };
}

const rangeText = (
  { onDemandUsdPerHourP5: low, onDemandUsdPerHourP95: high }: Hindsight["predicted"],
  perMonth: (usdPerHour: number) => string,
): string => (low === null || high === null ? "–" : `${perMonth(low)} to ${perMonth(high)}`);

const calibrationText = ({ reviews, within, meanErrorShare }: Calibration): string =>
  `Usage came within the range in ${within} of ${count(reviews, "review")} so far (nine of ten should), on average ` +
  `${percent(Math.abs(meanErrorShare))} ${meanErrorShare < 0 ? "below" : "above"} the forecast.`;

const CHANGES: Readonly<Record<AdviceChange["parts"][number]["kind"], string>> = {
  rates: "Rates, options and corrections of the bill",
  usage: "Usage: AWS's rule on newer days",
  futures: "What the scenarios add or take off",
  plans: "Plans that ended, less those bought",
  time: "Time: ends of plans come nearer, purchases can wait",
};

function changeSection(
  { beforeUsdPerHour, nowUsdPerHour, parts }: AdviceChange,
  { perHour }: Money,
): Section {
  const row = (name: string, usdPerHour: number, sign = ""): string[] => [
    `  ${name}`,
    `${sign}${perHour(usdPerHour)}/h`,
  ];
  return {
    id: "change",
    title: "Why the advice changed",
    parts: tables({
      head: [{ title: "  Commitment to buy now" }, right("$/h")],
      rows: [
        row("The review before", beforeUsdPerHour),
        ...parts
          .filter(({ changeUsdPerHour }) => changeUsdPerHour !== 0)
          .map(({ kind, changeUsdPerHour }) =>
            row(CHANGES[kind], changeUsdPerHour, changeUsdPerHour > 0 ? "+" : ""),
          ),
        row("This review", nowUsdPerHour),
      ],
    }),
  };
}

function recommendationSection({ recommendation: r }: Review): Section {
  const { purchases, queued, expected, risk, horizon, history, worth } = r;
  const money = moneyIn(r);
  const { cents } = money;
  const bestNow =
    purchases.length === 0
      ? "Best now: nothing."
      : `Best now: ${purchasesText(purchases, money)}` +
        (queued.length === 0
          ? "."
          : `, worth ${cents(worth.now.netSavingsUsd)} on average against queueing alone.`);
  return {
    id: "advice",
    title: "What the advice rests on",
    parts: texts(
      bestNow,
      `${queued.length === 0 ? "Over" : "With what is queued, over"} ${count(horizon.hours, "hour")} and ${count(horizon.scenarios, "scenario")}, it saves ${cents(expected.netSavingsUsd)} ` +
        `on average against no new plans; a loss is ${lossChance(r)}; in the ${tailName(risk.tail)} of the ` +
        `scenarios it ${risk.cvarLossUsd > 0 ? "loses" : "saves"} ${cents(Math.abs(risk.cvarLossUsd))} on average.`,
      overTimeText(r),
      `History ${instant(history.from)} to ${instant(history.to)} UTC, ${cents(history.eligibleUsd)} eligible, ${cents(history.ineligibleUsd)} not eligible, ` +
        `${cents(history.unconfirmedUsd)} unconfirmed and left out. ${proof(r)}`,
    ),
  };
}

function ladderSection({ recommendation: r }: Review): Section[] {
  if (r.ladder === null) return [];
  const { ladder } = r;
  const { whole } = moneyIn(r);
  const row = (name: string, { netSavingsUsd, cvarLossUsd, probabilityOfLoss }: LadderOutcome): string[] => [
    `  ${name}`,
    whole(netSavingsUsd),
    whole(0 - cvarLossUsd),
    percent(probabilityOfLoss),
  ];
  const head = [
    { title: "  Way" },
    right("Net saving"),
    right(`In the ${tailName(r.risk.tail)}`),
    right("P(loss)"),
  ];
  const rows = [
    row("All at once", ladder.atOnce),
    row("The ladder, all of it", ladder.asPlanned),
    row("The ladder, called off when usage collapses", ladder.calledOff),
  ];
  return [
    {
      id: "ladder",
      title: `The purchase as a ladder of ${ladder.steps.length} monthly tranches`,
      parts: [
        ...tables({ head, rows }),
        ...texts(priceText(r, ladder)),
        ...commandsPart(ladderCommands(ladder)),
      ],
    },
  ];
}

const STATES: Readonly<Record<Taken["state"], string>> = {
  new: "new",
  restated: "restated: took the place of the earlier",
  known: "known already: nothing changed",
  older: "older than what the store has: left out",
};

const deliveriesSection = (review: Review): Section => {
  const { cents } = moneyIn(review);
  return {
    id: "deliveries",
    title: "Deliveries brought",
    parts: tables({
      head: [
        { title: "  Period" },
        right("Rows"),
        right("Usage before"),
        right("Usage now"),
        { title: "What became of it" },
      ],
      rows: review.deliveries.map((each) => [
        `  ${clean(each.billingPeriod)}`,
        each.rows.toLocaleString("en-US"),
        each.onDemandUsdBefore === null ? "–" : cents(each.onDemandUsdBefore),
        cents(each.onDemandUsd),
        STATES[each.state],
      ]),
    }),
  };
};
