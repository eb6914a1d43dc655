/**
 * The mean of the futures along the commitment of one plan, the others held: where what it avoids and what the new
 * plans use change their slope. Each visit (an hour of a scenario, see `scenarios.ts`) is piecewise linear in the
 * commitment, so the mean is.
 *
 * A visit in which no other plan is active walks its items in one fixed order; grown by g, its bends stand g times as
 * far out and are as sharp. They are therefore found once per base hour. Where other plans are active a visit is swept
 * by itself (`sweep-hour.ts`).
 */
import { prepareSweep, sweepHour, type Bend } from "./sweep-hour.ts";
import type { CommitmentVector } from "../domain/units.ts";
import type { ScenarioSettlement } from "./prepare-scenarios.ts";

/** `visit`: index into the set's `growth`. Slopes are those of one hour, however many it stands for. */
export type VisitBend = (
  visit: number,
  at: number,
  ...changes: [avoidedChange: number, usedChange: number]
) => void;

/** The commitment from which on nothing changes, $/h. */
export function lastBend({ set, order, hours, stretches }: ScenarioSettlement, moved: number): number {
  const ratio = new Float64Array(set.base.start.length - 1);
  for (let p = 0; p < order.plan.length; p++) {
    if (order.plan[p] === moved) ratio[order.item[p]!] = order.ratio[p]!;
  }
  let most = 0;
  for (const { active, start, visit } of stretches) {
    if (!active.includes(moved)) continue;
    for (let h = 0; h < set.base.hourCount; h++) {
      let burnt = 0;
      for (let n = hours.start[h]!; n < hours.start[h + 1]!; n++)
        burnt += hours.onDemandUsd[n]! * ratio[hours.item[n]!]!;
      for (let n = start[h]!; n < start[h + 1]!; n++) most = Math.max(most, burnt * set.growth[visit[n]!]!);
    }
  }
  return most;
}

/** Calls `bend` for every bend of every visit, from commitment 0 to plan `moved` on. */
export function commitmentBends(
  prepared: ScenarioSettlement,
  commitmentsUsdPerHour: CommitmentVector,
  moved: number,
  bend: VisitBend,
): void {
  for (const stretch of prepared.stretches) {
    if (!stretch.active.includes(moved)) continue;
    const others = stretch.active.filter((k) => k !== moved && commitmentsUsdPerHour[k]! > 0);
    if (others.length === 0) bendsAlone(prepared, stretch, moved, bend);
    else bendsBeside(prepared, stretch, [...others, moved], commitmentsUsdPerHour, bend);
  }
}

type Stretch = ScenarioSettlement["stretches"][number];

function bendsAlone(
  { set, order, hours }: ScenarioSettlement,
  { start, visit }: Stretch,
  moved: number,
  bend: VisitBend,
): void {
  const pairs = [...order.plan.keys()].filter((p) => order.plan[p] === moved);
  const usage = new Float64Array(set.base.start.length - 1);
  const at = new Float64Array(pairs.length + 1);
  const change = new Float64Array(pairs.length + 1);
  for (let h = 0; h < set.base.hourCount; h++) {
    if (start[h] === start[h + 1]) continue;
    usage.fill(0);
    for (let n = hours.start[h]!; n < hours.start[h + 1]!; n++) usage[hours.item[n]!] = hours.onDemandUsd[n]!;
    let count = 0;
    let burnt = 0;
    let slope = 0;
    for (const p of pairs) {
      const usd = usage[order.item[p]!]!;
      if (!(usd > 0)) continue;
      const ratio = order.ratio[p]!;
      if (1 / ratio !== slope) {
        at[count] = burnt;
        change[count++] = 1 / ratio - slope;
        slope = 1 / ratio;
      }
      burnt += usd * ratio;
    }
    if (burnt === 0) continue;
    for (let n = start[h]!; n < start[h + 1]!; n++) {
      const growth = set.growth[visit[n]!]!;
      if (!(growth > 0)) continue;
      for (let b = 0; b < count; b++) bend(visit[n]!, growth * at[b]!, change[b]!, b === 0 ? 1 : 0);
      bend(visit[n]!, growth * burnt, -slope, -1);
    }
  }
}

/** `payers`: the last is the one that moves. */
function bendsBeside(
  { set, order, hours, firstNew }: ScenarioSettlement,
  { start, visit }: Stretch,
  payers: readonly number[],
  commitmentsUsdPerHour: CommitmentVector,
  bend: VisitBend,
): void {
  const numberOf = new Map(payers.map((k, a) => [k, a]));
  const pairs = [...order.plan.keys()].filter((p) => numberOf.has(order.plan[p]!));
  const ofPayers = {
    plan: Int32Array.from(pairs, (p) => numberOf.get(order.plan[p]!)!),
    item: Int32Array.from(pairs, (p) => order.item[p]!),
    ratio: Float64Array.from(pairs, (p) => order.ratio[p]!),
  };
  const newFrom = payers.filter((k, a) => k < firstNew && a < payers.length - 1).length;
  const sweep = prepareSweep(ofPayers, payers.length, set.base.start.length - 1, newFrom);
  let now = 0;
  const ofVisit: Bend = (at, avoidedChange, usedChange) => bend(now, at, avoidedChange, usedChange);
  for (let h = 0; h < set.base.hourCount; h++) {
    for (let n = start[h]!; n < start[h + 1]!; n++) {
      now = visit[n]!;
      const growth = set.growth[now]!;
      sweep.left.fill(0);
      for (let m = hours.start[h]!; m < hours.start[h + 1]!; m++)
        sweep.left[hours.item[m]!] = hours.onDemandUsd[m]! * growth;
      for (let a = 0; a < payers.length - 1; a++) sweep.remaining[a] = commitmentsUsdPerHour[payers[a]!]!;
      sweep.remaining[payers.length - 1] = 0;
      sweepHour(sweep, ofVisit);
    }
  }
}
