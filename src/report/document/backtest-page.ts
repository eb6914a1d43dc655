/** A backtest: how the method did, in words; then every rule; then whether the risk was told right. */
import type { Backtest, MonthlyPolicy, RuleScore } from "../../domain/documents/backtest.ts";
import { backtestSummary, ownScore } from "./backtest-summary.ts";
import { count, instant, percent } from "./format.ts";
import { moneyIn } from "./money.ts";
import { tables, texts, type DocumentPage, type Section } from "./section.ts";
import { right } from "./table.ts";

export function backtestPage(backtest: Backtest): DocumentPage {
  const { walk, scores } = backtest;
  const own = ownScore(backtest);
  return {
    headline: backtestSummary(backtest).headline,
    tone: null,
    text: [words(backtest, own), ...walk.notes],
    warning: null,
    cautions: [],
    sections: [scoresSection(scores, own), riskSection(own), ...monthlySection(backtest)],
    findings: [],
    currency: backtest.currency,
  };
}

const scoresSection = (scores: readonly RuleScore[], own: RuleScore): Section => ({
  id: "scores",
  title: "What each rule would have saved",
  parts: [
    ...tables({
      head: [{ title: "  Rule" }, right("Captured"), right("Worst tenth"), right("Lost")],
      rows: scores.map((each) => [
        `${each === own ? "▶" : " "} ${each.label}`,
        percent(each.captured),
        percent(each.worstTenth),
        percent(each.lossFrequency),
      ]),
    }),
    ...texts(
      "Captured: of what the best commitment in hindsight would have saved. Worst tenth: mean net saving of the worst tenth of the " +
        "decisions, a share of On-Demand spend. Lost: decisions that lost money.",
    ),
  ],
});

const riskSection = ({ coverage, lossFifths }: RuleScore): Section => ({
  id: "calibration",
  title: "Was the risk told right?",
  parts: [
    {
      kind: "table",
      table: {
        head: [
          { title: "  Interval of the net saving" },
          right("Held"),
          right("Came below"),
          right("Came above"),
        ],
        rows: (coverage ?? []).map((each) => [
          `  ${percent(each.nominal)} of the scenarios`,
          percent(each.realised),
          percent(each.below),
          percent(each.above),
        ]),
      },
    },
    { kind: "gap" },
    {
      kind: "table",
      table: {
        head: [
          { title: "  Decisions by risk, a fifth each" },
          right("Number"),
          right("P(loss) told"),
          right("Lost"),
        ],
        rows: (lossFifths ?? [])
          .filter(({ forecasts }) => forecasts > 0)
          .map((bin, n) => [
            `  ${n + 1}`,
            String(bin.forecasts),
            percent(bin.predicted ?? 0),
            percent(bin.realised ?? 0),
          ]),
      },
    },
  ],
});

function monthlySection(backtest: Backtest): Section[] {
  const { monthly } = backtest;
  if (monthly === null) return [];
  const { whole } = moneyIn(backtest);
  const { policies, months, monthHours, onDemandUsd, notes } = monthly;
  const row = ({ rule, label, captured, savedUsd }: MonthlyPolicy): string[] => [
    `${rule === "sageplan" ? "▶" : " "} ${label}`,
    captured === null ? "–" : percent(captured),
    whole(savedUsd),
    whole(onDemandUsd - savedUsd),
  ];
  return [
    {
      id: "monthly",
      title: "Decided every month",
      parts: [
        ...tables({
          head: [{ title: "  Policy" }, right("Captured"), right("Net saving"), right("Total cost")],
          rows: policies.map(row),
        }),
        ...texts(
          `${count(months, "month")} of ${monthHours} hours, each with the plans bought before; without any they cost ${whole(onDemandUsd)} On-Demand. ` +
            "Captured: of what the best book in hindsight saves.",
          ...notes,
        ),
      ],
    },
  ];
}

function words({ walk, scores, riskAversion }: Backtest, own: RuleScore): string {
  const aws = scores.find(({ rule }) => rule === "aws-30d")!;
  const interval = own.coverage?.find(({ nominal }) => nominal === 0.9);
  const days = (hours: number): string => count(Math.round(hours / 24), "day");
  return (
    `Walking from ${instant(walk.from)} to ${instant(walk.to)} UTC, a decision every ${days(walk.stepHours)} on the ${days(walk.historyHours)} before ` +
    `it, judged by the ${days(walk.horizonHours)} after it, at risk aversion ${riskAversion}. AWS's rule on its last 30 days would have captured ` +
    `${percent(aws.captured)}. In the worst tenth of the decisions sageplan would have saved ${percent(own.worstTenth)} of spend on average, AWS's rule ` +
    `${percent(aws.worstTenth)}. What came lay between the predicted 5th and 95th percentile in ${percent(interval?.realised ?? 0)} of the decisions.`
  );
}
