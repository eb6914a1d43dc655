/** Hand-made results with believable numbers: one rate ratio per offering, so that every figure can be checked by hand. */
import type { Finding } from "../../src/domain/documents/finding.ts";
import type { HourlyUse } from "../../src/domain/hourly-use.ts";
import type { Inspection } from "../../src/domain/documents/inspection.ts";
import {
  OFFERINGS,
  offeringLabel,
  TERM_HOURS,
  TERM_MONTHS,
  UPFRONT_SHARE,
} from "../../src/domain/offering.ts";
import type { Offering } from "../../src/domain/offering.ts";
import type { Alternative, Expected, Risk } from "../../src/domain/documents/outcome.ts";
import type { Worth } from "../../src/domain/documents/worth.ts";
import type { Recommendation } from "../../src/domain/documents/recommendation.ts";
import { flatCashFlows } from "./sample-cash-flow.ts";

const HOURS = 90 * 24;
const FROM = Date.UTC(2026, 6, 1) / 3_600_000;
const OWNED_USD_PER_HOUR = 3.5;
/** Savings Plans ÷ On-Demand rate of all usage. */
const OWNED_RATIO = 0.71;
const RATIO: Record<string, number> = {
  "1yr no-upfront": 0.72,
  "1yr partial-upfront": 0.69,
  "1yr all-upfront": 0.67,
  "3yr no-upfront": 0.56,
  "3yr partial-upfront": 0.53,
  "3yr all-upfront": 0.5,
};

/** A flat fleet of endpoints that grew by a fifth in August, and training on weekdays from 09:00 to 19:00. */
const DEMAND = Float64Array.from({ length: HOURS }, (_, n) => {
  const day = Math.floor(n / 24);
  const weekday = (day + 2) % 7 < 5;
  const training = weekday && n % 24 >= 9 && n % 24 < 19 ? 22.4 + (day % 4) : 0;
  return (day < 31 ? 14.2 : 17.04) + training;
});

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

/** Settles one new commitment (USD per hour) of an offering after the owned plan. */
export function settle(commitment: number, ratio: number): HourlyUse {
  const owned = DEMAND.map((usd) => Math.min(usd, OWNED_USD_PER_HOUR / OWNED_RATIO));
  const covered = DEMAND.map((usd, n) => Math.min(usd - owned[n]!, commitment / ratio));
  return {
    from: FROM,
    onDemandUsd: DEMAND,
    ownedCoveredOnDemandUsd: owned,
    newCoveredOnDemandUsd: covered,
    newUsedUsd: covered.map((usd) => usd * ratio),
    newUnusedUsd: covered.map((usd) => commitment - usd * ratio),
    onDemandLeftUsd: DEMAND.map((usd, n) => usd - owned[n]! - covered[n]!),
  };
}

/** Month in which the On-Demand cost avoided overtakes the cash: share upfront, the rest by the month. */
function breakEvenMonth(ratio: number, used: number, upfrontShare: number, termMonths: number): number {
  const avoidedPerPaid = used / ratio;
  return Math.max(1, Math.ceil((upfrontShare * termMonths) / (avoidedPerPaid - (1 - upfrontShare))));
}

function expectedOf(commitment: number, ratio: number): Expected {
  const use = settle(commitment, ratio);
  const onDemandUsd = sum(DEMAND);
  const before = onDemandUsd - sum(use.ownedCoveredOnDemandUsd) + OWNED_USD_PER_HOUR * HOURS;
  const netSavingsUsd = sum(use.newCoveredOnDemandUsd) - commitment * HOURS;
  const costUsd = before - netSavingsUsd;
  return {
    onDemandUsd,
    costUsd,
    netSavingsUsd,
    savingsRate: netSavingsUsd / before,
    effectiveSavingsRate: (onDemandUsd - costUsd) / onDemandUsd,
    utilization: commitment > 0 ? sum(use.newUsedUsd) / (commitment * HOURS) : 0,
    coverage: (sum(use.ownedCoveredOnDemandUsd) + sum(use.newCoveredOnDemandUsd)) / onDemandUsd,
    breakEvenMonth: commitment > 0 ? 1 : null,
    hoursUnderused: use.newUnusedUsd.filter((usd) => usd > 1e-9).length,
    breakEvenUtilization: commitment > 0 ? ratio : 0,
    capitalCostUsd: 0,
  };
}

