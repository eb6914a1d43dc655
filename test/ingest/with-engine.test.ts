import { writeFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withEngine } from "../../src/ingest/with-engine.ts";

test("a folder for temporary files that a cleaner takes away is told as that", async () => {
  const work = withEngine(undefined, [], {}, async ({ scratch }) => {
    rmSync(scratch, { recursive: true });
    writeFileSync(join(scratch, "lines.csv"), "");
  });
  await expect(work).rejects.toMatchObject({
    code: "cannot-write",
    message: expect.stringMatching(/was taken away during the run/),
  });
});
