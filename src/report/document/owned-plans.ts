/** The plans that the organisation holds already. */
import type { OwnedPlanSummary } from "../../domain/documents/history.ts";
import { shortName } from "./answer.ts";
import { clean } from "./clean.ts";
import { cut, instant, percent } from "./format.ts";
import { moneyIn, type Money } from "./money.ts";
import type { SectionPart } from "./section.ts";
import { marked, right, type Cells } from "./table.ts";

/** `none`: what is said when there are none. */
export const ownedPlansParts = (
  document: { currency: string; ownedPlans: readonly OwnedPlanSummary[] },
  none = "none found",
): SectionPart[] =>
  document.ownedPlans.length === 0
    ? [{ kind: "line", text: none }]
    : [
        { kind: "picture", picture: "expiries" },
        {
          kind: "table",
          table: ownedPlansCells(document.ownedPlans, moneyIn(document)),
          uncut: uncutCells(document.ownedPlans, moneyIn(document)),
        },
      ];

const usedText = ({ isQueued, utilization }: OwnedPlanSummary): string =>
  isQueued ? "queued" : percent(utilization);

const untilText = ({ end, gone }: OwnedPlanSummary): string =>
  `${instantText(end)}${gone === null ? "" : gone === "returned" ? ", returned" : ", rows stop"}`;

const instantText = (iso: string | null): string => (iso === null ? "unknown" : instant(iso));

function ownedPlansCells(plans: readonly OwnedPlanSummary[], { sign, perHour }: Money): Cells {
  const queued = plans.some(({ isQueued }) => isQueued);
  const rows = plans.map((plan) => [
    `  ${cut(clean(plan.arn).split("/").at(-1)!, 9)}`,
    clean(plan.ownerAccount),
    shortName(plan),
    perHour(plan.commitmentUsdPerHour),
    usedText(plan),
    ...(queued ? [instantText(plan.start)] : []),
    untilText(plan),
  ]);
  const head = [
    { title: "  Plan" },
    { title: "Owner" },
    { title: "Offering" },
    right(`${sign}/h`),
    right("Used"),
    ...(queued ? [{ title: "From" }] : []),
    { title: "Until" },
  ];
  return marked({ head, rows });
}

/** Those whose end is known, the first to end first. */
export const endingPlans = (plans: readonly OwnedPlanSummary[]): (OwnedPlanSummary & { end: string })[] =>
  plans
    .flatMap((plan) => (plan.end === null ? [] : [{ ...plan, end: plan.end }]))
    .toSorted((a, b) => (a.end < b.end ? -1 : a.end > b.end ? 1 : 0));

const uncutCells = (plans: readonly OwnedPlanSummary[], { sign, perHour }: Money): Cells => ({
  head: [
    { title: "Plan" },
    { title: "Owner" },
    { title: "Offering" },
    right(`${sign}/h`),
    right("Used"),
    { title: "From" },
    { title: "Until" },
  ],
  rows: [...endingPlans(plans), ...plans.filter(({ end }) => end === null)].map((plan) => [
    plan.arn,
    plan.ownerAccount,
    shortName(plan),
    perHour(plan.commitmentUsdPerHour),
    usedText(plan),
    instantText(plan.start),
    untilText(plan),
  ]),
});
