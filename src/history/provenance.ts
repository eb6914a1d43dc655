import type { Billing } from "../domain/billing.ts";
import type { Provenance, InputFile } from "../domain/documents/provenance.ts";
import { shownPath } from "../domain/shown-path.ts";
import { packageVersion } from "./version.ts";

export const provenanceOf = (
  billing: Billing,
  others: readonly (InputFile | null)[],
  options: Record<string, unknown>,
): Provenance => ({
  version: packageVersion(),
  inputs: [...billing.inputs, ...others.filter((input) => input !== null)].map((input) => ({
    ...input,
    path: shownPath(input.path),
  })),
  options,
  seed: typeof options["seed"] === "number" ? options["seed"] : 1,
});
