/** A monthly review as sections that every medium shows in the same words: what there is to decide first. */
import type { LadderOutcome } from "../../domain/ladder.ts";
import type { Hindsight, PlanReview, Review, SkuGroup, Step, Taken } from "../../domain/documents/review.ts";
import { MONTH_HOURS } from "../../domain/offering.ts";
import { illustrativeWarning, purchasesText, shortName, tailName } from "./answer.ts";
import { clean } from "./clean.ts";
import { count, instant, percent, usd, usdPerHour, usdWhole } from "./format.ts";
import { headroomSection } from "./headroom-section.ts";
import { ladderCommands, priceText } from "./ladder-text.ts";
import { overTimeText } from "./over-time.ts";
import { proof } from "./proof.ts";
import type { Section } from "./section.ts";
import { right } from "./table.ts";

export interface ReviewPage {
  headline: string;
  /** The answer in a few sentences. */
  text: string[];
  warning: string | null;
  sections: Section[];
}

export const reviewPage = (review: Review): ReviewPage => ({
  headline: headlineOf(review),
  text: [wholeText(review)],
  warning: illustrativeWarning(review.recommendation),
  sections: [
    ...review.steps.map(stepSection),
    ...(review.lastReview ? [hindsightSection(review.lastReview)] : []),
    monthsSection(review),
    ...(review.plans.length > 0 ? [plansSection(review)] : []),
    ...(review.drift ? [driftSection(review)] : []),
    ...[headroomSection(review.recommendation.headroom)].filter((each) => each !== null),
    recommendationSection(review),
    ...ladderSection(review),
    ...(review.deliveries.length > 0 ? [deliveriesSection(review.deliveries)] : []),
  ],
});

const section = (title: string, parts: Partial<Omit<Section, "title">>): Section => ({
  title,
  text: [],
  tables: [],
  commands: [],
  ...parts,
});

function headlineOf({ steps, decisionDue }: Review): string {
  const due = steps.filter(({ kind }) => STEP_TITLES[kind].startsWith("Decide"));
  return decisionDue
    ? `To decide: ${due.map(({ kind }) => kind.replaceAll("-", " ")).join(", ")}`
    : "Nothing to decide this month";
}

function wholeText({ usage, asOf, months, lastReview }: Review): string {
  const month = months.at(-1);
  const seen =
    `As of ${instant(asOf)} UTC, with usage until ${instant(usage.to)} UTC (${count(usage.billingPeriods, "billing period")}` +
    `${usage.missingHours > 0 ? `, ${count(usage.missingHours, "hour")} without usage` : ""}).`;
  if (!month) return seen;
  const what =
    month.utilization === null
      ? `In ${monthName(month.month, month.isComplete)} eligible usage was worth ${usd(month.onDemandUsd)} On-Demand, and no plan was held.`
      : `In ${monthName(month.month, month.isComplete)} eligible usage was worth ${usd(month.onDemandUsd)} On-Demand; the plans covered ` +
        `${percent(month.coverage)} of it and were used ${percent(month.utilization)}: ${usd(month.netSavingsUsd)} saved net, ` +
        `${usd(month.unusedUsd)} paid and not used.`;
  return `${seen} ${what}${lastReview ? "" : " This is the first review of this store."}`;
}

const monthName = (month: string, isComplete: boolean): string => (isComplete ? month : `${month} (so far)`);

const STEP_TITLES: Readonly<Record<Step["kind"], string>> = {
  buy: "Decide: buy",
  renew: "Decide: renew",
  "return-or-keep": "Decide: keep or return",
  "let-lapse": "Let lapse",
  wait: "Wait",
};

const stepSection = ({ kind, what, why, until, commands }: Step): Section =>
  section(STEP_TITLES[kind], {
    text: [clean(what) + (until === null ? "" : ` Until ${instant(until)} UTC.`), ...why.map(clean)],
    commands,
  });

const FOLLOWED: Readonly<Record<Hindsight["followed"], string>> = {
  "nothing-advised": "Nothing was advised, and nothing was bought.",
  "as-advised": "It was bought as advised.",
  "in-part": "A part of it was bought.",
  otherwise: "Something else was bought.",
  not: "It was not bought.",
};

