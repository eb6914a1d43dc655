/**
 * A hand-made result over 40 futures that can be checked with a pocket calculator. Usage is flat within each future, at On-Demand
 * rates 4.00, 4.50 … 23.50 $/h, all equally probable; each offering has one rate ratio. No plans owned; at most $26,280 upfront,
 * which is $3/h of 1-year All Upfront and covers the first $5/h of usage. From there on 1-year No Upfront, ratio 0.76, pays as
 * long as 0.9 · P(usage above) > 0.76 at risk aversion 0.1: up to $7/h (0.9 · 34/40 = 0.765), so $1.52/h of it.
 */
import type { Purchase } from "../../src/domain/documents/purchase.ts";
import type { HourlyUse } from "../../src/domain/hourly-use.ts";
import {
  OFFERINGS,
  offeringLabel,
  TERM_HOURS,
  TERM_MONTHS,
  UPFRONT_SHARE,
} from "../../src/domain/offering.ts";
import type { Offering } from "../../src/domain/offering.ts";
import type { Alternative, Expected, Risk } from "../../src/domain/documents/outcome.ts";
import type { Recommendation } from "../../src/domain/documents/recommendation.ts";
import type { Certificate } from "../../src/domain/documents/certificate.ts";
import { flatCashFlows } from "./sample-cash-flow.ts";
import { sampleRecommendation, worthOf } from "./sample.ts";

const HOURS = 8_760;
const USAGE = Array.from({ length: 40 }, (_, s) => 4 + s / 2);
/** The worst tenth: usage of 4.00 to 5.50 $/h. */
const WORST = 4;
const RISK_AVERSION = 0.1;
const MAX_UPFRONT_USD = 26_280;
const RATIO: Record<string, number> = {
  "1yr no-upfront": 0.76,
  "1yr partial-upfront": 0.7,
  "1yr all-upfront": 0.6,
  "3yr no-upfront": 0.6,
  "3yr partial-upfront": 0.55,
  "3yr all-upfront": 0.5,
};
const [NO_UPFRONT, , ALL_UPFRONT, THREE_YEARS] = OFFERINGS;

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

const ratioOf = (offering: Offering): number => RATIO[offeringLabel(offering)]!;

function buy(offering: Offering, commitmentUsdPerHour: number): Purchase {
  const upfrontShare = UPFRONT_SHARE[offering.paymentOption];
  return {
    ...offering,
    commitmentUsdPerHour,
    upfrontUsd: Math.round(commitmentUsdPerHour * TERM_HOURS[offering.term] * upfrontShare * 100) / 100,
    start: "2026-10-01T00:00:00Z",
    account: "111122223333",
  };
}

/** A stream of $1 an hour over the term, paid at its start, at 8 % a year: 1.0390 for one year, 1.1199 for three. */
function weightOf({ term, paymentOption }: Offering): number {
  const years = TERM_MONTHS[term] / 12;
  const early = (years * Math.log(1.08)) / (1 - 1.08 ** -years);
  return 1 + UPFRONT_SHARE[paymentOption] * (early - 1);
}

/** $/h: what is covered, the commitment used and paid, in a future of this usage; the deepest discount is used first. */
function settle(
  purchases: readonly Purchase[],
  usage: number,
): { covered: number; used: number; paid: number } {
  const sum = { covered: 0, used: 0, paid: 0 };
  for (const purchase of purchases.toSorted((a, b) => ratioOf(a) - ratioOf(b))) {
    const covered = Math.min(usage - sum.covered, purchase.commitmentUsdPerHour / ratioOf(purchase));
    sum.covered += covered;
    sum.used += covered * ratioOf(purchase);
    sum.paid += purchase.commitmentUsdPerHour;
  }
  return sum;
}

/** USD over the horizon, smallest usage first. */
const savings = (purchases: readonly Purchase[]): number[] =>
  USAGE.map((usage) => {
    const { covered, paid } = settle(purchases, usage);
    return (covered - paid) * HOURS;
  });

const capitalCost = (purchases: readonly Purchase[]): number =>
  purchases.reduce((sum, p) => sum + p.commitmentUsdPerHour * HOURS * (weightOf(p) - 1), 0);

