/** A review as one document, and what is remembered of it. */
import type { Recommendation } from "../domain/documents/recommendation.ts";
import type { Expiry } from "../domain/documents/plan-review.ts";
import type { Review, ReviewRecord, Step, Taken } from "../domain/documents/review.ts";
import { takenFindings } from "./deliveries.ts";
import type { Advice } from "./advice-change.ts";
import type { PastReview } from "./report.ts";
import { isDue } from "./steps.ts";

export interface ReviewedParts {
  past: PastReview;
  expiries: Expiry[];
  steps: Step[];
  taken: Taken[];
  recommendation: Recommendation;
  advice: Advice;
}

export function reviewDocument({
  past,
  expiries,
  steps,
  taken,
  recommendation,
  advice,
}: ReviewedParts): Review {
  return {
    schema: "sageplan/review/1",
    provenance: recommendation.provenance,
    currency: recommendation.currency,
    ...past,
    expiries,
    decisionDue: steps.some(isDue),
    steps,
    deliveries: taken,
    adviceChange: advice.adviceChange,
    recommendation,
    findings: [...takenFindings(taken), ...recommendation.findings],
  };
}

/** What the next review looks back on. */
export function recordOf({ past, recommendation, advice }: ReviewedParts): ReviewRecord {
  const { provenance: _provenance, ...advised } = recommendation;
  return { asOf: past.asOf, recommendation: advised, basis: advice.basis };
}