const riskOf = (netSavingsUsd: number, lockInMonths: number): Risk => ({
  tail: 0.9,
  cvarLossUsd: -netSavingsUsd,
  probabilityOfLoss: netSavingsUsd < 0 ? 1 : 0,
  netSavingsUsdP5: netSavingsUsd,
  netSavingsUsdP50: netSavingsUsd,
  netSavingsUsdP95: netSavingsUsd,
  netSavingsStandardErrorUsd: null,
  netSavingsP5StandardErrorUsd: null,
  cvarStandardErrorUsd: null,
  lockInMonths,
});

/** One ratio for all usage: the optimum covers some hour's demand exactly. Rounded down to AWS's five decimals. */
function bestCommitment(ratio: number): number {
  const candidates = [...new Set(DEMAND)].map((usd) =>
    Math.max(0, Math.floor((usd - OWNED_USD_PER_HOUR / OWNED_RATIO) * ratio * 1e5) / 1e5),
  );
  return candidates.toSorted(
    (a, b) => expectedOf(b, ratio).netSavingsUsd - expectedOf(a, ratio).netSavingsUsd,
  )[0]!;
}

function alternativeOf(offering: Offering, commitment: number): Alternative {
  const ratio = RATIO[offeringLabel(offering)]!;
  const expected = expectedOf(commitment, ratio);
  const { term, paymentOption } = offering;
  if (commitment > 0) {
    const months = TERM_MONTHS[term];
    expected.breakEvenMonth = breakEvenMonth(
      ratio,
      expected.utilization,
      UPFRONT_SHARE[paymentOption],
      months,
    );
  }
  const upfrontUsd = commitment * TERM_HOURS[term] * UPFRONT_SHARE[paymentOption];
  const bought = commitment > 0;
  return {
    kind: "offering",
    label: offeringLabel(offering),
    purchases: bought
      ? [
          {
            term,
            paymentOption,
            commitmentUsdPerHour: commitment,
            upfrontUsd,
            start: "2026-09-29T00:00:00Z",
            account: "111122223333",
          },
        ]
      : [],
    expected,
    risk: riskOf(expected.netSavingsUsd, bought ? TERM_MONTHS[term] : 0),
    certificate: {
      lowerBound: expected.costUsd * 0.99998,
      upperBound: expected.costUsd,
      relativeGap: 0.00002,
      lpGap: 0.00002,
      settlementGap: 0,
      solver: "sweep",
      iterations: 14,
      hoursSolvedAnotherWay: 0,
    },
    allowed: term === "1yr" && paymentOption === "no-upfront",
    rateShares:
      offeringLabel(offering) === "1yr no-upfront"
        ? { file: 0, bill: 0.412, illustrative: 0.581 }
        : { file: 0, bill: 0, illustrative: 0.993 },
  };
}

const nothing = (): Alternative => ({
  kind: "nothing",
  label: "buy nothing",
  purchases: [],
  expected: expectedOf(0, 1),
  risk: riskOf(0, 0),
  certificate: null,
  allowed: true,
  rateShares: { file: 0, bill: 0, illustrative: 0 },
});

const provenance: Recommendation["provenance"] = {
  version: "0.1.0",
  inputs: [
    {
      path: "exports/cur2/BILLING_PERIOD=2026-07/data-00001.snappy.parquet",
      sha256: "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef",
      rows: 48_213,
    },
    {
      path: "exports/cur2/BILLING_PERIOD=2026-08/data-00001.snappy.parquet",
      sha256: "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c",
      rows: 51_902,
    },
  ],
  options: { term: "1yr", payment: "no-upfront", futures: "history" },
  seed: 1,
};

