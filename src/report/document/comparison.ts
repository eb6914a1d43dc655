/** AWS's own recommendation beside ours, and the difference in parts that add up to it. */
import type { Comparison, ComparisonKind } from "../../domain/documents/comparison.ts";
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { hasRisk, offeringName, tailName } from "./answer.ts";
import { count, instant, percent, shareText } from "./format.ts";
import { moneyIn, type Money } from "./money.ts";
import { tables, texts, type SectionPart } from "./section.ts";
import { marked, right, type Cells } from "./table.ts";

export const COMPARISON_TITLE = "AWS's own recommendation, and why this one differs";

const NAMES: Readonly<Record<ComparisonKind, string>> = {
  "not-explained": "Not explained",
  rounding: "Rounding",
  lookback: "Lookback",
  plans: "Plans owned",
  futures: "Scenarios",
  expiries: "Plans that end or begin",
  risk: "Risk",
  limits: "Limits",
  offerings: "Other offerings",
};

const MEANINGS: Readonly<Record<ComparisonKind, (c: Comparison, r: Recommendation) => string>> = {
  "not-explained": () => "AWS's rule, worked out here, gives another",
  rounding: () => "AWS prints fewer decimals than it sells",
  lookback: (c, r) =>
    `${count(c.sameLookback.hours, "hour")} of the past → ${count(r.history.hours, "hour")}`,
  plans: () => "those held now, in all of those hours",
  futures: () => "what may come, instead of what was",
  expiries: () => "within the scenarios",
  risk: (_, { objective: { riskAversion, discountRate } }) =>
    [
      riskAversion > 0 ? `risk aversion ${riskAversion} instead of 0` : "",
      discountRate > 0 ? `money paid early costs ${shareText(discountRate)} a year` : "",
    ]
      .filter(Boolean)
      .join(", "),
  limits: () => "yours",
  offerings: () => "mixed, or decided over time",
};

export const comparisonParts = (r: Recommendation): SectionPart[] =>
  r.comparison === null
    ? []
    : [
        ...tables(comparisonCells(r, r.comparison), outcomeCells(r, r.comparison)),
        ...texts(...comparisonTexts(r, r.comparison)),
      ];

/** `+$1.250` */
const signed = (change: number, { perHour }: Money): string =>
  `${change < 0 ? "-" : "+"}${perHour(Math.abs(change))}`;

function comparisonCells(r: Recommendation, c: Comparison): Cells {
  const money = moneyIn(r);
  const { sign, perHour } = money;
  return marked({
    head: [{ title: "  From AWS's figure to this one" }, right("Change"), right(`${sign}/h`)],
    rows: [
      [
        `  AWS's figure: ${offeringName(c)}, the last ${c.lookbackDays} days`,
        "",
        perHour(c.awsCommitmentUsdPerHour),
      ],
      ...c.parts.map(({ kind, changeUsdPerHour, commitmentUsdPerHour }) => [
        `  ${NAMES[kind]}${changeUsdPerHour === 0 ? "" : `: ${MEANINGS[kind](c, r)}`}`,
        changeUsdPerHour === 0 ? "–" : signed(changeUsdPerHour, money),
        perHour(commitmentUsdPerHour),
      ]),
      ["  This answer", signed(c.differenceUsdPerHour, money), perHour(c.ourCommitmentUsdPerHour)],
    ],
  });
}

function outcomeCells(r: Recommendation, { aws, ours }: Comparison): Cells {
  const { sign, whole, perHour } = moneyIn(r);
  const risky = hasRisk(r);
  const row = (name: string, each: typeof aws): string[] => [
    name,
    perHour(each.commitmentUsdPerHour),
    whole(each.netSavingsUsd),
    ...(risky ? [whole(-each.cvarLossUsd), percent(each.probabilityOfLoss)] : []),
    percent(each.utilization),
  ];
  return marked({
    head: [
      { title: `  On the same ${risky ? "futures" : "hours"}` },
      right(`${sign}/h`),
      right("Net saving"),
      ...(risky
        ? [
            right(`${tailName(r.risk.tail)[0]!.toUpperCase()}${tailName(r.risk.tail).slice(1)}`),
            right("P(loss)"),
          ]
        : []),
      right("Used"),
    ],
    rows: [row("  AWS's figure", aws), row("  This answer", ours)],
  });
}

/** What the table cannot say. */
function comparisonTexts(r: Recommendation, c: Comparison): string[] {
  const { sameLookback: past } = c;
  const { cents, perHour } = moneyIn(r);
  const span = `${instant(past.from)} to ${instant(past.to)} UTC`;
  const missing = past.hoursWanted - past.hours;
  const monthly = (at: number): string => `${cents(at)} a month`;
  const byAws = past.awsMonthlySavingsUsd === null ? "" : ` (AWS says ${monthly(past.awsMonthlySavingsUsd)})`;
  const spend =
    past.awsAverageOnDemandUsdPerHour === null
      ? ""
      : spendText(r, past.awsAverageOnDemandUsdPerHour, past.averageOnDemandUsdPerHour);
  return [
    `On the same days, ${span}, AWS's figure would have saved ${monthly(past.settledMonthlySavingsUsd)}${byAws}, and AWS's rule worked out ` +
      `here, ${perHour(past.ruleCommitmentUsdPerHour)}/h, ${monthly(past.ruleMonthlySavingsUsd)}.${spend}`,
    missing > 0
      ? `The exports hold ${count(past.hours, "hour")} of the ${past.hoursWanted} that AWS looked at: part of what is not explained may lie in the others.`
      : "",
    c.accountScope === "LINKED"
      ? "AWS's figure is the sum over single accounts, each without the use of the others: this answer is for all that the exports hold."
      : "",
  ];
}

/** Spend that differs by less is the same usage. */
const SAME_SPEND = 0.01;

function spendText(r: Recommendation, byAws: number, here: number): string {
  const { perHour } = moneyIn(r);
  const isSame = Math.abs(here - byAws) <= SAME_SPEND * byAws;
  const unknownPlans = here > byAws && r.ownedPlans.length === 0;
  return (
    ` Owned plans left ${perHour(byAws)} of On-Demand spend in the mean hour by AWS, ${perHour(here)} by these exports: ` +
    (isSame ? "both saw the same usage." : "they did not see the same usage, and so not the same answer.") +
    (unknownPlans && !isSame ? " Plans that you own may be the difference: name them with --owned." : "")
  );
}