function hindsightSection(last: Hindsight): Section {
  const { predicted, actual, purchases, bought, decision } = last;
  const perMonth = (usdPerHourOf: number): string => usdWhole(usdPerHourOf * MONTH_HOURS);
  const rows = [
    [
      "  Eligible usage, On-Demand",
      perMonth(predicted.onDemandUsdPerHour),
      perMonth(actual.onDemandUsdPerHour),
    ],
    [
      "  Net saving of what was advised",
      perMonth(predicted.netSavingsUsdPerHour),
      perMonth(actual.netSavingsUsdPerHour),
    ],
    ["  Utilization of it", used(predicted.utilization), used(actual.utilization)],
  ];
  return section("The last advice, and what came of it", {
    text: [
      `On ${instant(last.asOf)} UTC the advice was ${purchases.length === 0 ? "to buy nothing" : purchasesText(purchases)}. ${FOLLOWED[last.followed]}` +
        (bought.length === 0
          ? ""
          : ` Since then began: ${bought.map((plan) => `${shortName(plan)} ${usdPerHour(plan.commitmentUsdPerHour)}/h on ${instant(plan.start)}`).join(", ")}.`),
      ...(decision === null ? [] : [`What was said of it: ${clean(decision)}`]),
    ],
    tables: [{ head: [{ title: "  A month of 730 hours" }, right("Foreseen"), right("Came")], rows }],
  });
}

const used = (share: number | null): string => (share === null ? "–" : percent(share));

const monthsSection = ({ months }: Review): Section =>
  section("What the plans did, by month", {
    tables: [
      {
        head: [
          { title: "  Month" },
          right("On-Demand"),
          right("Committed"),
          right("Not used"),
          right("Used"),
          right("Covers"),
          right("ESR"),
          right("Net saving"),
        ],
        rows: months.map((each) => [
          `  ${monthName(each.month, each.isComplete)}`,
          usdWhole(each.onDemandUsd),
          usdWhole(each.commitmentUsd),
          usdWhole(each.unusedUsd),
          used(each.utilization),
          percent(each.coverage),
          percent(each.effectiveSavingsRate),
          usdWhole(each.netSavingsUsd),
        ]),
      },
    ],
    text: [
      "On-Demand: what eligible usage is worth at On-Demand rates. ESR: effective savings rate, unused commitment counted as cost.",
    ],
  });

const planName = (arn: string): string => `${clean(arn.split("/").at(-1) ?? arn).slice(0, 8)}…`;

/** `Host ml.c5 us-east-2` */
const groupName = ({ component, family, region }: SkuGroup): string =>
  clean([component, family, region].filter(Boolean).join(" "));

function plansSection({ plans, drift }: Review): Section {
  const rows = plans.map((plan) => {
    const last = plan.months.at(-1);
    return [
      `  ${planName(plan.arn)}`,
      clean(plan.ownerAccount),
      shortName(plan),
      usdPerHour(plan.commitmentUsdPerHour),
      plan.state,
      plan.end === null ? "unknown" : instant(plan.end),
      used(plan.utilizationBefore),
      used(plan.utilizationNow ?? last?.utilization ?? null),
      last ? usdWhole(last.netSavingsUsd) : "–",
    ];
  });
  return section("Plans owned", {
    tables: [
      {
        head: [
          { title: "  Plan" },
          { title: "Owner" },
          { title: "Offering" },
          right("$/h"),
          { title: "State" },
          { title: "Until" },
          right("Used before"),
          right("Used now"),
          right("Net, last month"),
        ],
        rows,
      },
    ],
    text: [
      ...(drift ? plans.flatMap(movedText) : []),
      ...(plans.some(({ source }) => source === "settled")
        ? ["Plans without fee rows in the bill are settled by AWS's rule over its usage."]
        : []),
    ],
  });
}

/** A group counts as left or entered when it moved by this share of what the plan used. */
const MOVED = 0.1;

/** Where a plan's dollars went when usage moved: nothing is lost as long as it stays used. */
function movedText(plan: PlanReview): string[] {
  const { served, utilizationBefore, utilizationNow } = plan;
  const all = served.reduce((sum, each) => sum + each.usedUsdPerHourBefore, 0);
  const change = (each: PlanReview["served"][number]): number =>
    each.usedUsdPerHour - each.usedUsdPerHourBefore;
  const left = served.filter((each) => change(each) < -MOVED * all);
  const entered = served.filter((each) => change(each) > MOVED * all);
  if (left.length === 0 || entered.length === 0 || utilizationBefore === null || utilizationNow === null)
    return [];
  const names = (those: PlanReview["served"], sign: -1 | 1): string =>
    those
      .map((each) => `${groupName(each.group)} (${usdPerHour(Number((sign * change(each)).toFixed(3)))}/h)`)
      .join(", ");
  return [
    `Plan ${planName(plan.arn)} serves less of ${names(left, -1)} and more of ${names(entered, 1)}: it was used ` +
      `${percent(utilizationBefore)} before and is used ${percent(utilizationNow)} now. A SageMaker Savings Plan follows usage over families, ` +
      "components and regions.",
  ];
}

