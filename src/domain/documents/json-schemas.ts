/** JSON Schemas (draft 2020-12) of the documents: the build writes them into `dist/report/schema`. */
import { z } from "zod";
import { Backtest } from "./backtest.ts";
import { HeadroomDocument } from "./headroom.ts";
import { Inspection } from "./inspection.ts";
import { PullResult } from "./pull.ts";
import { Recommendation } from "./recommendation.ts";
import { Review } from "./review.ts";

type DocumentName = "backtest" | "headroom" | "inspection" | "pull" | "recommendation" | "review";

const DOCUMENTS: Record<DocumentName, z.ZodType> = {
  backtest: Backtest,
  headroom: HeadroomDocument,
  inspection: Inspection,
  pull: PullResult,
  recommendation: Recommendation,
  review: Review,
};

export function jsonSchemas(): Record<DocumentName, object> {
  const schemas = Object.entries(DOCUMENTS).map(([name, document]) => [
    name,
    z.toJSONSchema(document, {
      unrepresentable: "any",
      override: ({ jsonSchema }) => withoutSafeRange(jsonSchema),
    }),
  ]);
  return Object.fromEntries(schemas) as Record<DocumentName, object>;
}

/** An integer in JSON has no largest value; zod's has. */
function withoutSafeRange(schema: { maximum?: number }): void {
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
}
