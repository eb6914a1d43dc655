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
import { csvOf } from "./format.ts";

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
  csvOf(
    [
      [column("hour_utc"), (n) => isoHour(use.from + n)],
      [ofHourColumn("on_demand_usd"), (n) => use.onDemandUsd[n]!],
      [column("owned_covered_on_demand_usd"), (n) => use.ownedCoveredOnDemandUsd[n]!],
      [column("new_covered_on_demand_usd"), (n) => use.newCoveredOnDemandUsd[n]!],
      [column("new_used_usd"), (n) => use.newUsedUsd[n]!],
      [column("new_unused_usd"), (n) => use.newUnusedUsd[n]!],
      [column("on_demand_left_usd"), (n) => use.onDemandLeftUsd[n]!],
      [column("illustrative_rate_share"), () => illustrativeShare(r)],
    ],
    [...use.onDemandUsd.keys()],
  );

const curveCsv = (r: Recommendation): string =>
  csvOf(
    [
      [column("commitment_usd_per_hour"), ({ commitmentUsdPerHour }) => commitmentUsdPerHour],
      [column("net_savings_usd"), ({ netSavingsUsd }) => netSavingsUsd],
      [column("cvar_loss_usd"), ({ cvarLossUsd }) => cvarLossUsd],
      [column("utilization"), ({ utilization }) => utilization],
      [column("coverage"), ({ coverage }) => coverage],
      [column("illustrative_rate_share"), () => illustrativeShare(r)],
    ],
    r.curve,
  );