function driftSection({ drift }: Review): Section {
  const { since, windowHours, groups, otherChangeUsdPerHour, onDemandUsdPerHour, onDemandUsdPerHourBefore } =
    drift!;
  const perHour = (value: number): string => usd(value);
  return section("How usage moved since the last review", {
    text: [
      `Mean eligible usage of the ${count(windowHours, "hour")} before ${instant(since)} UTC and of the last ${count(windowHours, "hour")} now, On-Demand $/h.`,
    ],
    tables: [
      {
        head: [{ title: "  Group" }, right("Before"), right("Now"), right("Change")],
        rows: [
          ...groups.map((each) => [
            `  ${groupName(each)}`,
            perHour(each.onDemandUsdPerHourBefore),
            perHour(each.onDemandUsdPerHour),
            perHour(each.changeUsdPerHour),
          ]),
          ["  all other", "", "", perHour(otherChangeUsdPerHour)],
          [
            "  All",
            perHour(onDemandUsdPerHourBefore),
            perHour(onDemandUsdPerHour),
            perHour(onDemandUsdPerHour - onDemandUsdPerHourBefore),
          ],
        ],
      },
    ],
  });
}

function recommendationSection({ recommendation: r }: Review): Section {
  const { purchases, expected, risk, horizon, history } = r;
  return section("What the advice rests on", {
    text: [
      purchases.length === 0
        ? `Best now: nothing, over ${count(horizon.hours, "hour")} and ${count(horizon.scenarios, "future")}.`
        : `Best now: ${purchasesText(purchases)}. Over ${count(horizon.hours, "hour")} and ${count(horizon.scenarios, "future")} it saves ${usd(expected.netSavingsUsd)} ` +
          `on average; probability of a loss ${percent(risk.probabilityOfLoss)}; in the ${tailName(risk.tail)} of the futures it ` +
          `${risk.cvarLossUsd > 0 ? "loses" : "saves"} ${usd(Math.abs(risk.cvarLossUsd))} on average.`,
      ...[overTimeText(r)].filter(Boolean),
      `History ${instant(history.from)} to ${instant(history.to)} UTC, ${usd(history.eligibleUsd)} eligible, ${usd(history.ineligibleUsd)} not eligible, ` +
        `${usd(history.unconfirmedUsd)} unconfirmed and left out. ${proof(r)}`,
    ],
  });
}

function ladderSection({ recommendation: r }: Review): Section[] {
  if (r.ladder === null) return [];
  const { ladder } = r;
  const row = (name: string, { netSavingsUsd, cvarLossUsd, probabilityOfLoss }: LadderOutcome): string[] => [
    `  ${name}`,
    usdWhole(netSavingsUsd),
    usdWhole(0 - cvarLossUsd),
    percent(probabilityOfLoss),
  ];
  return [
    section(`The purchase as a ladder of ${ladder.steps.length} monthly tranches`, {
      text: [priceText(r, ladder)],
      tables: [
        {
          head: [
            { title: "  Way" },
            right("Net saving"),
            right(`In the ${tailName(r.risk.tail)}`),
            right("P(loss)"),
          ],
          rows: [
            row("All at once", ladder.atOnce),
            row("The ladder, all of it", ladder.asPlanned),
            row("The ladder, called off when usage collapses", ladder.calledOff),
          ],
        },
      ],
      commands: ladderCommands(ladder),
    }),
  ];
}

const STATES: Readonly<Record<Taken["state"], string>> = {
  new: "new",
  restated: "restated: took the place of the earlier",
  known: "known already: nothing changed",
  older: "older than what the store has: left out",
};

const deliveriesSection = (deliveries: readonly Taken[]): Section =>
  section("Deliveries brought", {
    tables: [
      {
        head: [
          { title: "  Period" },
          right("Rows"),
          right("Usage before"),
          right("Usage now"),
          { title: "What became of it" },
        ],
        rows: deliveries.map((each) => [
          `  ${clean(each.billingPeriod)}`,
          each.rows.toLocaleString("en-US"),
          each.onDemandUsdBefore === null ? "–" : usd(each.onDemandUsdBefore),
          usd(each.onDemandUsd),
          STATES[each.state],
        ]),
      },
    ],
  });
