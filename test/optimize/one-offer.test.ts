import { OPEN_SHARING } from "../../src/domain/sharing.ts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cvarUsd, meanUsd } from "../../src/domain/risk.ts";
import { asCommitmentUsd } from "../../src/domain/units.ts";
import { oneOffer, oneOfferSearch, savingsAt } from "../../src/optimize/one-offer.ts";
import { solveProgram } from "../../src/optimize/solve-program.ts";
import { bootstrap } from "../../src/scenario/bootstrap.ts";
import { sampledHours } from "../../src/scenario/sample.ts";
import { prepareScenarioSettlement } from "../../src/settlement/prepare-scenarios.ts";
import { settleScenarios } from "../../src/settlement/scenarios.ts";
import { demandOf, skuNamed } from "../scenario/histories.ts";

const FAMILIES = ["p3", "m5", "g5"];
const usageArbitrary = fc.array(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 72, maxLength: 72 }), {
  minLength: 1,
  maxLength: 3,
});
const caseArbitrary = fc.record({
  usage: usageArbitrary,
  ratio: fc.array(fc.integer({ min: 30, max: 95 }), { minLength: 3, maxLength: 3 }),
  seed: fc.integer({ min: 1, max: 1_000 }),
  aversion: fc.constantFrom(0, 0.2, 0.5, 1),
  weight: fc.constantFrom(1, 1.1),
});

const prepared = ({ usage, ratio, seed }: { usage: number[][]; ratio: number[]; seed: number }) => {
  const ratioOf = Float64Array.from(usage, (_, n) => ratio[n]! / 100);
  const horizonHours = 200;
  const { paths } = bootstrap(demandOf(...usage), { horizonHours, scenarios: 12, seed, growth: null });
  return { ratioOf, paths, horizonHours };
};

test("what it saves is what AWS's rule settles, hour by hour", () => {
  fc.assert(
    fc.property(caseArbitrary, fc.double({ min: 0, max: 40, noNaN: true }), (given, commitment) => {
      const { ratioOf, paths, horizonHours } = prepared(given);
      const { savedUsd } = savingsAt(oneOffer(paths, ratioOf), commitment);
      const rates = { ratio: ratioOf, savingsPlanRateUsd: ratioOf, source: given.usage.map(() => null) };
      const plan = {
        ownerAccount: "1",
        rates,
        commitmentUsdPerHour: asCommitmentUsd(0),
        activeFrom: 0,
        activeTo: horizonHours,
      };
      const skus = FAMILIES.map((family) => skuNamed(`USE1-Host:ml.${family}.xlarge`));
      const settlement = prepareScenarioSettlement(sampledHours(paths, horizonHours), skus, [plan], {
        sharing: OPEN_SHARING,
        firstNew: 0,
      });
      const settled = settleScenarios(settlement, Float64Array.of(commitment));
      for (const [s, { coveredOnDemandUsd, commitmentUsd }] of settled.entries()) {
        expect(savedUsd[s]).toBeCloseTo(coveredOnDemandUsd[0]! - commitmentUsd[0]!, 6);
      }
    }),
    { numRuns: 60, seed: 4 },
  );
});

describe("the optimum", () => {
  test("no point of a fine grid is better, and none is below the bound", () => {
    fc.assert(
      fc.property(caseArbitrary, (given) => {
        const { ratioOf, paths } = prepared(given);
        const offer = oneOffer(paths, ratioOf, { weight: given.weight });
        const risk = { aversion: given.aversion, tail: 0.8 };
        const best = oneOfferSearch(offer).best(risk, 1e-9);
        const lossAt = (c: number): number => {
          const loss = savingsAt(offer, c).savedUsd.map((usd) => 0 - usd);
          const mean = meanUsd(loss, paths.probability);
          return (1 - risk.aversion) * mean + risk.aversion * cvarUsd(loss, paths.probability, risk.tail);
        };
        const scale = 1e-7 * (1 + Math.abs(best.lossUsd));
        expect(lossAt(best.commitmentUsdPerHour)).toBeCloseTo(best.lossUsd, 6);
        expect(best.boundUsd).toBeLessThanOrEqual(best.lossUsd + scale);
        const end = 2 * best.commitmentUsdPerHour + 1;
        for (let n = 0; n <= 200; n++) {
          expect(lossAt((end * n) / 200)).toBeGreaterThanOrEqual(best.boundUsd - scale);
          expect(lossAt((end * n) / 200)).toBeGreaterThanOrEqual(
            best.lossUsd - 1e-6 * (1 + Math.abs(best.lossUsd)),
          );
        }
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  test("is that of the whole program on the hours written out", async () => {
    for (let seed = 1; seed <= 8; seed++) {
      const usage = [1, 2, 3].map((n) =>
        Array.from({ length: 96 }, (_, h) => ((h * 7 * n + seed * h * h) % 23) + n),
      );
      const { ratioOf, paths, horizonHours } = prepared({ usage, ratio: [40, 60, 75], seed });
      const rates = { ratio: ratioOf, savingsPlanRateUsd: ratioOf, source: usage.map(() => null) };
      const risk = { aversion: 0.4, tail: 0.9 };
      const set = sampledHours(paths, horizonHours);
      const baselineUsd = Float64Array.from(paths.probability, (_, s) =>
        set.base.onDemandUsd.reduce(
          (sum, usd, n) => (Math.floor(set.base.hour[n]! / horizonHours) === s ? sum + usd : sum),
          0,
        ),
      );
      const solution = await solveProgram({
        scenarios: set,
        owned: [],
        offers: [
          { ownerAccount: "1", rates, activeFrom: 0, activeHours: horizonHours, weight: 1, upfrontUsd: 0 },
        ],
        sharing: OPEN_SHARING,
        risk,
        limits: { minUtilization: 0, maxCommitmentUsdPerHour: Infinity, maxUpfrontUsd: Infinity },
        baselineUsd,
      });
      const best = oneOfferSearch(oneOffer(paths, ratioOf)).best(risk, 1e-9);
      const baseline = meanUsd(baselineUsd, paths.probability);
      expect(baseline + best.lossUsd).toBeCloseTo(solution.upperBoundUsd, 2);
    }
  });

  test("nothing to cover, or nothing worth it: no commitment", () => {
    const none = prepared({ usage: [Array.from({ length: 72 }, () => 0)], ratio: [50, 50, 50], seed: 1 });
    expect(oneOfferSearch(oneOffer(none.paths, none.ratioOf)).best({ aversion: 0, tail: 0.9 })).toMatchObject(
      {
        commitmentUsdPerHour: asCommitmentUsd(0),
        lossUsd: 0,
      },
    );
    const dear = prepared({ usage: [Array.from({ length: 72 }, () => 5)], ratio: [101, 50, 50], seed: 1 });
    const best = oneOfferSearch(oneOffer(dear.paths, dear.ratioOf)).best({ aversion: 0, tail: 0.9 });
    expect(best.commitmentUsdPerHour).toBe(0);
  });
});
