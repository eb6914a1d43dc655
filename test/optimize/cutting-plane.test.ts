import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { costUsd } from "../../src/domain/kpi.ts";
import { certify } from "../../src/optimize/cutting-plane.ts";
import { bestCommitment } from "../../src/optimize/optimum.ts";
import { cutAt, prepareRecourse, type Recourse } from "../../src/optimize/recourse.ts";
import { settle } from "../../src/settlement/settle.ts";
import { avoidedOnDemand } from "../../src/settlement/sweep.ts";
import { settledTotals } from "../../src/settlement/totals.ts";
import { solveExtensiveForm } from "../oracle/extensive-form.ts";
import {
  demandOf,
  instanceArbitrary,
  planOf,
  ratesOf,
  wideInstance,
  type Instance,
} from "../oracle/instance.ts";

const recourseOf = ({ demand, plans, offer, sharing }: Instance): Recourse =>
  prepareRecourse({ demand, owned: plans, offer, sharing });

/** The optimum under AWS's rule, and its settled cost with `weight` on the new commitment. */
function settledOptimum(
  instance: Instance,
  weight: number,
): { commitmentUsdPerHour: number; costUsd: number } {
  const { demand, skus, plans, offer, sharing } = instance;
  const avoided = avoidedOnDemand(demand, skus, plans, offer, { sharing });
  const { commitmentUsdPerHour } = bestCommitment(avoided, { hours: demand.hourCount, weight });
  const all = [...plans, planOf(instance, commitmentUsdPerHour)];
  const totals = settledTotals(demand, all, settle(demand, skus, all, { sharing }));
  const surcharge = (weight - 1) * demand.hourCount * commitmentUsdPerHour;
  return { commitmentUsdPerHour, costUsd: costUsd(totals) + surcharge };
}

const extensive = (instance: Instance, weight: number, fixedCommitment: number | null) =>
  solveExtensiveForm({ ...instance, owned: instance.plans, weight, fixedCommitment });

const commitmentArbitrary = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 60, noNaN: true }));
const weightArbitrary = fc.constantFrom(1, 1.2);

/** Money of different solvers: HiGHS works to 1e-9 of its own scale. */
const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6 * (1 + Math.abs(b));

describe("cutAt", () => {
  test("touches the recourse cost at its own commitment: the extensive form with C held", () => {
    fc.assert(
      fc.property(instanceArbitrary({ maxPlans: 3 }), commitmentArbitrary, (instance, c) => {
        const recourse = recourseOf(instance);
        const { interceptUsd, slope } = cutAt(recourse, c);
        const cost = recourse.ownedUsd + instance.demand.hourCount * c + interceptUsd + slope * c;
        const exact = extensive(instance, 1, c).costUsd;
        expect(cost).toBeLessThanOrEqual(exact + 1e-7 * (1 + exact));
        expect(near(cost, exact)).toBe(true);
      }),
      { seed: 31, numRuns: 300 },
    );
  });

  test("lies below the settled cost of every other commitment", () => {
    fc.assert(
      fc.property(
        instanceArbitrary({ maxPlans: 3 }),
        commitmentArbitrary,
        commitmentArbitrary,
        (instance, c, other) => {
          const { demand, skus, plans, sharing } = instance;
          const recourse = recourseOf(instance);
          const { interceptUsd, slope } = cutAt(recourse, c);
          const all = [...plans, planOf(instance, other)];
          const settledUsd = costUsd(settledTotals(demand, all, settle(demand, skus, all, { sharing })));
          const cutUsd = recourse.ownedUsd + demand.hourCount * other + interceptUsd + slope * other;
          expect(cutUsd).toBeLessThanOrEqual(settledUsd + 1e-9 * (1 + settledUsd));
        },
      ),
      { seed: 32, numRuns: 1_000 },
    );
  });

  test("the worked examples of recourse.ts and several-plans.ts", () => {
    const demand = demandOf(
      [0, 1].map((sku) => ({ account: "A", sku })),
      [[10], [20]],
    );
    const offer = { ownerAccount: "A", rates: ratesOf([0.5, 0.8]) };
    expect(cutAt(prepareRecourse({ demand, owned: [], offer, sharing: true }), 9)).toEqual({
      interceptUsd: 26.25,
      slope: -1.25,
    });

    const single = demandOf([{ account: "A", sku: 0 }], [[10]]);
    const half = { ownerAccount: "A", rates: ratesOf([0.5]) };
    const owned = [planOf({ demand: single, offer: half }, 1)];
    const cut = cutAt(prepareRecourse({ demand: single, owned, offer: half, sharing: true }), 1);
    expect(cut.interceptUsd + cut.slope).toBeCloseTo(6, 9);
  });
});

