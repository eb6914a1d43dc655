/**
 * The import table of the rooms, enforced. Fails too when other modules were seen than the tree holds: a checker that
 * parses nothing would otherwise pass. Plain JavaScript: under a TypeScript loader the swc parser sees no classes.
 */
import { readdirSync } from "node:fs";
import { cruise } from "dependency-cruiser";

/** Files at the root of `src`: the verbs and the door. */
const MOST_ROOT_FILES = 10;

/** Room → rooms that it may import, beside itself. The verbs at the root of `src` may import every room but `cli`. */
const MAY_IMPORT = {
  domain: [],
  aws: ["domain"],
  optimize: ["domain"],
  pricing: ["domain"],
  report: ["domain"],
  scenario: ["domain"],
  settlement: ["domain"],
  engine: ["domain", "aws"],
  history: ["domain", "pricing", "settlement"],
  problem: ["domain", "settlement"],
  ingest: ["domain", "engine", "pricing"],
  outcome: ["domain", "problem", "settlement"],
  portfolio: ["domain", "problem", "settlement", "optimize"],
  findings: ["domain", "problem", "history", "pricing"],
  headroom: ["domain", "history", "pricing"],
  backtest: ["domain", "problem", "optimize", "scenario", "portfolio"],
  store: ["domain", "engine", "ingest"],
  review: ["domain", "problem", "history", "portfolio", "settlement"],
  recommendation: [
    "domain",
    "history",
    "scenario",
    "pricing",
    "problem",
    "portfolio",
    "outcome",
    "findings",
    "settlement",
    "optimize",
  ],
  threads: ["domain", "problem", "portfolio"],
  page: ["domain", "problem", "outcome", "settlement", "report"],
};

const roomRules = Object.entries(MAY_IMPORT).map(([room, allowed]) => ({
  name: `${room}-imports-only-${allowed.join("-") || "nothing"}`,
  severity: "error",
  from: { path: `^src/${room}/` },
  to: { path: "^src/", pathNot: `^src/(${[room, ...allowed].join("|")})/` },
}));

const rules = {
  forbidden: [
    ...roomRules,
    {
      // The table of the options is read before the library is loaded.
      name: "cli-uses-the-door-and-the-options",
      severity: "error",
      from: { path: "^src/cli/" },
      to: { path: "^src/", pathNot: "^src/(cli/|domain/options/|index\\.ts$)" },
    },
    {
      name: "scripts-use-the-door",
      severity: "error",
      from: { path: "^scripts/", pathNot: "^scripts/(docs/|bench-task\\.ts$)" },
      to: { path: "^src/", pathNot: "^src/index\\.ts$" },
    },
    {
      // The engine's part of a verb, measured alone.
      name: "the-bench-uses-the-door-and-the-engine",
      severity: "error",
      from: { path: "^scripts/bench-task\\.ts$" },
      to: { path: "^src/", pathNot: "^src/(index|engine/|ingest/)" },
    },
    {
      // The reference is printed from the commands and from the table of the options.
      name: "docs-print-the-door-and-the-commands",
      severity: "error",
      from: { path: "^scripts/docs/" },
      to: { path: "^src/", pathNot: "^src/(index|cli/program|cli/exit-codes|domain/options/verbs)\\.ts$" },
    },
    {
      name: "nobody-imports-cli",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/cli/" },
      to: { path: "^src/cli/" },
    },
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    { name: "no-unresolved", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "no-dev-dependency-in-src",
      severity: "error",
      from: { path: "^src/" },
      to: { dependencyTypes: ["npm-dev"] },
    },
  ],
};

/** A room that the table does not name could import anything. */
const entries = readdirSync("src", { withFileTypes: true });
const rooms = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
const unnamed = rooms.filter((name) => name !== "cli" && !(name in MAY_IMPORT));
const empty = Object.keys(MAY_IMPORT).filter((name) => !rooms.includes(name));
const rootFiles = entries.length - rooms.length;
const faults = [
  ...unnamed.map((name) => `src/${name} is not in the table`),
  ...empty.map((name) => `the table names src/${name}, and there is no such room`),
  ...(rootFiles > MOST_ROOT_FILES
    ? [`${rootFiles} files at the root of src, at most ${MOST_ROOT_FILES}`]
    : []),
];

const expected = ["src", "scripts"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts")),
).length;

const { output } = await cruise(["src", "scripts"], {
  ruleSet: rules,
  validate: true,
  parser: "swc",
  exclude: { path: "node_modules" },
  doNotFollow: { path: "node_modules" },
  tsPreCompilationDeps: true,
  enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"] },
});
if (typeof output === "string") throw new Error("check-layers: expected a result object");
const { violations, totalCruised } = output.summary;
for (const { rule, from, to } of violations) console.error(`${rule.name}: ${from} → ${to}`);
const seen = output.modules.filter(({ source }) => /^(src|scripts)\/.*\.ts$/.test(source)).length;
if (seen !== expected) {
  faults.push(`saw ${seen} of ${expected} modules; the checker is not parsing the sources`);
}
for (const fault of faults) console.error(`check-layers: ${fault}`);
if (violations.length > 0 || faults.length > 0) process.exitCode = 1;
else console.log(`check-layers: ${seen} modules, ${totalCruised} cruised, every import within the table`);
