import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { jsonSchemas } from "../../../src/domain/documents/json-schemas.ts";
import { sampleFutures, sampleOverTime, sampleSimulation } from "../../report/sample-futures.ts";
import { sampleBuyNothing, sampleInspection, sampleRecommendation } from "../../report/sample.ts";

const schemas = jsonSchemas();
const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false });
const recommendation = ajv.compile(schemas.recommendation);
const inspection = ajv.compile(schemas.inspection);

test("the samples are what the schemas say", () => {
  for (const value of [
    sampleRecommendation(),
    sampleBuyNothing(),
    sampleFutures(),
    sampleOverTime(),
    sampleSimulation(),
  ]) {
    recommendation(value);
    expect(recommendation.errors).toBeNull();
  }
  for (const value of [sampleInspection(), { ...sampleInspection(), history: null, granularity: "none" }]) {
    inspection(value);
    expect(inspection.errors).toBeNull();
  }
});

test("a field too many, one too few and a NaN (null in JSON) are refused", () => {
  const r = sampleRecommendation();
  const { reason: _, ...tooFew } = r;
  expect(recommendation({ ...r, extra: 1 })).toBe(false);
  expect(recommendation(tooFew)).toBe(false);
  expect(recommendation({ ...r, schema: "sageplan/recommendation/1" })).toBe(false);
  expect(recommendation({ ...r, objective: { ...r.objective, maxUpfrontUsd: Infinity } })).toBe(false);
  expect(recommendation({ ...r, expected: { ...r.expected, costUsd: null } })).toBe(false);
});

/** Every object of a schema, however deep. */
function* objectsOf(node: unknown): Generator<Record<string, unknown>> {
  if (typeof node !== "object" || node === null) return;
  if ("properties" in node) yield node as Record<string, unknown>;
  for (const child of Object.values(node)) yield* objectsOf(child);
}

test.each(["recommendation", "inspection", "review", "headroom", "backtest"] as const)(
  "%s: every property is described and required",
  (name) => {
    for (const object of objectsOf(schemas[name])) {
      const properties = object["properties"] as Record<string, { description?: string; $ref?: string }>;
      expect(object["additionalProperties"]).toBe(false);
      expect(object["required"]).toEqual(Object.keys(properties));
      const bare = Object.keys(properties).filter(
        (key) => !properties[key]?.description && !properties[key]?.$ref,
      );
      expect(bare).toEqual([]);
    }
  },
);
