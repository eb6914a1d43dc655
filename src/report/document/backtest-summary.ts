/** The summary of a backtest: what the method would have saved, beside AWS's rule and the other rules. */
import type { Backtest, RuleScore } from "../../domain/documents/backtest.ts";
import { clean } from "./clean.ts";
import { count, percent } from "./format.ts";
import { peopleMoneyIn } from "./people.ts";
import { saying, type SummaryPage, type SummaryRow } from "./summary-page.ts";
import { marked, right, type Cells } from "./table.ts";

const MOST_RULES = 6;

export function backtestSummary(backtest: Backtest): SummaryPage {
  const { walk, monthly } = backtest;
  const own = ownScore(backtest);
  return {
    headline: [
      `In ${count(walk.decisions, "decision")}, sageplan would have captured ${percent(own.captured)} of what hindsight could save`,
    ],
    tone: null,
    rows: saying([...walkRows(backtest), ...riskRows(own)]),
    tables: [scoresTable(backtest, own), ...(monthly === null ? [] : [monthlyTable(backtest)])],
    warnings: [],
    notes: 0,
    next: ["More: --details (every rule, calibration of the risk), --csv DIR, --json."],
  };
}

/** Of the caller's own risk aversion. */
export const ownScore = ({ scores, riskAversion }: Backtest): RuleScore =>
  scores.find((each) => each.rule === "sageplan" && each.riskAversion === riskAversion)!;

function walkRows({ walk, offering, riskAversion }: Backtest): SummaryRow[] {
  const days = (hours: number): string => count(Math.round(hours / 24), "day");
  const [note, ...others] = walk.notes;
  return [
    [
      "Walk",
      `${walk.from.slice(0, 10)} to ${walk.to.slice(0, 10)}, a decision every ${days(walk.stepHours)} on the ${days(walk.historyHours)} before, ` +
        `judged by the ${days(walk.horizonHours)} after`,
    ],
    ["Buys", `${offering.term} ${offering.paymentOption}, risk aversion ${riskAversion}`],
    ["Note", note === undefined ? "" : clean(note) + (others.length > 0 ? ` (${others.length} more)` : "")],
  ];
}

function riskRows({ coverage, lossFrequency }: RuleScore): SummaryRow[] {
  const interval = coverage?.find(({ nominal }) => nominal === 0.9);
  return [
    [
      "Forecast risk",
      interval === undefined
        ? ""
        : `the saving was within the 5th to 95th percentile in ${percent(interval.realised)} of decisions (90% is right)`,
    ],
    ["Losses", `${percent(lossFrequency)} of decisions lost money`],
  ];
}

/** Ours, and the best of the others. */
function scoresTable({ scores }: Backtest, own: RuleScore): Cells {
  const others = scores
    .filter(({ rule }) => rule !== "sageplan")
    .toSorted((a, b) => b.captured - a.captured)
    .slice(0, MOST_RULES);
  return marked({
    head: [{ title: "  Rule" }, right("Captured"), right("Worst 10%"), right("Lost")],
    rows: [own, ...others].map((each) => [
      `${each === own ? "▶" : " "} ${clean(each.label)}`,
      percent(each.captured),
      percent(each.worstTenth),
      percent(each.lossFrequency),
    ]),
  });
}

function monthlyTable(backtest: Backtest): Cells {
  const { amount } = peopleMoneyIn(backtest);
  const { policies, months, onDemandUsd } = backtest.monthly!;
  const others = policies.filter(({ rule }) => rule !== "sageplan").slice(0, MOST_RULES);
  const own = policies.filter(
    ({ rule, riskAversion }) => rule === "sageplan" && riskAversion === backtest.riskAversion,
  );
  return marked({
    head: [
      { title: `  Every month, ${count(months, "month")}` },
      right("Captured"),
      right("Saving"),
      right("Cost"),
    ],
    rows: [...own, ...others].map(({ rule, label, captured, savedUsd }) => [
      `${rule === "sageplan" ? "▶" : " "} ${clean(label)}`,
      captured === null ? "–" : percent(captured),
      amount(savedUsd),
      amount(onDemandUsd - savedUsd),
    ]),
  });
}
