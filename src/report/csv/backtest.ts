import type { Backtest, RuleScore } from "../../domain/documents/backtest.ts";
import { ofHour, money, share, text, whole } from "./columns.ts";
import { csvText } from "./format.ts";

/** A backtest as tidy tables. Shares are of 1. */
export const backtestCsvFiles = (backtest: Backtest): { name: string; text: string }[] => [
  { name: "backtest-scores.csv", text: scoresCsv(backtest.scores) },
  { name: "backtest-calibration.csv", text: calibrationCsv(backtest.scores) },
  { name: "backtest-decisions.csv", text: decisionsCsv(backtest) },
];

const aversion = (value: number | null): number | string => value ?? "";

const scoresCsv = (scores: readonly RuleScore[]): string =>
  csvText(
    [text("rule"), share("risk_aversion"), share("captured"), share("worst_tenth"), share("loss_frequency")],
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
      share("risk_aversion"),
      text("what"),
      share("from"),
      share("to"),
      whole("decisions"),
      share("predicted"),
      share("realised"),
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
      text("decision_utc"),
      text("rule"),
      share("risk_aversion"),
      ofHour("commitment_usd_per_hour"),
      money("spend_usd"),
      money("saved_usd"),
      money("hindsight_saved_usd"),
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
