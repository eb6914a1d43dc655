/** Any commitment to one offering, settled beforehand: what the workbook looks up. */
import type { CommitmentTable, UsageLevel, TablePlan } from "../domain/commitment-table.ts";
import { MONTH_HOURS, TERM_HOURS } from "../domain/offering.ts";
import { boughtIn, boughtNow, withNow, type Portfolio } from "../domain/portfolio.ts";
import { meanUsd } from "../domain/risk.ts";
import { activeIn, horizonHours } from "../domain/scenario.ts";
import type { CommitmentVector } from "../domain/units.ts";
import { commitmentsOfAll } from "../problem/evaluation.ts";
import { planOf, type PurchaseProblem } from "../problem/problem.ts";
import { commitmentBends, lastBend } from "../settlement/commitment-bends.ts";
import { addBend, binOf, emptyBins, tableOf, type Breakpoints } from "../settlement/breakpoints.ts";
import { prepareScenarioSettlement, type ScenarioSettlement } from "../settlement/prepare-scenarios.ts";
import { settleHourly } from "../settlement/scenarios.ts";

/** Straight lines between rows are this near, where the rows are not too many. */
const TOLERANCE_USD = 0.003;
const MOST_ROWS = 20_000;
/** A row has a cell for each month: what a spreadsheet opens without thinking. */
const MOST_CELLS = 300_000;
const MOST_ROWS_OTHERWISE = 1_200;
const USAGE_CHANGES = [0, -0.2, -0.1, 0.1, 0.2];

/** What moves, and what is held while it does. */
interface Move {
  /** `[plan of the settlement]` $/h; 0 for the one that moves. */
  held: CommitmentVector;
  /** The plan of the settlement that moves, and its commitment. */
  moved: number;
  movedUsdPerHour: number;
  /** Months that are kept apart; 0 where the past repeats. */
  months: number;
  /** Commitments that are to be rows. */
  asked: readonly number[];
  /** How far straight lines may be off, USD over the horizon. */
  toleranceUsd: number;
}

/**
 * @param subject what is bought; the largest commitment of it moves
 * @param ifNothing the offering that moves when nothing is bought
 * @param asked commitments that are to be rows
 */
export function commitmentTableOf(
  problem: PurchaseProblem,
  subject: Portfolio,
  ifNothing: number,
  asked: readonly number[],
): CommitmentTable {
  const { scenarios, owned, pastRepeats, settlement, offers } = problem;
  const now = boughtNow(subject);
  const moved = now.reduce((most, k) => (subject[k]! > subject[most]! ? k : most), now[0] ?? ifNothing);
  const plans = [moved, ...boughtIn(subject).filter((k) => k !== moved)].map((k): TablePlan => ({
    ...offers[k]!.offering,
    commitmentUsdPerHour: subject[k]!,
    startHour: offers[k]!.activeFrom,
    activeHours: offers[k]!.activeHours,
  }));
  const months = Math.max(
    ...plans.map(({ term, startHour }) => Math.ceil((startHour + TERM_HOURS[term]) / MONTH_HOURS)),
  );
  const total = horizonHours(scenarios);
  const monthHoursInFutures = Array.from({ length: months }, (_, n) =>
    Math.max(0, Math.min(MONTH_HOURS, total - n * MONTH_HOURS)),
  );
  const isSpanned = !pastRepeats && monthHoursInFutures.every((hours) => hours === MONTH_HOURS);
  const move: Move = {
    held: commitmentsOfAll(
      problem,
      withNow(subject, (k) => (k === moved ? 0 : subject[k]!)),
    ),
    moved: owned.length + moved,
    movedUsdPerHour: subject[moved]!,
    months: pastRepeats ? 0 : months,
    asked: [subject[moved]!, ...asked],
    // A term that is longer than the horizon is like its mean hour: what is off there is off so many times.
    toleranceUsd:
      TOLERANCE_USD /
      Math.max(...plans.map(({ term, activeHours }) => Math.max(1, TERM_HOURS[term] / activeHours))),
  };
  return {
    plans,
    horizonHours: total,
    pastRepeats,
    ownedCommitmentUsd: settlement.plans
      .slice(0, owned.length)
      .reduce((usd, plan) => usd + plan.commitmentUsdPerHour * activeIn(scenarios, plan).hours, 0),
    monthHoursInFutures,
    isCashFlowExact:
      isSpanned ||
      plans.every(
        ({ term, startHour, activeHours }) =>
          startHour === 0 && term === plans[0]!.term && activeHours === plans[0]!.activeHours,
      ),
    levels: USAGE_CHANGES.map((usageChange) =>
      levelOf(usageChange === 0 ? settlement : grown(problem, 1 + usageChange), move, usageChange),
    ),
  };
}

