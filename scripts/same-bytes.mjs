/**
 * `npm run bench -- same-bytes COMMIT [PATTERN]`: builds COMMIT beside this tree, runs every verb of both on every fixture, and compares all that
 * they print and write, byte for byte; of the HTML page all but its own script and that script's hash. PATTERN: the cases whose name it matches.
 * For changes that must change no result. Exits 1 where one differs. What COMMIT printed is kept in the folder that is named, and not asked for
 * again: delete it when fixtures or cases have changed.
 */
import { spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { basename, join } from "node:path";

const root = join(import.meta.dirname, "..");
const [commit, pattern = ""] = process.argv.slice(2);
if (commit === undefined) {
  console.error("same-bytes: expected the commit to compare with.");
  process.exit(2);
}

function must(command, args, cwd) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status === 0) return stdout.trim();
  console.error(`same-bytes: \`${[command, ...args].join(" ")}\` failed: ${stderr}`);
  process.exit(1);
}

const EXPORTS = {
  parquet: "fixtures/ml-company/cur2-parquet",
  csv: "fixtures/ml-company/cur2-csv",
  "focus-1.0": "fixtures/ml-company/focus-1.0",
  "focus-1.2": "fixtures/ml-company/focus-1.2",
  legacy: "fixtures/ml-company/legacy-cur",
  "cost-explorer": "fixtures/ml-company/cost-explorer",
  headroom: "fixtures/headroom/export",
  "two-years": "fixtures/two-years/deliveries",
};
const FILES = ["--csv", "csv", "--xlsx", "book.xlsx", "--html", "page.html", "--markdown", "text.md"];
const FEW = ["--scenarios", "12"];
const METRICS = [
  "--metrics",
  "fixtures/headroom/metrics.json",
  "--metric-data-queries",
  "fixtures/headroom/queries.json",
];
const EVENTS = `events:
  - kind: growth
    name: more of everything
    from: 2026-12-01
    yearly: 0.3
`;

/** `{ name: [arguments of one call, …] }`; the calls of a case follow each other in one folder. */
function casesOf() {
  const cases = {};
  for (const [name, path] of Object.entries(EXPORTS)) {
    const rates = name === "two-years" ? ["--rates", "fixtures/two-years/rates.csv"] : [];
    const metrics = name === "headroom" ? METRICS : [];
    cases[`inspect ${name}`] = [
      ["inspect", path, ...rates],
      ["inspect", path, ...rates, "--json"],
    ];
    cases[`normalize ${name}`] = [["normalize", path, "--out", "table.csv"]];
    cases[`headroom ${name}`] = [
      ["headroom", path, ...rates, ...metrics, "--markdown", "headroom.md", "--events-out", "events.yaml"],
      ["headroom", path, ...rates, ...metrics, "--json"],
    ];
    cases[`recommend ${name}`] = [
      ["recommend", path, ...rates, ...metrics, ...FEW, ...FILES],
      ["recommend", path, ...rates, ...metrics, ...FEW, "--json"],
    ];
    cases[`recommend ${name} history`] = [
      ["recommend", path, ...rates, "--futures", "history", ...FILES],
      ["recommend", path, ...rates, "--futures", "history", "--json"],
    ];
    cases[`simulate ${name}`] = [
      ["simulate", path, ...rates, ...FEW, "--commitment", "1yr/no-upfront=3", ...FILES],
      ["simulate", path, ...rates, ...FEW, "--commitment", "3yr/all-upfront=2", "--json"],
    ];
  }
  const demo = EXPORTS.parquet;
  cases["demo"] = [["demo"]];
  cases["recommend futures"] = [
    ["recommend", demo, "--futures", "fixtures/ml-company/futures.csv.gz", "--json", ...FILES],
  ];
  cases["recommend one term"] = [
    [
      "recommend",
      demo,
      ...FEW,
      "--term",
      "1yr",
      "--payment",
      "any",
      "--ladder",
      "4",
      "--discount-rate",
      "0.08",
      ...FILES,
    ],
  ];
  cases["recommend limits"] = [
    [
      "recommend",
      demo,
      ...FEW,
      "--max-commitment",
      "2",
      "--max-upfront",
      "9000",
      "--payment",
      "any",
      "--min-utilization",
      "0.9",
      "--json",
    ],
  ];
  cases["recommend events"] = [
    ["recommend", demo, ...FEW, "--events", "given.yaml", "--growth", "0.2", "--json", ...FILES],
  ];
  cases["recommend assume"] = [
    ["recommend", EXPORTS.headroom, ...METRICS, ...FEW, "--assume", "headroom=likely", "--json", ...FILES],
  ];
  cases["backtest"] = [
    [
      "backtest",
      EXPORTS["two-years"],
      "--rates",
      "fixtures/two-years/rates.csv",
      ...FEW,
      "--step",
      "60d",
      "--csv",
      "csv",
    ],
    [
      "backtest",
      EXPORTS["two-years"],
      "--rates",
      "fixtures/two-years/rates.csv",
      ...FEW,
      "--step",
      "60d",
      "--json",
    ],
  ];
  cases["review"] = ["2025-12", "2026-01", "2026-02"].map((month, n) =>
    [
      "review",
      n === 0 ? ["fixtures/two-years/deliveries/2025-11"] : [],
      `fixtures/two-years/deliveries/${month}`,
      ["--rates", "fixtures/two-years/rates.csv", "--owned", `fixtures/two-years/plans/${month}.json`, FEW],
      [
        "--term",
        "1yr",
        "--store",
        "store.duckdb",
        "--as-of",
        `2026-0${n + 1}-04`,
        "--markdown",
        `${month}.md`,
      ],
      n === 2 ? ["--json"] : [],
    ].flat(2),
  );
  cases["refusals"] = [
    ["recommend", "nowhere"],
    ["recommend", demo, "--tail", "2"],
    ["simulate", demo],
    ["inspect", "given.yaml"],
  ];
  return Object.entries(cases).filter(([name]) => new RegExp(pattern).test(name));
}

