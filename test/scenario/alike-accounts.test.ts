/** Accounts that share plans alike, added up: every plan's dollars are what they are account by account. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NO_SHARING, OPEN_SHARING } from "../../src/domain/sharing.ts";
import type { PlanTerms } from "../../src/domain/commitment.ts";
import type { Demand } from "../../src/domain/usage.ts";
import { withAlikeAccounts } from "../../src/scenario/alike-accounts.ts";
import { bootstrap } from "../../src/scenario/bootstrap.ts";
import { sampledHours } from "../../src/scenario/sample.ts";
import { prepareScenarioSettlement } from "../../src/settlement/prepare-scenarios.ts";
import { settleScenarios } from "../../src/settlement/scenarios.ts";
import { instanceArbitrary, type Instance } from "../oracle/instance.ts";

const RUNS = { seed: 4, numRuns: 300 };

const ownersOf = (plans: readonly PlanTerms[]): Set<string> =>
  new Set(plans.map(({ ownerAccount }) => ownerAccount));

/** As many days as there are hours, so that there is something to sample. */
const inDays = ({ items, start, hour, onDemandUsd, hourCount }: Demand): Demand => ({
  hourCount: hourCount * 24,
  items,
  start,
  hour: hour.map((h) => h * 24),
  onDemandUsd: onDemandUsd.map((usd) => Math.max(0, usd)),
});

const pathsOf = ({ demand }: Instance) =>
  bootstrap(inDays(demand), { horizonHours: 24 * 30, scenarios: 3, seed: 5, growth: null }).paths;

describe("with sharing open", () => {
  test("what each plan covers and uses, and what is left, is the same", () => {
    let merged = 0;
    fc.assert(
      fc.property(instanceArbitrary({ maxPlans: 4 }), (instance) => {
        const { plans, skus } = instance;
        const paths = pathsOf(instance);
        const alike = withAlikeAccounts(paths, OPEN_SHARING, ownersOf(plans));
        if (alike.base.items.length < paths.base.items.length) merged++;
        const settled = [paths, alike].map((each) => {
          const set = sampledHours(each, 40);
          const lasting = plans.map((plan) => ({ ...plan, activeFrom: 0, activeTo: 24 * 30 }));
          const options = { sharing: OPEN_SHARING, firstNew: 0 };
          const commitments = Float64Array.from(plans, (plan) => plan.commitmentUsdPerHour);
          return settleScenarios(prepareScenarioSettlement(set, skus, lasting, options), commitments);
        });
        const [apart, together] = settled;
        for (const [s, each] of apart!.entries()) {
          const other = together![s]!;
          const digits = 1e-9 * (1 + each.onDemandUsd);
          expect(Math.abs(each.leftUsd - other.leftUsd)).toBeLessThanOrEqual(digits);
          for (const k of plans.keys()) {
            expect(Math.abs(each.usedUsd[k]! - other.usedUsd[k]!)).toBeLessThanOrEqual(digits);
            expect(Math.abs(each.coveredOnDemandUsd[k]! - other.coveredOnDemandUsd[k]!)).toBeLessThanOrEqual(
              digits,
            );
          }
        }
      }),
      RUNS,
    );
    expect(merged).toBeGreaterThan(20);
  });

  test("accounts that own plans stay by themselves, and no dollar is lost", () => {
    const base: Demand = {
      hourCount: 24,
      items: ["a", "b", "c", "owner"].map((account) => ({ account, sku: 0 })),
      start: Int32Array.of(0, 1, 2, 3, 4),
      hour: Int32Array.of(0, 0, 5, 0),
      onDemandUsd: Float64Array.of(1, 2, 4, 8),
    };
    const { paths } = bootstrap(base, { horizonHours: 24, scenarios: 1, seed: 1, growth: null });
    const alike = withAlikeAccounts(paths, OPEN_SHARING, new Set(["owner"]));
    expect(alike.base.items.map(({ account }) => account)).toEqual(["a", "owner"]);
    expect([...alike.base.start]).toEqual([0, 2, 3]);
    expect([...alike.base.hour]).toEqual([0, 5, 0]);
    expect([...alike.base.onDemandUsd]).toEqual([3, 4, 8]);
  });
});

test("without sharing every account is asked by itself", () => {
  fc.assert(
    fc.property(instanceArbitrary({ maxPlans: 2 }), (instance) => {
      const paths = pathsOf(instance);
      expect(withAlikeAccounts(paths, NO_SHARING, ownersOf(instance.plans))).toBe(paths);
    }),
    { seed: 5, numRuns: 20 },
  );
});
