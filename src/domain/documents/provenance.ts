import { z } from "zod";
import { anyText, wholeNumber } from "./fields.ts";

export const InputFile = z
  .object({
    path: anyText.describe("As it was found."),
    sha256: anyText.describe("SHA-256 of its bytes, hexadecimal."),
    rows: wholeNumber.describe("Rows read from it."),
  })
  .describe("A file.");
export type InputFile = z.infer<typeof InputFile>;

export const Provenance = z
  .object({
    version: anyText.describe("Version of sageplan."),
    inputs: InputFile.array().describe("Every file that was read."),
    options: z.record(z.string(), z.unknown()).describe("The options of the call, by their API names."),
    seed: wholeNumber.describe("Seed of everything sampled."),
  })
  .describe("Where the result came from: enough to make it again.");
export type Provenance = z.infer<typeof Provenance>;
