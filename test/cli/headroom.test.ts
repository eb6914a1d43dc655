/** `headroom` as it is shipped: built, run as a process, on its fixture. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { HeadroomDocument } from "../../src/domain/documents/headroom.ts";
import { scratchFolder } from "../ingest/small-exports.ts";
import { warm } from "./call.ts";
import { sageplan } from "./sageplan.ts";

const HOME = "fixtures/headroom";
const CALL = [
  "headroom",
  `${HOME}/export`,
  "--metrics",
  `${HOME}/metrics.json`,
  "--metric-data-queries",
  `${HOME}/queries.json`,
];

test("the text, the events to edit, and the Markdown", async () => {
  const folder = scratchFolder();
  const files = ["--events-out", join(folder, "headroom.yaml"), "--markdown", join(folder, "ticket.md")];
  const { code, stdout, stderr } = await sageplan([...CALL, ...files]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  await expect(stdout.replaceAll(folder, "FOLDER")).toMatchFileSnapshot("golden/headroom.txt");
  await expect(readFileSync(join(folder, "headroom.yaml"), "utf8")).toMatchFileSnapshot(
    "golden/headroom.yaml",
  );
  expect(readFileSync(join(folder, "ticket.md"), "utf8")).toMatch(
    /^# SageMaker headroom: 18 ways to use less/,
  );
});

test("--json is one document, the same bytes in any time zone", async () => {
  const first = await warm([...CALL, "--json"]);
  const second = await sageplan([...CALL, "--json"], { env: { TZ: "Asia/Tokyo", LANG: "de_DE.UTF-8" } });
  expect(second.stdout).toBe(first.stdout);
  const told = JSON.parse(first.stdout) as HeadroomDocument;
  expect(told.schema).toBe("sageplan/headroom/1");
  expect(told.provenance.inputs.map(({ path }) => path)).toContain(`${HOME}/metrics.json`);
});

test("metrics that can't be used: exit code 3, and nothing is written", async () => {
  const out = join(scratchFolder(), "headroom.yaml");
  const { code, stdout, stderr } = await warm([
    "headroom",
    `${HOME}/export`,
    "--metrics",
    `${HOME}/truth.json`,
    "--events-out",
    out,
  ]);
  expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
  expect(stderr).toMatch(/truth\.json can't be used as metrics: at MetricDataResults: .*get-metric-data/s);
  expect(existsSync(out)).toBe(false);
});