/** The history stands before the negotiated discount, the money of the answer after it. */
const LIST_ELIGIBLE_USD = sum(DEMAND) / 0.94;

const history: Recommendation["history"] = {
  from: "2026-07-01T00:00:00Z",
  to: "2026-09-29T00:00:00Z",
  hours: HOURS,
  onDemandUsd: LIST_ELIGIBLE_USD + 4_211.37 + 1_873.5,
  eligibleUsd: LIST_ELIGIBLE_USD,
  ineligibleUsd: 4_211.37,
  unconfirmedUsd: 1_873.5,
  missingHours: 0,
};

const objective: Recommendation["objective"] = {
  riskAversion: 0.2,
  tail: 0.9,
  minUtilization: 0,
  maxCommitmentUsdPerHour: null,
  maxUpfrontUsd: null,
  discountRate: 0,
};

const ownedPlans: Recommendation["ownedPlans"] = [
  {
    term: "1yr",
    paymentOption: "no-upfront",
    arn: "arn:aws:savingsplans::111122223333:savingsplan/0f8b2c1d-4e5a-4a7b-9c3d-5e6f7a8b9c0d",
    ownerAccount: "111122223333",
    commitmentUsdPerHour: OWNED_USD_PER_HOUR,
    start: "2026-02-11T00:00:00Z",
    end: "2027-02-11T00:00:00Z",
    gone: null,
    isQueued: false,
    utilization: 1,
  },
];

/** The goldens show two codes of no table. */
const toldFindings: (Omit<Finding, "code"> & { code: string })[] = [
  {
    code: "missing-rates",
    message:
      "3 SKUs of eligible usage have no 1yr no-upfront rate in the card or in the bill. They stay On-Demand in every figure; pass a rate card that holds them with --rates.",
    usd: 342.11,
    source: "EUC1-Host:ml.g6e.2xlarge",
  },
  {
    code: "unconfirmed-usage",
    message:
      "AWS's documents do not say whether SageMaker AI Savings Plans cover Asynchronous Inference. This usage is left out of the recommendation; a rate card with a row for it would decide.",
    usd: 1_873.5,
    source: "APN1-AsyncInf:ml.g6.xlarge",
  },
  {
    code: "plan-expires",
    message:
      "An owned plan ends on 2027-02-11, within the term of this purchase: what it covers today will be On-Demand again.",
    usd: 0,
    source: "savingsplan/0f8b2c1d-4e5a-4a7b-9c3d-5e6f7a8b9c0d",
  },
];
const findings = toldFindings as Finding[];

/** Nothing is queued: what is bought now is all. */
export function worthOf({ expected, risk }: Pick<Recommendation, "expected" | "risk">): Worth {
  const all = {
    netSavingsUsd: expected.netSavingsUsd,
    p5: risk.netSavingsUsdP5,
    p50: risk.netSavingsUsdP50,
    p95: risk.netSavingsUsdP95,
    cvarLossUsd: risk.cvarLossUsd,
    probabilityOfLoss: risk.probabilityOfLoss,
  };
  return { now: all, schedule: all };
}

