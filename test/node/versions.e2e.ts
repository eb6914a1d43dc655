/** The versions of Node that package.json promises: the same bytes from each, and the tests green on each. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const { engines } = JSON.parse(readFileSync("package.json", "utf8")) as { engines: { node: string } };

/** The lowest that may run, and the long-term releases after it. */
const WANTED = [engines.node.replace(">=", ""), "22", "24"];

/** What computes, reads and writes; not what only draws in a browser or takes minutes. */
const TESTS = [
  "settlement",
  "scenario",
  "domain",
  "store",
  "report/csv",
  "ingest/exports/formats",
  "ingest/exports/scan-csv",
  "ingest/exports/manifest",
  "ingest/rates",
];

const home = mkdtempSync(join(tmpdir(), "sageplan-node-"));
const outputs = new Map<string, Record<string, string>>();

const binaryOf = (version: string): string => join(home, version, "node_modules/node/bin/node");

function run(command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv = process.env): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${status}\n${stdout}\n${stderr}`);
  return stdout;
}

/** Everything that a version prints and writes, by name, as a checksum of its bytes. */
function outputsOf(version: string): Record<string, string> {
  const folder = join(home, version, "work");
  mkdirSync(join(folder, "empty"), { recursive: true });
  cpSync("fixtures/ml-company/cur2-csv", join(folder, "exports"), { recursive: true });
  const main = resolve("dist/cli/main.js");
  const call = (cwd: string, ...args: string[]): string =>
    run(binaryOf(version), [main, ...args], join(folder, cwd));
  const answer = ["recommend", "exports", "--term", "1yr", "--scenarios", "20", "--seed", "7", "--json"];
  const media = ["--html", "a.html", "--xlsx", "a.xlsx", "--csv", "csv", "--markdown", "a.md"];
  const printed = {
    "demo.txt": call("empty", "demo"),
    "inspect.json": call(".", "inspect", "exports", "--json"),
    "recommend.json": call(".", ...answer, ...media),
  };
  // What it prints holds how long it took.
  call(".", "normalize", "exports", "--out", "hours.csv");
  for (const [name, text] of Object.entries(printed)) writeFileSync(join(folder, name), text);
  rmSync(join(folder, "exports"), { recursive: true });
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  return Object.fromEntries(
    files.sort().map((name) => [
      name,
      createHash("sha256")
        .update(readFileSync(join(folder, name)))
        .digest("hex"),
    ]),
  );
}

beforeAll(() => {
  for (const version of WANTED) {
    const prefix = join(home, version);
    mkdirSync(prefix);
    run("npm", ["install", "--no-audit", "--no-fund", "--prefix", prefix, `node@${version}`], home);
  }
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

describe.each(WANTED)("Node %s", (version) => {
  test("is that version, and makes every output", () => {
    const running = run(binaryOf(version), ["--version"], home).trim();
    expect(`${running}.`).toContain(`v${version}.`);
    console.log(`Node ${running}`);
    outputs.set(version, outputsOf(version));
    expect(Object.keys(outputs.get(version)!)).toEqual(
      expect.arrayContaining(["a.html", "a.md", "a.xlsx", "csv/hourly.csv", "hours.csv", "inspect.json"]),
    );
  });

  test("passes the tests", () => {
    const vitest = [resolve("node_modules/vitest/vitest.mjs"), "run", "--config", "scripts/vitest.config.ts"];
    const args = [...vitest, "--no-color", ...TESTS.map((room) => `test/${room}`)];
    const told = run(binaryOf(version), args, ".", { ...process.env, SUITE: "tests" });
    const passed = Number(/Tests +(\d+) passed/.exec(told)?.[1] ?? 0);
    console.log(`Node ${version}: ${passed} tests passed`);
    expect(passed).toBeGreaterThan(100);
  });
});

test("every version gives the same bytes", () => {
  const [first, ...others] = WANTED.map((version) => outputs.get(version));
  for (const other of others) expect(other).toEqual(first);
});