function expectedOf(purchases: readonly Purchase[]): Expected {
  const settled = USAGE.map((usage) => settle(purchases, usage));
  const onDemandUsd = mean(USAGE) * HOURS;
  const netSavingsUsd = mean(savings(purchases));
  const paid = settled[0]!.paid;
  const used = mean(settled.map((each) => each.used));
  const covered = mean(settled.map((each) => each.covered));
  const upfront = purchases.reduce((sum, p) => sum + p.upfrontUsd, 0);
  const early = purchases.reduce(
    (sum, p) => sum + p.commitmentUsdPerHour * UPFRONT_SHARE[p.paymentOption],
    0,
  );
  const cashPerMonth = (netSavingsUsd / HOURS + early) * 730;
  return {
    onDemandUsd,
    costUsd: onDemandUsd - netSavingsUsd,
    netSavingsUsd,
    savingsRate: netSavingsUsd / onDemandUsd,
    effectiveSavingsRate: netSavingsUsd / onDemandUsd,
    utilization: paid > 0 ? used / paid : 0,
    coverage: (covered * HOURS) / onDemandUsd,
    breakEvenMonth: cashPerMonth > 0 ? Math.max(1, Math.ceil(upfront / cashPerMonth)) : null,
    hoursUnderused: mean(settled.map((each) => (each.used < each.paid - 1e-9 ? HOURS : 0))),
    breakEvenUtilization: covered > 0 ? used / covered : 0,
    capitalCostUsd: capitalCost(purchases),
  };
}

function riskOf(purchases: readonly Purchase[]): Risk {
  const sorted = savings(purchases).toSorted((a, b) => a - b);
  const total = purchases.reduce((sum, p) => sum + p.commitmentUsdPerHour, 0);
  const months = purchases.reduce((sum, p) => sum + p.commitmentUsdPerHour * TERM_MONTHS[p.term], 0);
  return {
    tail: 0.9,
    cvarLossUsd: -mean(sorted.slice(0, WORST)),
    probabilityOfLoss: mean(sorted.map((usd) => (usd < 0 ? 1 : 0))),
    netSavingsUsdP5: sorted[1]!,
    netSavingsUsdP50: sorted[19]!,
    netSavingsUsdP95: sorted[37]!,
    netSavingsStandardErrorUsd: null,
    netSavingsP5StandardErrorUsd: null,
    cvarStandardErrorUsd: null,
    lockInMonths: total > 0 ? months / total : 0,
  };
}

/** Risk-adjusted saving after the cost of capital: what is maximised. */
export function worth(purchases: readonly Purchase[], riskAversion: number): number {
  const all = savings(purchases);
  const risky = (1 - riskAversion) * mean(all) + riskAversion * mean(all.slice(0, WORST));
  return risky - capitalCost(purchases);
}

const best = (candidates: readonly Purchase[][], riskAversion: number): Purchase[] =>
  candidates
    .map((purchases) => ({ purchases, usd: worth(purchases, riskAversion) }))
    .reduce((a, b) => (b.usd > a.usd ? b : a)).purchases;

/** All Upfront for the first part of the usage, No Upfront up to some future's usage. */
const cover = (early: number, all: number): Purchase[] => [
  ...(all > early ? [buy(NO_UPFRONT!, Math.round((all - early) * 76_000) / 1e5)] : []),
  ...(early > 0 ? [buy(ALL_UPFRONT!, Math.round(early * 60_000) / 1e5)] : []),
];

const MIXES = [0, 4, 4.5, 5].flatMap((early) =>
  [early, ...USAGE.filter((usage) => usage > early)].map((all) => cover(early, all)),
);

/** One offering alone, as much as the cash allows. */
function alone(offering: Offering): Purchase[] {
  const most = MAX_UPFRONT_USD / buy(offering, 1).upfrontUsd;
  const levels = USAGE.map((usage) => Math.min(most, Math.floor(usage * ratioOf(offering) * 1e5) / 1e5));
  return best(
    levels.map((level) => [buy(offering, level)]),
    RISK_AVERSION,
  );
}

const alternative = (
  kind: Alternative["kind"],
  label: string,
  purchases: Purchase[],
  allowed = true,
): Alternative => ({
  kind,
  label,
  purchases,
  expected: expectedOf(purchases),
  risk: riskOf(purchases),
  certificate: null,
  allowed,
  rateShares: { file: 1, bill: 0, illustrative: 0 },
});

