import type { Backtest, MonthlyBacktest, RuleScore } from "../../domain/documents/backtest.ts";
import { ofHourColumn, moneyColumn, shareColumn, textColumn, wholeColumn } from "./columns.ts";
import { csvText } from "./format.ts";

/** A backtest as tidy tables. Shares are of 1. */
export const backtestCsvFiles = (backtest: Backtest): { name: string; text: string }[] => [
  { name: "backtest-scores.csv", text: scoresCsv(backtest.scores) },
  { name: "backtest-calibration.csv", text: calibrationCsv(backtest.scores) },
  { name: "backtest-decisions.csv", text: decisionsCsv(backtest) },
  ...(backtest.monthly === null
    ? []
    : [{ name: "backtest-monthly.csv", text: monthlyCsv(backtest.monthly) }]),
];

const aversion = (value: number | null): number | string => value ?? "";

const scoresCsv = (scores: readonly RuleScore[]): string =>
  csvText(
    [
      textColumn("rule"),
      shareColumn("risk_aversion"),
      shareColumn("captured"),
      shareColumn("worst_tenth"),
      shareColumn("loss_frequency"),
    ],
    scores.map((each) => [
      each.rule,
      aversion(each.riskAversion),
      each.captured,
      each.worstTenth,
      each.lossFrequency,
    ]),
  );

const calibrationCsv = (scores: readonly RuleScore[]): string =>
  csvText(
    [
      shareColumn("risk_aversion"),
      textColumn("what"),
      shareColumn("from"),
      shareColumn("to"),
      wholeColumn("decisions"),
      shareColumn("predicted"),
      shareColumn("realised"),
    ],
    scores.flatMap((each) => [
      ...(each.coverage ?? []).map((interval) => [
        aversion(each.riskAversion),
        "interval",
        (1 - interval.nominal) / 2,
        (1 + interval.nominal) / 2,
        "",
        interval.nominal,
        interval.realised,
      ]),
      ...(each.lossFifths ?? []).map((bin) => [
        aversion(each.riskAversion),
        "probability-of-loss",
        bin.from,
        bin.to,
        bin.forecasts,
        bin.predicted ?? "",
        bin.realised ?? "",
      ]),
    ]),
  );

const decisionsCsv = ({ decisions }: Backtest): string =>
  csvText(
    [
      textColumn("decision_utc"),
      textColumn("rule"),
      shareColumn("risk_aversion"),
      ofHourColumn("commitment_usd_per_hour"),
      moneyColumn("spend_usd"),
      moneyColumn("saved_usd"),
      moneyColumn("hindsight_saved_usd"),
    ],
    decisions.flatMap(({ at, spendUsd, hindsight, choices }) =>
      choices.map((choice) => [
        at,
        choice.rule,
        aversion(choice.riskAversion),
        choice.commitmentUsdPerHour,
        spendUsd,
        choice.saved * spendUsd,
        hindsight * spendUsd,
      ]),
    ),
  );

const monthlyCsv = ({ policies, onDemandUsd }: MonthlyBacktest): string =>
  csvText(
    [
      textColumn("rule"),
      shareColumn("risk_aversion"),
      shareColumn("captured"),
      moneyColumn("saved_usd"),
      moneyColumn("on_demand_usd"),
      wholeColumn("months_below_zero"),
    ],
    policies.map((each) => [
      each.rule,
      aversion(each.riskAversion),
      each.captured ?? "",
      each.savedUsd,
      onDemandUsd,
      each.monthsBelowZero,
    ]),
  );
