/**
 * AWS's rule over every hour of every scenario, added up by scenario or averaged by hour: the function that a search calls
 * hundreds of times. How a visit is settled: `visits.ts`.
 */
import { activeIn, hoursOf } from "../domain/scenario.ts";
import {
  asOnDemandUsd,
  type CommitmentVector,
  type OnDemandUsd,
  type OnDemandVector,
} from "../domain/units.ts";
import type { ScenarioSettlement } from "./prepare-scenarios.ts";
import { settleVisits } from "./visits.ts";

/** One scenario, added up over its horizon, USD. The arrays are by plan; what a pool covers and uses stands at its first. */
export interface ScenarioTotals {
  /** On-Demand equivalent of all usage, covered or not. */
  onDemandUsd: OnDemandUsd;
  /** Billed On-Demand. */
  leftUsd: OnDemandUsd;
  coveredOnDemandUsd: OnDemandVector;
  /** Used commitment, at Savings Plans rates. */
  usedUsd: CommitmentVector;
  /** Commitment paid, used or not. */
  commitmentUsd: CommitmentVector;
  /** Hours in which the new plans together do not use all of their commitment. */
  hoursUnderused: number;
}

/** The mean over the scenarios, hour by hour of the horizon, USD. What a pool of owned plans covers stands at its first. */
export interface ExpectedHours {
  /** `[hour]` */
  onDemandUsd: OnDemandVector;
  leftUsd: OnDemandVector;
  /** `[plan][hour]` */
  coveredOnDemandUsd: OnDemandVector[];
  usedUsd: CommitmentVector[];
}

/** Every scenario under these commitments, $/h: one per plan, in place of the plans' own. */
export function settleScenarios(
  prepared: ScenarioSettlement,
  usdPerHour: CommitmentVector,
): ScenarioTotals[] {
  const { set, plans } = prepared;
  const totals = Array.from(prepared.onDemandUsd, (usd): ScenarioTotals => ({
    onDemandUsd: asOnDemandUsd(usd),
    leftUsd: asOnDemandUsd(0),
    coveredOnDemandUsd: new Float64Array(plans.length),
    usedUsd: new Float64Array(plans.length),
    commitmentUsd: Float64Array.from(plans, (plan, k) => usdPerHour[k]! * activeIn(set, plan).hours),
    hoursUnderused: 0,
  }));
  settleVisits(
    prepared,
    usdPerHour,
    prepared.poolOf,
    (n, { payers, coveredUsd, usedUsd, leftUsd, underused }) => {
      const total = totals[Math.floor(n / set.hourCount)]!;
      const hours = hoursOf(set, n % set.hourCount);
      for (let a = 0; a < payers.length; a++) {
        total.coveredOnDemandUsd[payers[a]!]! += coveredUsd[a]! * hours;
        total.usedUsd[payers[a]!]! += usedUsd[a]! * hours;
      }
      total.leftUsd = asOnDemandUsd(total.leftUsd + leftUsd * hours);
      if (underused) total.hoursUnderused += hours;
    },
  );
  return totals;
}

/**
 * The same, kept by hour and averaged over the scenarios instead of added up by scenario: USD of
 * one hour, however many it stands for.
 */
export function settleHourly(
  prepared: ScenarioSettlement,
  commitmentsUsdPerHour: CommitmentVector,
): ExpectedHours {
  const { set, plans, hourUsd } = prepared;
  const { hourCount } = set;
  const perPlan = (): Float64Array[] => plans.map(() => new Float64Array(hourCount));
  const expected: ExpectedHours = {
    onDemandUsd: new Float64Array(hourCount),
    leftUsd: new Float64Array(hourCount),
    coveredOnDemandUsd: perPlan(),
    usedUsd: perPlan(),
  };
  settleVisits(
    prepared,
    commitmentsUsdPerHour,
    prepared.ownedPoolOf,
    (n, { payers, coveredUsd, usedUsd, leftUsd }) => {
      const t = n % hourCount;
      const probability = set.probability[Math.floor(n / hourCount)]!;
      expected.onDemandUsd[t]! += probability * set.growth[n]! * hourUsd[set.baseHour[n]!]!;
      expected.leftUsd[t]! += probability * leftUsd;
      for (let a = 0; a < payers.length; a++) {
        expected.coveredOnDemandUsd[payers[a]!]![t]! += probability * coveredUsd[a]!;
        expected.usedUsd[payers[a]!]![t]! += probability * usedUsd[a]!;
      }
    },
  );
  return expected;
}