const ANSWER = best(MIXES, RISK_AVERSION);
const RISK_NEUTRAL = best(MIXES, 0);
const NOTHING_USD = mean(USAGE) * HOURS;
const LOWER_BOUND_USD = (NOTHING_USD - worth(ANSWER, RISK_AVERSION)) * (1 - 0.0026);

/** The search left 0.01 % open; what else lies above the lower bound is the settlement's. */
function certificateOf(purchases: readonly Purchase[]): Certificate {
  const upperBound = NOTHING_USD - worth(purchases, RISK_AVERSION);
  const relativeGap = (upperBound - LOWER_BOUND_USD) / upperBound;
  return {
    lowerBound: LOWER_BOUND_USD,
    upperBound,
    relativeGap,
    lpGap: 0.0001,
    settlementGap: relativeGap - 0.0001,
    solver: "javascript-lp-solver",
    iterations: 23,
    hoursSolvedAnotherWay: 12,
  };
}

const curveOf = (purchases: readonly Purchase[]): Recommendation["curve"] =>
  Array.from({ length: 41 }, (_, n) => {
    const scaled = purchases.map((p) => ({ ...p, commitmentUsdPerHour: (p.commitmentUsdPerHour * n) / 20 }));
    const { netSavingsUsd, utilization, coverage } = expectedOf(scaled);
    const commitmentUsdPerHour = scaled.reduce((sum, p) => sum + p.commitmentUsdPerHour, 0);
    return {
      commitmentUsdPerHour,
      netSavingsUsd,
      cvarLossUsd: riskOf(scaled).cvarLossUsd,
      utilization,
      coverage,
    };
  });

/** To know the usage: All Upfront for the first $5/h, No Upfront for the rest. To plan for the mean usage: the same of $13.75/h. */
function information(): Recommendation["information"] {
  const bestWorth = worth(RISK_NEUTRAL, 0);
  const known = USAGE.map((usage) => {
    const purchases = cover(Math.min(5, usage), usage);
    const { covered, paid } = settle(purchases, usage);
    return (covered - paid) * HOURS - capitalCost(purchases);
  });
  return { evpiUsd: mean(known) - bestWorth, vssUsd: bestWorth - worth(cover(5, mean(USAGE)), 0) };
}

const OFFERINGS_ALONE = OFFERINGS.map((offering) =>
  alternative("offering", offeringLabel(offering), alone(offering), offering.term === "1yr"),
);

/** A third of each plan in the first month, two in the second, all of it from then on. */
function ladder(): NonNullable<Recommendation["ladder"]> {
  const thirds = (n: number): Purchase[] =>
    ANSWER.map((each) => ({ ...each, commitmentUsdPerHour: (each.commitmentUsdPerHour * n) / 3 }));
  /** `[scenario]` Net savings when the climb ends with so many thirds. */
  const saved = (last: number): number[] => {
    const rates = [1, 2, 3].map((n) => savings(thirds(Math.min(n, last))).map((usd) => usd / HOURS));
    return USAGE.map((_, s) => 730 * rates[0]![s]! + 730 * rates[1]![s]! + (HOURS - 1_460) * rates[2]![s]!);
  };
  const outcome = (usd: readonly number[]) => ({
    netSavingsUsd: mean(usd),
    cvarLossUsd: -mean(usd.toSorted((a, b) => a - b).slice(0, WORST)),
    probabilityOfLoss: mean(usd.map((each) => (each < 0 ? 1 : 0))),
  });
  const total = ANSWER.reduce((sum, p) => sum + p.commitmentUsdPerHour, 0);
  const starts = ["2026-10-01T00:00:00Z", "2026-10-31T10:00:00Z", "2026-11-30T20:00:00Z"];
  const ends = ["2027-10-01T00:00:00Z", "2027-10-31T10:00:00Z", "2027-11-30T20:00:00Z"];
  // Flat usage collapses in no future of its own; below half of the mean, 6.875, it is in the six lowest from the start.
  const low = USAGE.filter((usage) => usage < mean(USAGE) / 2).length;
  const calledOff = saved(3).map((usd, s) => (s < low ? saved(1)[s]! : usd));
  return {
    asked: 3,
    tranches: [1, 2, 3].flatMap((number) =>
      ANSWER.map((each) => ({
        number,
        term: each.term,
        paymentOption: each.paymentOption,
        commitmentUsdPerHour: Math.round((each.commitmentUsdPerHour / 3) * 1e5) / 1e5,
        upfrontUsd: Math.round((each.upfrontUsd / 3) * 100) / 100,
        start: starts[number - 1]!,
        end: ends[number - 1]!,
        afterPlan: null,
      })),
    ),
    atOnce: outcome(savings(ANSWER)),
    asPlanned: outcome(saved(3)),
    priceUsd: mean(savings(ANSWER)) - mean(saved(3)),
    calledOff: { ...outcome(calledOff), below: 0.5, probability: low / USAGE.length },
    steps: [1, 2, 3].map((number) => ({
      number,
      at: starts[number - 1]!,
      boundUsdPerHour: (total * number) / 3,
      callableUsdPerHour: (total * (3 - number)) / 3,
      boundUsd:
        (total / 3) * Array.from({ length: number }, (_, n) => 8_760 - 730 * n).reduce((a, b) => a + b, 0),
      boundAtOnceUsd: total * (8_760 - 730 * (number - 1)),
      lockInMonths: 12 - (number - 1) / 2,
      lockInMonthsAtOnce: 13 - number,
      ifLast: outcome(saved(number)),
    })),
  };
}