const work = join(tmpdir(), "sageplan-same-bytes");
const oldTree = join(work, must("git", ["rev-parse", commit], root));
if (!existsSync(join(oldTree, "dist/.built"))) {
  must("git", ["worktree", "prune"], root);
  must("git", ["worktree", "add", "--force", "--detach", oldTree, commit], root);
  must("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], oldTree);
  must("node", ["scripts/build.mjs"], oldTree);
}
const kept = { old: join(work, `${basename(oldTree)}-runs`), new: join(work, `new-${process.pid}`) };

const call = (tree, folder, args) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [join(tree, "dist/cli/main.js"), ...args], {
      cwd: folder,
      env: { ...process.env, COLUMNS: "100", NO_COLOR: "1", TZ: "UTC" },
    });
    const told = { out: [], err: [] };
    child.stdout.on("data", (chunk) => told.out.push(chunk));
    child.stderr.on("data", (chunk) => told.err.push(chunk));
    child.on("close", (code) =>
      resolve({ code, out: Buffer.concat(told.out), err: Buffer.concat(told.err) }),
    );
  });

async function run(name, calls, tree, runs) {
  const folder = join(runs, name.replaceAll(" ", "_"));
  const done = join(runs, `${name.replaceAll(" ", "_")}.done`);
  if (existsSync(done)) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // The same inputs for both, by the same names.
  symlinkSync(join(oldTree, "fixtures"), join(folder, "fixtures"));
  writeFileSync(join(folder, "given.yaml"), EVENTS);
  for (const [n, args] of calls.entries()) {
    const { code, out, err } = await call(tree, folder, args);
    writeFileSync(join(folder, `call-${n}.out`), out);
    writeFileSync(join(folder, `call-${n}.err`), `${err}exit ${code}\n`);
  }
  writeFileSync(done, "");
  return folder;
}

const isOwnScript = /<script(?![^>]*type="text\/plain")[^>]*>.*?<\/script>|'sha256-[^']*'/gs;
function contentOf(folder, name) {
  const bytes = readFileSync(join(folder, name));
  if (name.endsWith(".html")) return Buffer.from(bytes.toString().replaceAll(isOwnScript, ""));
  return /\.(out|err)$/.test(name) ? Buffer.from(bytes.toString().replaceAll(folder, "")) : bytes;
}
const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.duckdb/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();

function differences(old, now) {
  const names = [...new Set([...filesIn(old), ...filesIn(now)])];
  return names.filter(
    (name) =>
      ![old, now].every((folder) => existsSync(join(folder, name))) ||
      !contentOf(old, name).equals(contentOf(now, name)),
  );
}

const queue = casesOf();
let [compared, failed] = [0, 0];
async function worker() {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const [name, calls] = next;
    const old = await run(name, calls, oldTree, kept.old);
    const now = await run(name, calls, root, kept.new);
    const differing = differences(old, now);
    const count = filesIn(now).length;
    compared += count;
    failed += differing.length;
    console.log(
      `${differing.length === 0 ? "same   " : "DIFFERS"} ${name}: ${differing.join(", ") || `${count} files`}`,
    );
  }
}
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker));
console.log(`${compared} files compared, ${failed} differ; ${kept.old} beside ${kept.new}`);
process.exitCode = failed === 0 ? 0 : 1;