/** The optimum of 1yr no-upfront: a purchase that rests mostly on illustrative rates. */
export function sampleRecommendation(): Recommendation {
  const offers = OFFERINGS.map((offering) =>
    alternativeOf(offering, bestCommitment(RATIO[offeringLabel(offering)]!)),
  );
  const answer = offers[0]!;
  const ratio = RATIO["1yr no-upfront"]!;
  return {
    schema: "sageplan/recommendation/2",
    currency: "USD",
    payerAccounts: ["111122223333"],
    provenance,
    history,
    horizon: {
      from: history.from,
      to: history.to,
      hours: HOURS,
      futures: "history",
      scenarios: 1,
      hoursSettled: HOURS,
    },
    objective,
    terms: { term: "1yr", paymentOption: "no-upfront" },
    negotiatedDiscount: { share: 0.06, source: "bill" },
    ownedPlans,
    purchases: answer.purchases,
    queued: [],
    elsewhere: [],
    forecast: [],
    stress: [],
    commitmentStandardErrorShare: null,
    worth: worthOf(answer),
    reason: "",
    expected: answer.expected,
    risk: answer.risk,
    bounds: null,
    certificate: answer.certificate!,
    curve: Array.from({ length: 51 }, (_, n) => {
      const commitmentUsdPerHour = n * 0.55;
      const { netSavingsUsd, utilization, coverage } = expectedOf(commitmentUsdPerHour, ratio);
      return { commitmentUsdPerHour, netSavingsUsd, cvarLossUsd: -netSavingsUsd, utilization, coverage };
    }),
    frontier: [0, 0.5, 1].map((riskAversion) => ({
      riskAversion,
      purchases: answer.purchases,
      netSavingsUsd: answer.expected.netSavingsUsd,
      cvarLossUsd: answer.risk.cvarLossUsd,
      probabilityOfLoss: answer.risk.probabilityOfLoss,
      utilization: answer.expected.utilization,
    })),
    information: { evpiUsd: 0, vssUsd: 0 },
    overTime: null,
    alternatives: [
      nothing(),
      { ...answer, kind: "aws-rule", label: "AWS's recommendation" },
      { ...answer, kind: "answer", label: "the answer" },
      { ...answer, kind: "risk-neutral", label: "the risk-neutral answer" },
      ...offers,
    ],
    cashFlow: flatCashFlows(answer, offers, HOURS, 0),
    ladder: null,
    comparison: null,
    headroom: null,
    findings,
  };
}

/** The hours of `sampleRecommendation`. */
export const sampleHourlyUse = (): HourlyUse =>
  settle(bestCommitment(RATIO["1yr no-upfront"]!), RATIO["1yr no-upfront"]!);

/** Training for 6 hours a day at $90/h: no commitment pays. No owned plans, no findings, the user's own rates. */
export function sampleBuyNothing(): Recommendation {
  const r = sampleRecommendation();
  const eligibleUsd = 90 * 6 * 90;
  const ratio = 0.55;
  const expected: Expected = {
    ...nothing().expected,
    onDemandUsd: eligibleUsd,
    costUsd: eligibleUsd,
    effectiveSavingsRate: 0,
    coverage: 0,
  };
  const none: Alternative = { ...nothing(), expected };
  return {
    ...r,
    history: { ...history, onDemandUsd: eligibleUsd + 6_084.87, eligibleUsd, missingHours: 1_620 },
    terms: { term: "any", paymentOption: "no-upfront" },
    negotiatedDiscount: { share: 0, source: "none" },
    ownedPlans: [],
    purchases: [],
    reason:
      "No commitment pays: usage runs 6 hours a day, so a plan would be used 25.0% of the time, and the deepest allowed discount breaks even at 55.0%.",
    expected,
    risk: none.risk,
    certificate: {
      lowerBound: eligibleUsd,
      upperBound: eligibleUsd,
      relativeGap: 0,
      lpGap: 0,
      settlementGap: 0,
      solver: "sweep",
      iterations: 1,
      hoursSolvedAnotherWay: 0,
    },
    curve: [0, 10, 20, 30, 40, 49.5].map((commitmentUsdPerHour) => {
      const netSavingsUsd = commitmentUsdPerHour * (540 / ratio - HOURS);
      return {
        commitmentUsdPerHour,
        netSavingsUsd,
        cvarLossUsd: -netSavingsUsd,
        utilization: commitmentUsdPerHour > 0 ? 0.25 : 0,
        coverage: commitmentUsdPerHour / ratio / 90,
      };
    }),
    frontier: [],
    cashFlow: flatCashFlows(
      none,
      OFFERINGS.map((offering) => ({ ...none, kind: "offering", label: offeringLabel(offering) })),
      HOURS,
      0,
    ),
    alternatives: [
      none,
      { ...none, kind: "aws-rule", label: "AWS's recommendation" },
      { ...none, kind: "answer", label: "the answer" },
      ...OFFERINGS.map((offering) =>
        Object.assign(alternativeOf(offering, 0), {
          expected,
          allowed: offering.paymentOption === "no-upfront",
          rateShares: { file: 1, bill: 0, illustrative: 0 },
        }),
      ),
    ],
    findings: [],
  };
}