/** In the past usage was flat at $12/h: AWS's recommendation covers all of it. */
function futures(): Recommendation {
  const r = sampleRecommendation();
  return {
    ...r,
    provenance: {
      ...r.provenance,
      options: { payment: "any", term: "1yr", futures: "futures.csv", riskAversion: 0.1, maxUpfront: 26_280 },
    },
    history: {
      ...r.history,
      onDemandUsd: 25_920 + 840.25,
      eligibleUsd: 25_920,
      ineligibleUsd: 840.25,
      unconfirmedUsd: 0,
    },
    horizon: {
      from: "2026-10-01T00:00:00Z",
      to: "2027-10-01T00:00:00Z",
      hours: HOURS,
      futures: "file",
      scenarios: USAGE.length,
      hoursSettled: HOURS,
    },
    objective: {
      riskAversion: RISK_AVERSION,
      tail: 0.9,
      minUtilization: 0,
      maxCommitmentUsdPerHour: null,
      maxUpfrontUsd: MAX_UPFRONT_USD,
      discountRate: 0.08,
    },
    terms: { term: "1yr", paymentOption: "any" },
    negotiatedDiscount: { share: 0, source: "none" },
    ownedPlans: [],
    purchases: ANSWER,
    worth: worthOf({ expected: expectedOf(ANSWER), risk: riskOf(ANSWER) }),
    expected: expectedOf(ANSWER),
    risk: riskOf(ANSWER),
    certificate: certificateOf(ANSWER),
    curve: curveOf(ANSWER),
    frontier: [0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1].map((riskAversion) => {
      const purchases = best(MIXES, riskAversion);
      const { netSavingsUsd, utilization } = expectedOf(purchases);
      const { cvarLossUsd, probabilityOfLoss } = riskOf(purchases);
      return { riskAversion, purchases, netSavingsUsd, cvarLossUsd, probabilityOfLoss, utilization };
    }),
    information: information(),
    overTime: null,
    alternatives: [
      alternative("nothing", "buy nothing", []),
      alternative("aws-rule", "AWS's recommendation", [buy(NO_UPFRONT!, 9.12)]),
      alternative("answer", "the answer", ANSWER),
      alternative("risk-neutral", "the risk-neutral answer", RISK_NEUTRAL),
      ...OFFERINGS_ALONE,
    ],
    cashFlow: flatCashFlows(
      { purchases: ANSWER, expected: expectedOf(ANSWER) },
      OFFERINGS_ALONE,
      HOURS,
      0.08,
    ),
    ladder: ladder(),
    findings: [],
  };
}

const FUTURES = futures();

export const sampleFutures = (): Recommendation => structuredClone(FUTURES);