/** The same scenarios with so much more or less usage in every hour. */
function grown(problem: PurchaseProblem, factor: number): ScenarioSettlement {
  const { scenarios, owned, skus, sharing, offers } = problem;
  const growth = scenarios.growth.map((each) => each * factor);
  const plans = [...owned, ...offers.map(planOf)];
  return prepareScenarioSettlement({ ...scenarios, growth }, skus, plans, {
    sharing,
    firstNew: owned.length,
    baseHours: problem.settlement,
  });
}

function levelOf(settlement: ScenarioSettlement, move: Move, usageChange: number): UsageLevel {
  const { set, firstNew } = settlement;
  const { probability, startHour } = set;
  const ownedAlone = move.held.map((usd, k) => (k < firstNew ? usd : 0));
  const before = settleHourly(settlement, ownedAlone);
  const held = settleHourly(settlement, move.held);
  const overHours = (usd: Float64Array): number =>
    usd.reduce((total, each, t) => total + each * (startHour[t + 1]! - startHour[t]!), 0);
  const baselineLeftUsd = overHours(before.leftUsd);
  const avoidedAt0 = baselineLeftUsd - overHours(held.leftUsd);
  const usedAt0 = held.usedUsd.slice(firstNew).reduce((usd, each) => usd + overHours(each), 0);
  const monthAt0 = new Float64Array(move.months);
  for (let t = 0; t < set.hourCount; t++) {
    for (const { month, hours } of monthsOf(startHour[t]!, startHour[t + 1]!, move.months))
      monthAt0[month]! += (before.leftUsd[t]! - held.leftUsd[t]!) * hours;
  }
  const { at, values, error } = breakpointsOf(settlement, move, usageChange === 0);
  const shifted = (of: Float64Array, by: number): Float64Array => of.map((usd) => usd + by);
  return {
    usageChange,
    onDemandUsd: meanUsd(settlement.onDemandUsd, probability),
    baselineLeftUsd,
    table: {
      commitmentUsdPerHour: at,
      avoidedUsd: shifted(values[0]!, avoidedAt0),
      newUsedUsd: shifted(values[1]!, usedAt0),
      monthAvoidedUsd: values.slice(2).map((of, month) => shifted(of, monthAt0[month]!)),
      errorUsd: error,
    },
  };
}

function breakpointsOf(
  settlement: ScenarioSettlement,
  { held, moved, movedUsdPerHour, months, asked, toleranceUsd }: Move,
  isFine: boolean,
): Breakpoints {
  const { hourCount, startHour, probability } = settlement.set;
  const overlaps = Array.from({ length: hourCount }, (_, t) =>
    monthsOf(startHour[t]!, startHour[t + 1]!, months),
  );
  const end = lastBend(settlement, moved) * (1 + 1e-9);
  const bins = emptyBins(end, { near: movedUsdPerHour, asked, functions: 2 + months, isFine });
  commitmentBends(settlement, held, moved, (visit, at, avoidedChange, usedChange) => {
    const t = visit % hourCount;
    const p = probability[Math.floor(visit / hourCount)]!;
    const weight = p * (startHour[t + 1]! - startHour[t]!);
    const bin = binOf(bins, at, (Math.abs(avoidedChange) + Math.abs(usedChange)) * weight);
    addBend(bins, bin, 0, at, avoidedChange * weight);
    if (usedChange !== 0) addBend(bins, bin, 1, at, usedChange * weight);
    for (const { month, hours } of overlaps[t]!) addBend(bins, bin, 2 + month, at, avoidedChange * p * hours);
  });
  return tableOf(bins, movedUsdPerHour, {
    tolerance: toleranceUsd,
    most: isFine ? Math.min(MOST_ROWS, Math.floor(MOST_CELLS / (5 + months))) : MOST_ROWS_OTHERWISE,
  });
}

/** The months, of the first `count`, that these hours of the horizon lie in. */
function monthsOf(from: number, to: number, count: number): { month: number; hours: number }[] {
  const overlaps: { month: number; hours: number }[] = [];
  for (let month = Math.floor(from / MONTH_HOURS); month < count && month * MONTH_HOURS < to; month++) {
    overlaps.push({
      month,
      hours: Math.min(to, (month + 1) * MONTH_HOURS) - Math.max(from, month * MONTH_HOURS),
    });
  }
  return overlaps;
}
