/** The fixtures are what their script makes, file by file. */
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { scratchFolder } from "../ingest/small-exports.ts";

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "README.md")
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

/** What a file says; how zlib packs it differs between its versions. */
const content = (path: string): Buffer =>
  path.endsWith(".gz") ? gunzipSync(readFileSync(path)) : readFileSync(path);

test.each(["ml-company", "two-years", "headroom"])("fixtures/%s", (fixture) => {
  const committed = join("fixtures", fixture);
  const made = join(scratchFolder(), "made");
  const script = ["--import", "tsx", "scripts/make-fixtures.ts", made, fixture];
  const { status, stderr } = spawnSync(process.execPath, script, { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(filesBelow(made)).toEqual(filesBelow(committed));
  const different = filesBelow(made).filter(
    (file) => !content(join(made, file)).equals(content(join(committed, file))),
  );
  expect(different).toEqual([]);
});
