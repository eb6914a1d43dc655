/** The package as a stranger gets it: packed, installed into an empty folder, called from there. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BUDGET } from "./budget.ts";

interface Packed {
  filename: string;
  size: number;
  unpackedSize: number;
  files: { path: string }[];
}

let packed: Packed;
let home: string;

function run(command: string, args: string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${status}\n${stdout}\n${stderr}`);
  return stdout;
}

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "sageplan-package-"));
  const args = ["pack", "--ignore-scripts", "--json", "--pack-destination", home];
  const told = JSON.parse(run("npm", args, ".")) as Packed[] | Record<string, Packed>;
  packed = Object.values(told)[0]!;
  writeFileSync(join(home, "package.json"), '{ "name": "stranger", "private": true, "type": "module" }');
  run("npm", ["install", "--no-audit", "--no-fund", `./${packed.filename}`], home);
  cpSync("fixtures/ml-company/cur2-csv", join(home, "exports"), { recursive: true });
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

test("weighs no more than its budget", () => {
  expect(packed.size).toBeLessThanOrEqual(BUDGET.packedBytes);
  expect(packed.unpackedSize).toBeLessThanOrEqual(BUDGET.unpackedBytes);
  expect(packed.files.length).toBeLessThanOrEqual(BUDGET.files);
  const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as { dependencies: object };
  expect(Object.keys(dependencies).length).toBeLessThanOrEqual(BUDGET.productionDependencies);
});

test("holds no tests, no sources, and no path of the machine that packed it", () => {
  const paths = packed.files.map(({ path }) => path);
  expect(paths).toContain("dist/cli/main.js");
  expect(paths.filter((path) => /^(?:src|test|scripts)\/|\.test\./.test(path))).toEqual([]);
  const inside = join(home, "node_modules/sageplan");
  const texts = paths.filter((path) => /\.(?:js|ts|json|md|sql|csv)$/.test(path));
  expect(
    texts.filter((path) => readFileSync(join(inside, path), "utf8").includes(`${resolve(".")}/`)),
  ).toEqual([]);
});

describe("the command line", () => {
  const npx = (...args: string[]): string => run("npx", ["--no-install", "sageplan", ...args], home);

  test("demo, inspect, normalize", () => {
    expect(npx("demo")).toMatch(/create-savings-plan/);
    const { schema } = JSON.parse(npx("inspect", "exports", "--json")) as { schema: string };
    expect(schema).toBe("sageplan/inspection/1");
    expect(npx("normalize", "exports", "--out", "hours.csv")).toMatch(/hours\.csv: [\d,]+ rows/);
  });

  test("recommend: the same document as the checkout's, and its page and workbook; inputs by the sha256 of their bytes", () => {
    const call = ["recommend", "exports", "--term", "1yr", "--scenarios", "20", "--json"];
    const document = npx(...call, "--html", "a.html", "--xlsx", "a.xlsx", "--markdown", "a.md");
    expect(document).toBe(run(process.execPath, [resolve("dist/cli/main.js"), ...call], home));
    const { inputs, version } = (
      JSON.parse(document) as {
        provenance: { version: string; inputs: { path: string; sha256: string }[] };
      }
    ).provenance;
    expect(version).toBe((JSON.parse(readFileSync("package.json", "utf8")) as { version: string }).version);
    expect(inputs.length).toBeGreaterThan(0);
    const page = readFileSync(join(home, "a.html"), "utf8");
    for (const { path, sha256 } of inputs) {
      expect(run("sha256sum", [path], home)).toMatch(new RegExp(`^${sha256} `));
      expect(page).toContain(sha256);
    }
  });
});

describe("the typed door", () => {
  const CONSUMER = `import { inspect, SageplanError, type Inspection } from "sageplan";
const inspection: Inspection = await inspect({ exports: ["exports"] });
const name: string = SageplanError.name;
if (name !== "SageplanError") process.exitCode = 1;
console.log(inspection.schema);
`;

  test.each([
    ["node16", "node16"],
    ["nodenext", "nodenext"],
    ["esnext", "bundler"],
  ])("strict, module %s, resolution %s: compiles and runs", (module, resolution) => {
    const out = `out-${resolution}`;
    writeFileSync(join(home, "consumer.ts"), CONSUMER);
    const options = ["--strict", "--target", "es2022", "--module", module, "--moduleResolution", resolution];
    const types = ["--typeRoots", resolve("node_modules/@types"), "--types", "node", "--outDir", out];
    const tsc = resolve("node_modules/typescript/bin/tsc");
    run(process.execPath, [tsc, ...options, ...types, "consumer.ts"], home);
    expect(run(process.execPath, [`${out}/consumer.js`], home)).toBe("sageplan/inspection/1\n");
  });
});
