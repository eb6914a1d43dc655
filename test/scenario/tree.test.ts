import { expect, test } from "vitest";
import { baseHourOf, levelsAt, type Paths } from "../../src/domain/paths.ts";
import { bootstrap } from "../../src/scenario/bootstrap.ts";
import { treeOf } from "../../src/scenario/tree.ts";
import { demandOf, hours } from "./histories.ts";

const YEAR = 8_760;

const sampled = (scenarios: number, seed = 1): Paths =>
  bootstrap(
    demandOf(
      hours(24 * 60, (h) => 10 + (h % 24)),
      hours(24 * 60, (h) => (h % 168 < 120 ? 8 : 2)),
    ),
    { horizonHours: 3 * YEAR, scenarios, seed, growth: null },
  ).paths;

/** Spend of the four whole weeks before, written out hour by hour. */
function spendBefore(paths: Paths, s: number, hour: number): number {
  const { base, level, groupOf } = paths;
  const end = Math.floor(hour / 168) * 168;
  let usd = 0;
  for (let t = end - 4 * 168; t < end; t++) {
    const h = baseHourOf(paths, s, t);
    for (const item of base.items.keys()) {
      const n = base.hour.subarray(base.start[item], base.start[item + 1]).indexOf(h);
      if (n >= 0)
        usd += base.onDemandUsd[base.start[item]! + n]! * level[levelsAt(paths, s, t) + groupOf[item]!]!;
    }
  }
  return usd;
}

const YEARLY = [0, 1, 2].map((year) => ({ hour: year * YEAR, learns: true }));

test("1, 3 and 9 nodes; each scenario is in one of every stage, and its parent holds it too", () => {
  const { nodes, stageStart } = treeOf(sampled(200), YEARLY);
  expect(stageStart).toEqual([0, YEAR, 2 * YEAR]);
  expect(nodes.map(({ stage }) => stage)).toEqual([0, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2]);
  for (const stage of [0, 1, 2]) {
    const own = nodes.filter((node) => node.stage === stage).flatMap(({ scenarios }) => [...scenarios]);
    expect(own.toSorted((a, b) => a - b)).toEqual([...Array(200).keys()]);
  }
  for (const { stage, parent, scenarios } of nodes.slice(1)) {
    expect(nodes[parent]!.stage).toBe(stage - 1);
    expect([...scenarios].every((s) => nodes[parent]!.scenarios.includes(s))).toBe(true);
    // A third, to one future.
    expect(Math.abs(scenarios.length - nodes[parent]!.scenarios.length / 3)).toBeLessThanOrEqual(1);
  }
});

test("a node's scenarios have spent less in the weeks before than those of the next", () => {
  const paths = sampled(60);
  const { nodes } = treeOf(paths, YEARLY);
  for (const stage of [1, 2]) {
    for (const [n, { parent, scenarios }] of nodes.entries()) {
      const next = nodes[n + 1];
      if (nodes[n]!.stage !== stage || next?.parent !== parent) continue;
      const spent = (own: Int32Array): number[] => [...own].map((s) => spendBefore(paths, s, stage * YEAR));
      expect(Math.max(...spent(scenarios))).toBeLessThanOrEqual(
        Math.min(...spent(next.scenarios)) * (1 + 1e-9),
      );
    }
  }
});

test("what comes after a decision changes nothing in it", () => {
  const paths = sampled(90);
  const { nodes } = treeOf(paths, YEARLY);
  const level = paths.level.slice();
  const weekOfDecision = Math.floor(YEAR / 168);
  for (let s = 0; s < 90; s++) {
    for (let week = weekOfDecision; week < paths.weekCount; week++) {
      for (let group = 0; group < paths.groupCount; group++) {
        level[(s * paths.weekCount + week) * paths.groupCount + group]! *= 1 + (s % 7);
      }
    }
  }
  const changed = treeOf({ ...paths, level }, YEARLY).nodes;
  expect(changed.slice(0, 4)).toEqual(nodes.slice(0, 4));
  expect(changed.slice(4)).not.toEqual(nodes.slice(4));
});

test("few scenarios make few nodes, unlikely ones weigh little, and the same scenarios make the same tree", () => {
  expect(treeOf(sampled(1), YEARLY).nodes).toHaveLength(3);
  expect(treeOf(sampled(2), YEARLY).nodes.every(({ scenarios }) => scenarios.length > 0)).toBe(true);
  const paths = sampled(30);
  expect(treeOf(paths, YEARLY)).toEqual(treeOf(paths, YEARLY));
  const probability = paths.probability.map((_, s) => (s === 0 ? 0.71 : 0.01));
  const { nodes } = treeOf({ ...paths, probability }, YEARLY);
  const withFirst = nodes.filter(({ stage, scenarios }) => stage === 1 && scenarios.includes(0));
  expect(withFirst).toHaveLength(1);
  expect(withFirst[0]!.scenarios.length).toBeLessThan(30);
});

test("a stage that does not learn goes on with what is known", () => {
  const [now, ...later] = YEARLY;
  const { nodes } = treeOf(sampled(60), [now!, { hour: 3_000, learns: false }, ...later]);
  expect(nodes.map(({ stage }) => stage)).toEqual([0, 1, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3]);
  expect(nodes[1]!.scenarios).toEqual(nodes[0]!.scenarios);
});
