/** A what-if that settles nothing: one figure for all commitments, and a model of one hour. */
import type { Recommendation } from "../../src/domain/documents/recommendation.ts";
import { OFFERINGS, sameOffering } from "../../src/domain/offering.ts";
import { portfolioOf } from "../../src/domain/portfolio.ts";
import { termOf } from "../../src/report/html/what-if-rows.ts";
import type { WhatIf, WhatIfModel } from "../../src/domain/what-if.ts";

export const oneHourModel = (): WhatIfModel => ({
  startHour: Float64Array.of(0, 1),
  probability: Float64Array.of(1),
  baseHour: Int32Array.of(0),
  growth: Float64Array.of(1),
  baseHourCount: 1,
  start: Int32Array.of(0, 1),
  hour: Int32Array.of(0),
  onDemandUsd: Float64Array.of(2.5),
  orderPlan: Int32Array.of(0),
  orderItem: Int32Array.of(0),
  orderRatio: Float64Array.of(0.8),
  planCommitment: new Float64Array(6),
  planFrom: new Float64Array(6),
  planTo: new Float64Array(6).fill(1),
  weight: new Float64Array(6).fill(1),
  ownedCount: 0,
  tail: 0.9,
  negotiatedDiscount: 0,
  discountRate: 0,
  pastRepeats: false,
  sampled: false,
});

export const sampleWhatIf = ({ expected, risk, cashFlow, purchases }: Recommendation): WhatIf => ({
  subject: portfolioOf(
    (k) => purchases.find((each) => sameOffering(each, OFFERINGS[k]!))?.commitmentUsdPerHour ?? 0,
  ),
  at: () => ({ expected, risk }),
  term: () => termOf(cashFlow[0]!),
  model: oneHourModel,
  usableUsdPerHour: () => Float64Array.of(3, 2, 1),
});
