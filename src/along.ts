/** Any commitment to one offering, settled beforehand: what the workbook looks up. */
import type { AlongCommitment, AlongPlan } from "./domain/along.ts";
import { MONTH_HOURS, OFFERINGS, TERM_MONTHS } from "./domain/offering.ts";
import { meanUsd } from "./domain/risk.ts";
import { horizonHours } from "./domain/scenario.ts";
import { commitmentsOfAll, type Prospect } from "./prospect.ts";
import { bendsAlong, lastBend } from "./settlement/along.ts";
import { addBend, binOf, emptyBins, tableOf } from "./settlement/breakpoints.ts";
import { settleHourly, settleScenarios } from "./settlement/scenarios.ts";

/** Straight lines between rows are this near, where the rows are not too many. */
const TOLERANCE = 0.003;
const MOST_ROWS = 5_000;

/**
 * @param subject `[offering]` $/h that are bought; the largest of them moves
 * @param ifNothing the offering that moves when nothing is bought
 * @param asked commitments that are to be rows
 */
export function alongOf(
  prospect: Prospect,
  subject: Float64Array,
  ifNothing: number,
  asked: readonly number[],
): AlongCommitment {
  const { scene, settlement, baselineUsd, offers } = prospect;
  const { futures, owned, pastRepeats } = scene.situation;
  const { probability } = futures;
  const bought = [...subject.keys()].filter((k) => subject[k]! > 0);
  const moved = bought.reduce((most, k) => (subject[k]! > subject[most]! ? k : most), bought[0] ?? ifNothing);
  const plans = [moved, ...bought.filter((k) => k !== moved)].map((k): AlongPlan => ({
    ...OFFERINGS[k]!,
    commitmentUsdPerHour: subject[k]!,
    activeHours: offers[k]!.activeHours,
  }));
  const months = Math.max(...plans.map(({ term }) => TERM_MONTHS[term]));
  const total = horizonHours(futures);
  const monthHoursInFutures = Array.from({ length: months }, (_, n) =>
    Math.max(0, Math.min(MONTH_HOURS, total - n * MONTH_HOURS)),
  );
  const isSpanned = !pastRepeats && monthHoursInFutures.every((hours) => hours === MONTH_HOURS);
  const held = subject.map((usd, k) => (k === moved ? 0 : usd));
  const all = commitmentsOfAll(owned, held);
  const withoutMoved = settleScenarios(settlement, all);
  const mean = (of: (s: number) => number): number => probability.reduce((sum, p, s) => sum + p * of(s), 0);
  const ownedCommitmentUsd = sum(withoutMoved[0]!.commitmentUsd.subarray(0, owned.length));
  const baselineLeftUsd = meanUsd(baselineUsd, probability) - ownedCommitmentUsd;
  const avoidedAt0 = baselineLeftUsd - mean((s) => withoutMoved[s]!.leftUsd);
  const usedAt0 = mean((s) => sum(withoutMoved[s]!.usedUsd.subarray(owned.length)));
  const table = tableAlong(prospect, all, owned.length + moved, {
    months: pastRepeats ? 0 : months,
    near: subject[moved]!,
    asked: [subject[moved]!, ...asked],
  });
  const monthAt0 = pastRepeats ? [] : avoidedByMonth(prospect, all, months);
  const shifted = (values: Float64Array, by: number): Float64Array => values.map((usd) => usd + by);
  return {
    plans,
    horizonHours: total,
    pastRepeats,
    onDemandUsd: mean((s) => withoutMoved[s]!.onDemandUsd),
    baselineLeftUsd,
    ownedCommitmentUsd,
    monthHoursInFutures,
    isCashFlowExact:
      isSpanned || plans.every(({ term, activeHours }) => term === plans[0]!.term && activeHours === plans[0]!.activeHours),
    isScalable: plans.length === 1 && owned.every(({ commitmentUsdPerHour }) => commitmentUsdPerHour === 0),
    table: {
      commitmentUsdPerHour: table.at,
      avoidedUsd: shifted(table.values[0]!, avoidedAt0),
      newUsedUsd: shifted(table.values[1]!, usedAt0),
      monthAvoidedUsd: table.values.slice(2).map((values, n) => shifted(values, monthAt0[n]!)),
      errorUsd: table.error,
    },
  };
}

const sum = (values: Float64Array): number => values.reduce((usd, each) => usd + each, 0);

function tableAlong(
  { scene, settlement }: Prospect,
  commitments: Float64Array,
  moved: number,
  { months, near, asked }: { months: number; near: number; asked: readonly number[] },
): ReturnType<typeof tableOf> {
  const { futures } = scene.situation;
  const { hourCount, startHour, probability } = futures;
  const overlaps = Array.from({ length: hourCount }, (_, t) => monthsOf(startHour[t]!, startHour[t + 1]!, months));
  const end = lastBend(settlement, moved) * (1 + 1e-9);
  const bins = emptyBins(end, near, asked, 2 + months);
  bendsAlong(settlement, commitments, moved, (visit, at, avoidedChange, usedChange) => {
    const t = visit % hourCount;
    const p = probability[Math.floor(visit / hourCount)]!;
    const weight = p * (startHour[t + 1]! - startHour[t]!);
    const bin = binOf(bins, at, (Math.abs(avoidedChange) + Math.abs(usedChange)) * weight);
    addBend(bins, bin, 0, at, avoidedChange * weight);
    if (usedChange !== 0) addBend(bins, bin, 1, at, usedChange * weight);
    for (const { month, hours } of overlaps[t]!) addBend(bins, bin, 2 + month, at, avoidedChange * p * hours);
  });
  return tableOf(bins, near, { tolerance: TOLERANCE, most: MOST_ROWS });
}

/** The months, of the first `count`, that these hours of the horizon lie in. */
function monthsOf(from: number, to: number, count: number): { month: number; hours: number }[] {
  const parts: { month: number; hours: number }[] = [];
  for (let month = Math.floor(from / MONTH_HOURS); month < count && month * MONTH_HOURS < to; month++) {
    parts.push({ month, hours: Math.min(to, (month + 1) * MONTH_HOURS) - Math.max(from, month * MONTH_HOURS) });
  }
  return parts;
}

/** `[month]` What these commitments avoid in the hours that the futures span. */
function avoidedByMonth(
  { scene, settlement, baselineLeftUsd }: Prospect,
  commitments: Float64Array,
  months: number,
): Float64Array {
  const { hourCount, startHour } = scene.situation.futures;
  const { leftUsd } = settleHourly(settlement, commitments);
  const usd = new Float64Array(months);
  for (let t = 0; t < hourCount; t++) {
    for (const { month, hours } of monthsOf(startHour[t]!, startHour[t + 1]!, months))
      usd[month]! += (baselineLeftUsd[t]! - leftUsd[t]!) * hours;
  }
  return usd;
}