describe("certify", () => {
  test("from C = 0 without a hint: the program's optimum is the piecewise-linear one (one plan, none owned)", async () => {
    // Without sharing the owner's own usage is all there is: AWS's order is then the best one.
    await fc.assert(
      fc.asyncProperty(
        instanceArbitrary({ maxPlans: 0, sharing: false }),
        weightArbitrary,
        async (instance, weight) => {
          const settled = settledOptimum(instance, weight);
          const recourse = recourseOf(instance);
          const { certificate, commitmentUsdPerHour } = await certify(recourse, { weight });
          expect(near(certificate.lowerBound, certificate.upperBound)).toBe(true);
          // AWS sells steps of 0.00001 $/h; the program may stop between two of them.
          const stepUsd = 1e-5 * weight * instance.demand.hourCount * 3;
          expect(Math.abs(certificate.upperBound - settled.costUsd)).toBeLessThanOrEqual(
            stepUsd + 1e-6 * settled.costUsd,
          );
          const { interceptUsd, slope } = cutAt(recourse, commitmentUsdPerHour);
          const costThere =
            interceptUsd + (weight * instance.demand.hourCount + slope) * commitmentUsdPerHour;
          expect(near(costThere, certificate.lowerBound)).toBe(true);
        },
      ),
      { seed: 41, numRuns: 300 },
    );
  });

  test("the gap is 0 for one plan: the settled optimum is the best any assignment could do", async () => {
    await fc.assert(
      fc.asyncProperty(
        instanceArbitrary({ maxPlans: 0, sharing: true }),
        weightArbitrary,
        async (drawn, weight) => {
          // Owned by the payer, who uses nothing: no account goes first.
          const instance: Instance = { ...drawn, offer: { ...drawn.offer, ownerAccount: "payer" } };
          const candidate = settledOptimum(instance, weight);
          const { certificate } = await certify(recourseOf(instance), { weight, candidate });
          expect(certificate.upperBound).toBe(candidate.costUsd);
          // A commitment below 0.001 $/h may be the best and cannot be bought: in these tiny demands that shows.
          const unsellableUsd = 1e-3 * weight * instance.demand.hourCount;
          const slack =
            candidate.commitmentUsdPerHour === 0 ? unsellableUsd : 1e-5 * instance.demand.hourCount;
          expect(certificate.upperBound - certificate.lowerBound).toBeLessThanOrEqual(
            slack + 1e-6 * candidate.costUsd,
          );
        },
      ),
      { seed: 42, numRuns: 300 },
    );
  });

  test("lower bound ≤ extensive form ≤ settled cost, around owned plans", async () => {
    await fc.assert(
      fc.asyncProperty(instanceArbitrary({ maxPlans: 3 }), weightArbitrary, async (instance, weight) => {
        const candidate = settledOptimum(instance, weight);
        const exact = extensive(instance, weight, null);
        const { certificate } = await certify(recourseOf(instance), { weight, candidate });
        expect(certificate.lowerBound).toBeLessThanOrEqual(exact.costUsd + 1e-7 * (1 + exact.costUsd));
        expect(exact.costUsd).toBeLessThanOrEqual(candidate.costUsd + 1e-7 * (1 + candidate.costUsd));
        // And the bound is worth having: it leaves open little of what the extensive form leaves open.
        const open = candidate.costUsd - exact.costUsd;
        expect(exact.costUsd - certificate.lowerBound).toBeLessThanOrEqual(
          0.05 * open + 1e-6 * (1 + exact.costUsd),
        );
      }),
      { seed: 43, numRuns: 300 },
    );
  });

  test("finds the same bound with and without a candidate, of demands with many items", async () => {
    for (let seed = 1; seed <= 40; seed++) {
      const instance = wideInstance(seed);
      const alone = await certify(recourseOf(instance), { weight: 1 });
      const candidate = settledOptimum(instance, 1);
      const beside = await certify(recourseOf(instance), { weight: 1, candidate });
      expect(alone.certificate.relativeGap).toBeLessThanOrEqual(1e-7);
      expect(beside.certificate.lowerBound).toBeLessThanOrEqual(alone.certificate.upperBound * (1 + 1e-8));
      const open = candidate.costUsd - alone.certificate.upperBound;
      expect(beside.certificate.lowerBound).toBeGreaterThanOrEqual(
        alone.certificate.lowerBound - 0.05 * open,
      );
    }
  });

  test("a year of smooth demand: a gap of 1e-8 in a dozen iterations from C = 0", async () => {
    const hours = Array.from({ length: 8_760 }, (_, h) => h);
    const usage = [5, 3, 2, 1].map((level, item) =>
      hours.map((h) => level * (1.5 + Math.sin((h * (item + 1)) / 24) * Math.cos(h / (7 + item)))),
    );
    const demand = demandOf(
      usage.map((_, sku) => ({ account: "A", sku })),
      usage,
    );
    const offer = { ownerAccount: "A", rates: ratesOf([0.4, 0.55, 0.6, 0.7]) };
    const recourse = prepareRecourse({ demand, owned: [], offer, sharing: true });
    const { certificate } = await certify(recourse, { weight: 1 });
    expect(certificate.relativeGap).toBeLessThan(1e-8);
    expect(certificate.iterations).toBeLessThan(25);
    expect(certificate.solver).toBe("javascript-lp-solver");
  });

  test("demand that is not worth a commitment needs no solver", async () => {
    const demand = demandOf([{ account: "A", sku: 0 }], [[90, 0, 0, 0]]);
    const offer = { ownerAccount: "A", rates: ratesOf([0.55]) };
    const { certificate, commitmentUsdPerHour } = await certify(
      prepareRecourse({ demand, owned: [], offer, sharing: true }),
      { weight: 1, candidate: { commitmentUsdPerHour: 0, costUsd: 90 } },
    );
    expect(commitmentUsdPerHour).toBe(0);
    expect(certificate).toEqual({
      lowerBound: 90,
      upperBound: 90,
      relativeGap: 0,
      solver: "none needed",
      iterations: 0,
    });
  });
});
