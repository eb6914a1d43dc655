import { tmpdir } from "node:os";
import { SageplanError } from "../domain/error.ts";

/** `what`: the system's own words. */
export const noTemporaryRoom = (what: string, cause: unknown): SageplanError =>
  new SageplanError(
    "cannot-write",
    `There is no room for temporary files in ${tmpdir()}: ${what}. Make room there, or set TMPDIR to a folder that has some.`,
    { cause },
  );
