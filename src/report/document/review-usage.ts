/** What the plans did and how usage moved, as sections of a monthly review. */
import type { PlanReview, SkuGroup } from "../../domain/documents/plan-review.ts";
import type { Review } from "../../domain/documents/review.ts";
import { shortName } from "./answer.ts";
import { clean } from "./clean.ts";
import { count, instant, percent, usd, usdPerHour, usdWhole } from "./format.ts";
import { section, type Section } from "./section.ts";
import { right } from "./table.ts";

export const monthName = (month: string, isComplete: boolean): string =>
  isComplete ? month : `${month} (so far)`;

export const used = (share: number | null): string => (share === null ? "–" : percent(share));

export const monthsSection = ({ months }: Review): Section =>
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

export function plansSection({ plans, drift }: Review): Section {
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

export function driftSection({ drift }: Review): Section {
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
