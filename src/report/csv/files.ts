import { isoHour } from "../../domain/hour.ts";
import type { HourlyUse } from "../../domain/hourly-use.ts";
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { illustrativeShare } from "../document/answer.ts";
import { alternativesCsv, frontierCsv, offeringsCsv } from "./alternatives.ts";
import { awsRecommendationCsv } from "./aws-recommendation.ts";
import { cashFlowCsv } from "./cash-flow.ts";
import { comparisonCsv } from "./comparison.ts";
import { ofHourColumn } from "./columns.ts";
import { dictionaryColumn as column } from "../document/dictionary.ts";
import { csvText } from "./format.ts";

/** A recommendation or a simulation as tidy tables, and as the file that AWS's own recommendations come in. */
export const csvFiles = (r: Recommendation, use: HourlyUse): { name: string; text: string }[] => [
  { name: "hourly.csv", text: hourlyCsv(r, use) },
  { name: "curve.csv", text: curveCsv(r) },
  { name: "offerings.csv", text: offeringsCsv(r) },
  { name: "aws-recommendation.csv", text: awsRecommendationCsv(r, use) },
  { name: "alternatives.csv", text: alternativesCsv(r) },
  { name: "frontier.csv", text: frontierCsv(r) },
  { name: "cash-flow.csv", text: cashFlowCsv(r) },
  ...(r.comparison ? [{ name: "comparison.csv", text: comparisonCsv(r.comparison) }] : []),
];

const hourlyCsv = (r: Recommendation, use: HourlyUse): string =>
  csvText(
    [
      column("hour_utc"),
      ofHourColumn("on_demand_usd"),
      column("owned_covered_on_demand_usd"),
      column("new_covered_on_demand_usd"),
      column("new_used_usd"),
      column("new_unused_usd"),
      column("on_demand_left_usd"),
      column("illustrative_rate_share"),
    ],
    Array.from(use.onDemandUsd, (onDemand, n) => [
      isoHour(use.from + n),
      onDemand,
      use.ownedCoveredOnDemandUsd[n]!,
      use.newCoveredOnDemandUsd[n]!,
      use.newUsedUsd[n]!,
      use.newUnusedUsd[n]!,
      use.onDemandLeftUsd[n]!,
      illustrativeShare(r),
    ]),
  );

const curveCsv = (r: Recommendation): string =>
  csvText(
    [
      column("commitment_usd_per_hour"),
      column("net_savings_usd"),
      column("cvar_loss_usd"),
      column("utilization"),
      column("coverage"),
      column("illustrative_rate_share"),
    ],
    r.curve.map((point) => [
      point.commitmentUsdPerHour,
      point.netSavingsUsd,
      point.cvarLossUsd,
      point.utilization,
      point.coverage,
      illustrativeShare(r),
    ]),
  );
