/** What the plans did and how usage moved, as sections of a monthly review. */
import type { PlanReview, SkuGroup } from "../../domain/documents/plan-review.ts";
import type { Review } from "../../domain/documents/review.ts";
import { shortName } from "./answer.ts";
import { clean } from "./clean.ts";
import { count, instant, percent } from "./format.ts";
import { moneyIn, type Money } from "./money.ts";
import { tables, texts, type Section } from "./section.ts";
import { right } from "./table.ts";

export const monthName = (month: string, isComplete: boolean): string =>
  isComplete ? month : `${month} (so far)`;

export const used = (share: number | null): string => (share === null ? "–" : percent(share));

export const monthsSection = (review: Review): Section => {
  const { whole } = moneyIn(review);
  return {
    id: "months",
    title: "What the plans did, by month",
    parts: [
      {
        kind: "table",
        table: {
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
          rows: review.months.map((each) => [
            `  ${monthName(each.month, each.isComplete)}`,
            whole(each.onDemandUsd),
            whole(each.commitmentUsd),
            whole(each.unusedUsd),
            used(each.utilization),
            percent(each.coverage),
            percent(each.effectiveSavingsRate),
            whole(each.netSavingsUsd),
          ]),
        },
      },
      ...texts(
        "On-Demand: what eligible usage is worth at On-Demand rates. ESR: effective savings rate, unused commitment counted as cost.",
      ),
    ],
  };
};

const planName = (arn: string): string => `${clean(arn.split("/").at(-1) ?? arn).slice(0, 8)}…`;

/** `Host ml.c5 us-east-2` */
const groupName = ({ component, family, region }: SkuGroup): string =>
  clean([component, family, region].filter(Boolean).join(" "));

export function plansSection(review: Review): Section {
  const { plans, drift } = review;
  const money = moneyIn(review);
  const rows = plans.map((plan) => {
    const last = plan.months.at(-1);
    return [
      `  ${planName(plan.arn)}`,
      clean(plan.ownerAccount),
      shortName(plan),
      money.perHour(plan.commitmentUsdPerHour),
      plan.state,
      plan.end === null ? "unknown" : instant(plan.end),
      used(plan.utilizationBefore),
      used(plan.utilizationNow ?? last?.utilization ?? null),
      last ? money.whole(last.netSavingsUsd) : "–",
    ];
  });
  const head = [
    { title: "  Plan" },
    { title: "Owner" },
    { title: "Offering" },
    right(`${money.sign}/h`),
    { title: "State" },
    { title: "Until" },
    right("Used before"),
    right("Used now"),
    right("Net, last month"),
  ];
  return {
    id: "plans",
    title: "Plans owned",
    parts: [
      ...tables({ head, rows }),
      ...texts(
        ...(drift ? plans.flatMap((plan) => movedText(plan, money)) : []),
        plans.some(({ source }) => source === "settled")
          ? "Plans without fee rows in the bill are settled by AWS's rule over its usage."
          : "",
      ),
    ],
  };
}

/** A group counts as left or entered when it moved by this share of what the plan used. */
const MOVED = 0.1;

/** Where a plan's dollars went when usage moved: nothing is lost as long as it stays used. */
function movedText(plan: PlanReview, { perHour }: Money): string[] {
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
      .map((each) => `${groupName(each.group)} (${perHour(Number((sign * change(each)).toFixed(3)))}/h)`)
      .join(", ");
  return [
    `Plan ${planName(plan.arn)} serves less of ${names(left, -1)} and more of ${names(entered, 1)}: it was used ` +
      `${percent(utilizationBefore)} before and is used ${percent(utilizationNow)} now. A SageMaker Savings Plan follows usage over families, ` +
      "components and regions.",
  ];
}

export function driftSection(review: Review): Section {
  const { cents, sign } = moneyIn(review);
  const { since, windowHours, groups, otherChangeUsdPerHour, onDemandUsdPerHour, onDemandUsdPerHourBefore } =
    review.drift!;
  const rows = [
    ...groups.map((each) => [
      `  ${groupName(each)}`,
      cents(each.onDemandUsdPerHourBefore),
      cents(each.onDemandUsdPerHour),
      cents(each.changeUsdPerHour),
    ]),
    ["  all other", "", "", cents(otherChangeUsdPerHour)],
    [
      "  All",
      cents(onDemandUsdPerHourBefore),
      cents(onDemandUsdPerHour),
      cents(onDemandUsdPerHour - onDemandUsdPerHourBefore),
    ],
  ];
  return {
    id: "drift",
    title: "How usage moved since the last review",
    parts: [
      ...tables({ head: [{ title: "  Group" }, right("Before"), right("Now"), right("Change")], rows }),
      ...texts(
        `Mean eligible usage of the ${count(windowHours, "hour")} before ${instant(since)} UTC and of the last ${count(windowHours, "hour")} now, On-Demand ${sign}/h.`,
      ),
    ],
  };
}
