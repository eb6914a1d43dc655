/** What must hold of every JSON document that is printed. */
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { jsonSchemas } from "../../src/domain/documents/json-schemas.ts";
import { picoOf } from "./pico.ts";

/** Findings that tell of rows that are missing or counted twice. */
const TELLING = new Set([
  "files-not-read",
  "files-passed-over",
  "rows-in-two-parts",
  "period-not-delivered",
  "older-deliveries-left-out",
  "unlisted-files-left-out",
]);

const CORRECTED = "usage-corrected";

interface Printed {
  schema: string;
  findings?: { code: string }[];
  reconciliation?: {
    exportTotalUsd: string;
    classesTotalUsd: string;
    classes: { billedUsd: string }[];
  };
}

/** All of them at once: they refer to each other. */
const ajv = new Ajv2020({ strict: false });
ajv.addSchema(Object.values(jsonSchemas()));

/** `sageplan/inspection/1` → its schema. Simulations are told as recommendations are. */
function schemaOf(schema: string): ValidateFunction {
  const [, name, version] = schema.replace("simulation", "recommendation").split("/");
  return ajv.getSchema(`urn:sageplan:schema:${name}:${version}`)!;
}

export function documentFault(
  out: string,
  expected: { billed?: bigint | null; whole?: bigint | null; lost?: bigint | null; like?: string },
): string | null {
  const document = JSON.parse(out) as Printed;
  if (document.reconciliation) {
    const { exportTotalUsd, classesTotalUsd, classes } = document.reconciliation;
    const total = picoOf(exportTotalUsd);
    const sum = classes.reduce((all, { billedUsd }) => all + (picoOf(billedUsd) ?? 0n), 0n);
    if (total !== sum || exportTotalUsd !== classesTotalUsd)
      return `classes add up to ${classesTotalUsd} (${sum} pUSD), the export to ${exportTotalUsd}`;
    if (typeof expected.billed === "bigint" && total !== expected.billed)
      return `bills ${total} pUSD, expected ${expected.billed}`;
    const isTold = document.findings?.some(({ code }) => TELLING.has(code)) ?? false;
    if (typeof expected.whole === "bigint" && total !== expected.whole && !isTold)
      return `bills ${total} pUSD without a word, expected ${expected.whole}`;
    if (typeof expected.lost === "bigint" && expected.lost !== 0n && total === 0n && !isTold)
      return `bills nothing without a word, before it was hurt ${expected.lost} pUSD`;
  }
  const isCorrected = document.findings?.some(({ code }) => code === CORRECTED) ?? false;
  if (
    expected.like !== undefined &&
    withoutOrigin(out, isCorrected) !== withoutOrigin(expected.like, isCorrected)
  )
    return "another document than the same input written plainly";
  const fits = schemaOf(document.schema);
  return fits(document) ? null : `against its schema: ${ajv.errorsText(fits.errors)}`;
}

/**
 * The document without the names, digests and number of the files that it was read from, or that lay beside them; findings name them too. Of one
 * with corrections without their finding, and the number of the rows.
 */
function withoutOrigin(out: string, isCorrected: boolean): string {
  return JSON.stringify(JSON.parse(out), (key, value: unknown) =>
    key === "inputs" || key === "files" || (isCorrected && key === "rows")
      ? undefined
      : key === "findings"
        ? (value as { code: string }[]).filter(
            ({ code }) => code !== "files-passed-over" && code !== CORRECTED,
          )
        : typeof value === "string"
          ? value.replaceAll(/\bin\/[\w./=-]+/g, "in/…")
          : value,
  );
}
