/**
 * What will be known when, in sampled futures: at a stage that learns, the level of the spend in the weeks before it, and
 * nothing of what comes later.
 *
 * A node's futures are split into thirds by that level there; where a stage does not learn they go on together. Two
 * stages that learn make nine parts. More would hold so few futures that a node's plans were made for those very ones:
 * with 200 futures a part of nine holds 22.
 */
import { DAY_HOURS, LEVEL_DAYS, levelsAt, type Paths } from "../domain/paths.ts";
import type { ScenarioTree, TreeNode } from "../domain/scenario-tree.ts";

/** Parts of a node. */
const PARTS = 3;
/** Whole weeks before a decision whose spend is looked at: long enough that a week's noise is not taken for a level. */
const WEEKS_SEEN = 4;
const WEEK_HOURS = DAY_HOURS * LEVEL_DAYS;

/** `hour`: of the horizon, ascending from 0. */
export interface Stage {
  hour: number;
  learns: boolean;
}

export function treeOf(paths: Paths, stages: readonly Stage[]): ScenarioTree {
  const { probability } = paths;
  const stageStart = stages.map(({ hour }) => hour);
  const nodes: TreeNode[] = [{ stage: 0, parent: -1, scenarios: Int32Array.from(probability.keys()) }];
  const spend = spendBefore(paths);
  let from = 0;
  for (let stage = 1; stage < stages.length; stage++) {
    const { hour, learns } = stages[stage]!;
    const seen = learns ? spend(hour) : null;
    const to = nodes.length;
    for (let parent = from; parent < to; parent++) {
      const { scenarios: all } = nodes[parent]!;
      for (const scenarios of seen === null ? [all] : partsOf(all, seen, probability)) {
        nodes.push({ stage, parent, scenarios });
      }
    }
    from = to;
  }
  return { stageStart, nodes };
}

/**
 * Least first, each with about the same probability; of equals the earlier comes first. Parts
 * without a scenario are left out.
 */
function partsOf(scenarios: Int32Array, seen: Float64Array, probability: Float64Array): Int32Array[] {
  const ascending = [...scenarios].sort((a, b) => seen[a]! - seen[b]! || a - b);
  const total = ascending.reduce((sum, s) => sum + probability[s]!, 0);
  const parts = Array.from({ length: PARTS }, (): number[] => []);
  let before = 0;
  for (const [n, s] of ascending.entries()) {
    // By the middle of its probability; without any, by its place.
    const share = total > 0 ? (before + probability[s]! / 2) / total : n / ascending.length;
    parts[Math.min(PARTS - 1, Math.floor(PARTS * share))]!.push(s);
    before += probability[s]!;
  }
  return parts.filter((part) => part.length > 0).map((part) => Int32Array.from(part).sort());
}

/** `[scenario]` Spend at On-Demand rates in the last whole weeks before an hour of the horizon. */
function spendBefore(paths: Paths): (hour: number) => Float64Array {
  const { base, groupOf, groupCount, dayStart, dayCount, level, probability } = paths;
  /** `[group · (hours + 1) + hour]` Base spend of all hours before. */
  const before = new Float64Array(groupCount * (base.hourCount + 1));
  for (let item = 0; item < base.items.length; item++) {
    const first = groupOf[item]! * (base.hourCount + 1);
    for (let n = base.start[item]!; n < base.start[item + 1]!; n++) {
      before[first + base.hour[n]! + 1]! += base.onDemandUsd[n]!;
    }
  }
  for (let group = 0; group < groupCount; group++) {
    const first = group * (base.hourCount + 1);
    for (let h = 0; h < base.hourCount; h++) before[first + h + 1]! += before[first + h]!;
  }
  return (hour) => {
    // Where months are shortened, what there is of a week.
    const end = hour < WEEK_HOURS ? Math.floor(hour / DAY_HOURS) : Math.floor(hour / WEEK_HOURS) * LEVEL_DAYS;
    return probability.map((_, s) => {
      let usd = 0;
      for (let day = Math.max(0, end - WEEKS_SEEN * LEVEL_DAYS); day < end; day++) {
        const from = dayStart[s * dayCount + day]!;
        const to = Math.min(base.hourCount, from + DAY_HOURS);
        const levels = levelsAt(paths, s, day * DAY_HOURS);
        for (let group = 0; group < groupCount; group++) {
          const first = group * (base.hourCount + 1);
          usd += level[levels + group]! * (before[first + to]! - before[first + from]!);
        }
      }
      return usd;
    });
  };
}