/** The same futures at the user's own commitments: too much, and for three years. */
export function sampleSimulation(): Recommendation {
  const own = [buy(NO_UPFRONT!, 6.84), buy(THREE_YEARS!, 1.2)];
  return {
    ...sampleFutures(),
    schema: "sageplan/simulation/2",
    purchases: own,
    worth: worthOf({ expected: expectedOf(own), risk: riskOf(own) }),
    expected: expectedOf(own),
    risk: riskOf(own),
    certificate: certificateOf(own),
    curve: curveOf(own),
    cashFlow: flatCashFlows({ purchases: own, expected: expectedOf(own) }, OFFERINGS_ALONE, HOURS, 0.08),
    ladder: null,
  };
}

/** Over three years: 1-year plans now, and 3-year plans where usage has held. Round figures, for the words around them. */
export function sampleOverTime(): Recommendation {
  const r = sampleFutures();
  const oneYear = { term: "1yr", paymentOption: "no-upfront" } as const;
  const threeYears = { term: "3yr", paymentOption: "no-upfront" } as const;
  const purchases = [buy(NO_UPFRONT!, 6.84)];
  const bought = [{ ...oneYear, commitmentUsdPerHour: 6.84 }];
  const certificate = certificateOf(purchases);
  return {
    ...r,
    horizon: {
      ...r.horizon,
      to: "2029-09-30T00:00:00Z",
      hours: 26_280,
      futures: "bootstrap",
      hoursSettled: 60,
    },
    terms: { term: "any", paymentOption: "no-upfront" },
    purchases,
    certificate,
    overTime: {
      nodes: [
        { month: 0, parent: null, probability: 1, onDemandUsdPerHour: 12.5, purchases: bought },
        { month: 12, parent: 0, probability: 0.3, onDemandUsdPerHour: 8.25, purchases: [] },
        { month: 12, parent: 0, probability: 0.3, onDemandUsdPerHour: 12, purchases: bought },
        {
          month: 12,
          parent: 0,
          probability: 0.4,
          onDemandUsdPerHour: 17.125,
          purchases: [...bought, { ...threeYears, commitmentUsdPerHour: 3.5 }],
        },
        { month: 24, parent: 1, probability: 0.3, onDemandUsdPerHour: 8, purchases: [] },
        { month: 24, parent: 2, probability: 0.15, onDemandUsdPerHour: 10, purchases: bought },
        { month: 24, parent: 2, probability: 0.15, onDemandUsdPerHour: 14, purchases: bought },
        { month: 24, parent: 3, probability: 0.4, onDemandUsdPerHour: 18, purchases: bought },
      ],
      policy: { netSavingsUsd: 120_000, cvarLossUsd: -15_000, probabilityOfLoss: 0.01 },
      references: [
        {
          kind: "one-year",
          purchases: bought,
          netSavingsUsd: 110_000,
          cvarLossUsd: -14_000,
          probabilityOfLoss: 0.01,
        },
        {
          kind: "three-year",
          purchases: [{ ...threeYears, commitmentUsdPerHour: 5 }],
          netSavingsUsd: 105_000,
          cvarLossUsd: 2_000,
          probabilityOfLoss: 0.08,
        },
        { kind: "all-now", purchases: [], netSavingsUsd: 0, cvarLossUsd: 0, probabilityOfLoss: 0 },
      ],
      valueOfWaitingUsd: 9_876.54,
      evpiUsd: 20_000,
      vssUsd: 12_345.67,
      certificate,
    },
  };
}

/** The mean hour of the futures, in every hour. */
export function futuresHourlyUse({ purchases }: Recommendation): HourlyUse {
  const settled = USAGE.map((usage) => settle(purchases, usage));
  const every = (usd: number): Float64Array => new Float64Array(HOURS).fill(usd);
  const used = mean(settled.map((each) => each.used));
  const covered = mean(settled.map((each) => each.covered));
  return {
    from: Date.UTC(2026, 9, 1) / 3_600_000,
    onDemandUsd: every(mean(USAGE)),
    ownedCoveredOnDemandUsd: every(0),
    newCoveredOnDemandUsd: every(covered),
    newUsedUsd: every(used),
    newUnusedUsd: every(settled[0]!.paid - used),
    onDemandLeftUsd: every(mean(USAGE) - covered),
  };
}
