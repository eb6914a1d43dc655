/** A manifest is anyone's file: it may choose among the files that were found, and can bring no other. */
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inspect } from "../../../src/index.ts";
import { csvOf, folderWith, hourOf, scratchFolder } from "../small-exports.ts";

const HERE = "e/data/BILLING_PERIOD=2026-10/e-00001.csv";

const outside = (): string => {
  const folder = scratchFolder();
  writeFileSync(join(folder, "dear.csv"), csvOf([{ ...hourOf(0), "pricing/publicOnDemandCost": "999" }]));
  return folder;
};

const names: [string, (elsewhere: string) => string][] = [
  ["a way up", () => "../../../../dear.csv"],
  ["an absolute path", (elsewhere) => join(elsewhere, "dear.csv")],
  ["a way up from a period's folder", () => "BILLING_PERIOD=2026-10/../../../../dear.csv"],
  ["a URL", () => "https://example.com/dear.csv"],
  ["a file URL", (elsewhere) => `file://${elsewhere}/dear.csv`],
  ["a Windows drive", () => "C:\\dear.csv"],
  ["a NUL", () => "dear\u0000.csv"],
];

test.each(names)("%s is never read: it is a missing part", async (_, nameOf) => {
  const manifest = JSON.stringify({ dataFiles: [`s3://bucket/${HERE}`, nameOf(outside())] });
  const folder = folderWith({
    [HERE]: csvOf([hourOf(0)]),
    "e/metadata/BILLING_PERIOD=2026-10/e-Manifest.json": manifest,
  });
  await expect(inspect({ exports: [folder] })).rejects.toMatchObject({
    code: "path-not-found",
    message: expect.stringMatching(/lists 2 data files, of which 1 are missing/),
  });
});

test("a link that leads out of the folder is told by the name of what was read", async () => {
  const elsewhere = outside();
  const folder = scratchFolder();
  symlinkSync(join(elsewhere, "dear.csv"), join(folder, "link.csv"));
  const { provenance } = await inspect({ exports: [folder] });
  expect(provenance.inputs.map(({ path }) => path)).toEqual([join(elsewhere, "dear.csv")]);
});
