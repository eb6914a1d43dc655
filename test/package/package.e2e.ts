/** The package as a stranger gets it: packed, installed into an empty folder, called from there. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import readSheets from "read-excel-file/node";
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

test("and so does what npm installs with it", () => {
  const modules = join(home, "node_modules");
  const lock = readFileSync(join(modules, ".package-lock.json"), "utf8");
  const { packages } = JSON.parse(lock) as { packages: object };
  expect(Object.keys(packages).length).toBeLessThanOrEqual(BUDGET.installedPackages);
  const files = readdirSync(modules, { recursive: true, withFileTypes: true }).filter((each) =>
    each.isFile(),
  );
  const sizes = files.map(({ parentPath, name }) => statSync(join(parentPath, name)).size);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(BUDGET.installedBytes);
});

describe("judged by others", () => {
  test("publint finds nothing to suggest", () => {
    expect(run("npx", ["--no-install", "publint", "--strict", join(home, packed.filename)], ".")).toMatch(
      /All good!/,
    );
  });

  test("Are The Types Wrong finds them right, for ECMAScript modules", () => {
    const args = [
      "--no-install",
      "attw",
      join(home, packed.filename),
      "--profile",
      "esm-only",
      "--format",
      "json",
    ];
    const { problems } = JSON.parse(run("npx", args, ".")) as {
      problems: Record<string, { resolutionKind?: string }[]>;
    };
    const kinds = Object.values(problems).flatMap((each) => each.map(({ resolutionKind }) => resolutionKind));
    // A CommonJS caller needs import(); the resolution of Node 10 knows no "exports".
    expect(kinds.filter((kind) => kind !== "node10" && kind !== "node16-cjs")).toEqual([]);
  });
});

test("every document that a message points to comes along", () => {
  const paths = packed.files.map(({ path }) => path);
  const inside = join(home, "node_modules/sageplan");
  const code = paths.filter((path) => /^dist\/.*\.js$/.test(path));
  const told = code.flatMap(
    (path) => readFileSync(join(inside, path), "utf8").match(/docs\/[\w-]+\.md/g) ?? [],
  );
  expect(new Set(told).size).toBeGreaterThanOrEqual(4);
  expect(told.filter((path) => !paths.includes(path))).toEqual([]);
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
    expect(npx("demo")).toMatch(/^Buy now: 1-year No Upfront SageMaker AI Savings Plan, \$/m);
    expect(npx("recommend", "exports", "--scenarios", "20", "--details=buy")).toMatch(/create-savings-plan/);
    const { schema } = JSON.parse(npx("inspect", "exports", "--json")) as { schema: string };
    expect(schema).toBe("sageplan/inspection/1");
    expect(npx("normalize", "exports", "--out", "hours.csv")).toMatch(/hours\.csv: [\d,]+ rows/);
  });

  test("recommend: the same document as the checkout's, and its page and workbook; inputs by the sha256 of their bytes", async () => {
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
    const ticket = readFileSync(join(home, "a.md"), "utf8");
    const cells = (await readSheets(join(home, "a.xlsx"))).flatMap(({ data }) => data.flat());
    for (const { path, sha256 } of inputs) {
      expect(run("sha256sum", [path], home)).toMatch(new RegExp(`^${sha256} `));
      expect(page).toContain(sha256);
      expect(ticket).toContain(sha256);
      expect(cells).toContain(sha256);
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

describe("the examples", () => {
  const examples = (): string => join(home, "examples");
  beforeAll(() => cpSync(join(home, "node_modules/sageplan/docs/examples"), examples(), { recursive: true }));

  test("recommend.js: plain JavaScript", () => {
    const told = run(process.execPath, ["examples/recommend.js", "exports"], home);
    expect(told).toMatch(
      /^(?:Buy 1yr no-upfront: \$[\d.]+\/h\n)?Queue 1yr no-upfront for 2027-\S+: \$[\d.]+\/h\nSaves \$[\d.]+ on average/,
    );
    expect(told).toMatch(/^hourly\.csv: \d+ characters$/m);
    const { status, stderr } = spawnSync(process.execPath, ["examples/recommend.js", "absent"], {
      cwd: home,
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({ status: 3, stderr: expect.stringMatching(/^absent was not found/) });
  });

  test("inspect.ts: TypeScript, strict", () => {
    const options = ["--strict", "--target", "es2022", "--module", "nodenext", "--skipLibCheck", "false"];
    const types = ["--typeRoots", resolve("node_modules/@types"), "--types", "node", "--outDir", "compiled"];
    const tsc = resolve("node_modules/typescript/bin/tsc");
    run(process.execPath, [tsc, ...options, ...types, "examples/inspect.ts"], home);
    expect(run(process.execPath, ["compiled/inspect.js", "exports"], home)).toMatch(
      /^On-Demand \$[\d.]+, hourly\n[\w-]+ \$[\d.]+: /,
    );
  });

  test("events.yaml: each event is read", () => {
    const call = ["recommend", "exports", "--term", "1yr", "--scenarios", "20", "--json"];
    const told = run("npx", ["--no-install", "sageplan", ...call, "--events", "examples/events.yaml"], home);
    const { provenance } = JSON.parse(told) as { provenance: { inputs: { path: string; rows: number }[] } };
    expect(provenance.inputs).toContainEqual(
      expect.objectContaining({ path: "examples/events.yaml", rows: 2 }),
    );
  });

  test("monthly.sh: whether there is something to decide, and a fault of the input", () => {
    const env = { ...process.env, PATH: `${join(home, "node_modules/.bin")}:${process.env["PATH"]}` };
    const month = (from: string) =>
      spawnSync("sh", ["examples/monthly.sh", from, "state"], { cwd: home, env, encoding: "utf8" });
    expect(month("exports")).toMatchObject({ status: 0, stdout: "Nothing to decide.\n" });
    expect(readFileSync(join(home, "state/review.md"), "utf8")).toMatch(/^# SageMaker Savings Plans review/);
    expect(month("absent")).toMatchObject({ status: 3, stdout: "" });
  });
});
