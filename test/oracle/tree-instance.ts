/** Random programs over time, each from a seed, small enough for their extensive form. */
import { hoursOfNode, sliceOf, type ScenarioTree } from "../../src/domain/scenario-tree.ts";
import type { Program } from "../../src/optimize/program.ts";
import { ownedWithin, type TreeOffer, type TreeProgram } from "../../src/optimize/tree-program.ts";
import { scenarioCostsUsd } from "./extensive-program.ts";
import { drawn, NEUTRAL, NO_LIMITS } from "./program-instance.ts";
import { seededRandom } from "../../scripts/fixtures/random.ts";

/** Three stages; the scenarios of a node fall to up to three of the next by turns. */
function threeStages(hourCount: number, scenarios: number): ScenarioTree {
  const third = Math.round(hourCount / 3);
  const tree = { stageStart: [0, third, 2 * third], nodes: [] as ScenarioTree["nodes"][number][] };
  const grow = (stage: number, parent: number, own: number[]): void => {
    const n = tree.nodes.push({ stage, parent, scenarios: Int32Array.from(own) }) - 1;
    if (stage === 2) return;
    for (let part = 0; part < 3; part++) {
      const child = own.filter((_, i) => i % 3 === part);
      if (child.length > 0) grow(stage + 1, n, child);
    }
  };
  grow(0, -1, [...Array(scenarios).keys()]);
  return tree;
}

/** What the node's hours cost with nothing new, USD; with a little more, as AWS's rule would have it, in every second seed. */
export function withBaseline(program: Omit<TreeProgram, "baselineUsd">, dearer = 1): TreeProgram {
  const { scenarios, tree, owned, offers, sharing } = program;
  const baselineUsd = tree.nodes.map((node) => {
    const hours = hoursOfNode(tree, node, scenarios);
    const slice: Program = {
      scenarios: sliceOf(scenarios, tree, node),
      owned: ownedWithin(owned, hours),
      offers: offers.map((offer) => ({ ...offer, activeFrom: 0, activeHours: hours.to - hours.from })),
      sharing,
      risk: NEUTRAL,
      limits: NO_LIMITS,
      baselineUsd: new Float64Array(node.scenarios.length),
    };
    return Float64Array.from(
      scenarioCostsUsd(
        slice,
        offers.map(() => 0),
      ),
      (usd) => usd * dearer,
    );
  });
  return { ...program, baselineUsd };
}

/** Two to four offers, half of which last; owned plans that end; the tail; limits: by turns. */
export function treeInstance(seed: number): TreeProgram {
  const random = seededRandom(seed);
  const { program } = drawn(seed, {
    offers: 2 + (seed % 3),
    owned: seed % 3,
    hours: [24, 36][seed % 2]!,
    scenarios: [9, 5, 12, 3, 18][seed % 5]!,
    accounts: 1,
    skus: 4,
  });
  const offers = program.offers.map((offer, k): TreeOffer => {
    const lasts = k % 2 === 1;
    const ratio = offer.rates.ratio.map((each) => each * (lasts ? 0.75 : 1));
    return {
      ...offer,
      termHours: lasts ? program.scenarios.hourCount : Math.round(program.scenarios.hourCount / 3),
      rates: { ...offer.rates, ratio },
      weight: seed % 4 === 1 ? 1 + 0.1 * random() : 1,
      upfrontUsd: k > 0 ? program.scenarios.hourCount / (lasts ? 1 : 3) : 0,
    };
  });
  const tree = threeStages(program.scenarios.hourCount, program.scenarios.probability.length);
  const meanUsd =
    program.scenarios.base.onDemandUsd.reduce((sum, usd) => sum + usd, 0) / program.scenarios.base.hourCount;
  return withBaseline(
    {
      scenarios: program.scenarios,
      tree,
      decides: tree.stageStart.map(() => true),
      owned: program.owned,
      offers,
      sharing: program.sharing,
      risk: [NEUTRAL, { aversion: 0.2, tail: 0.9 }, { aversion: 0.6, tail: 0.7 }, { aversion: 1, tail: 0.5 }][
        seed % 4
      ]!,
      limits: {
        maxCommitmentUsdPerHour: seed % 6 === 2 ? 0.25 * meanUsd : Infinity,
        maxUpfrontUsd: seed % 6 === 5 ? 2 * meanUsd : Infinity,
      },
    },
    seed % 2 === 0 ? 1.01 : 1,
  );
}