/** Two months of hourly exports, one check failed. */
export const sampleInspection = (): Inspection => ({
  schema: "sageplan/inspection/1",
  provenance,
  deliveries: [
    {
      format: "CUR 2.0 parquet",
      billingPeriod: "2026-07",
      version: "2026-08-05T02:11:40Z-6d1f",
      files: 3,
      rows: 48_213,
      supersedes: 2,
    },
    {
      format: "CUR 2.0 parquet",
      billingPeriod: "2026-08",
      version: "2026-09-04T01:58:03Z-77ab",
      files: 3,
      rows: 51_902,
      supersedes: 0,
    },
  ],
  granularity: "hourly",
  currency: "USD",
  payerAccounts: ["111122223333"],
  accounts: [
    { account: "222233334444", onDemandUsd: 31_204.5, eligibleUsd: 29_871.14 },
    { account: "333344445555", onDemandUsd: 18_930.02, eligibleUsd: 14_178.51 },
  ],
  usageTypes: [{ usageType: "USE1-Host:ml.g5.2xlarge", onDemandUsd: 900, eligibleUsd: 900 }],
  regions: [
    { region: "us-east-1", onDemandUsd: 40_002.11, eligibleUsd: 36_118.03 },
    { region: "eu-central-1", onDemandUsd: 10_132.41, eligibleUsd: 7_931.62 },
  ],
  history,
  reconciliation: {
    exportTotalUsd: "45123.401283947112",
    classesTotalUsd: "45123.401283947112",
    classes: [
      {
        class: "eligible-uncovered",
        reason: "instance usage",
        rows: 71_204,
        billedUsd: "36911.229381",
        onDemandUsd: "36911.229381",
      },
      {
        class: "eligible-covered",
        reason: "covered by a Savings Plan",
        rows: 9_411,
        billedUsd: "0",
        onDemandUsd: "10647.88732",
      },
      {
        class: "ineligible",
        reason: "storage",
        rows: 8_112,
        billedUsd: "2911.37012",
        onDemandUsd: "2911.37012",
      },
      {
        class: "ineligible",
        reason: "managed spot training",
        rows: 1_093,
        billedUsd: "1300.0001",
        onDemandUsd: "1300.0001",
      },
      {
        class: "unconfirmed",
        reason: "asynchronous inference",
        rows: 2_160,
        billedUsd: "1873.5",
        onDemandUsd: "1873.5",
      },
      {
        class: "fee",
        reason: "Savings Plan recurring fee",
        rows: 2_160,
        billedUsd: "7560",
        onDemandUsd: "0",
      },
      {
        class: "discount",
        reason: "EdpDiscount",
        rows: 90,
        billedUsd: "-6433.698317052888",
        onDemandUsd: "0",
      },
      { class: "tax", reason: "Tax", rows: 3, billedUsd: "1001", onDemandUsd: "0" },
    ],
    checks: [
      {
        check: "used commitment = sum of effective costs",
        comparisons: 2_160,
        differenceUsd: 0.000012,
        worstUsd: 1e-8,
        toleranceUsd: 0.01,
        passed: true,
      },
      {
        check: "negation = -(covered usage)",
        comparisons: 9_411,
        differenceUsd: 12.4,
        worstUsd: 3.1,
        toleranceUsd: 0.01,
        passed: false,
      },
    ],
  },
  ownedPlans,
  rateGaps: [{ offering: "1yr no-upfront", skus: 3, usd: 342.11 }],
  findings,
});
