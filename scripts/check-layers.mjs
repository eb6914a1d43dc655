/**
 * The import table of the rooms, enforced. Fails too when fewer modules were seen than the tree holds: a checker that
 * parses nothing would otherwise pass. Plain JavaScript: under a TypeScript loader the swc parser sees no classes.
 */
import { readdirSync } from "node:fs";
import { cruise } from "dependency-cruiser";

/** Room → rooms that it may import, beside itself. Root files of `src` are the verbs and the door. */
const MAY_IMPORT = {
  domain: [],
  // Athena is AWS too: one configuration of the SDK, one reading of its errors.
  engine: ["domain", "aws"],
  headroom: ["domain"],
  scenario: ["domain"],
  optimize: ["domain"],
  settlement: ["domain"],
  report: ["domain"],
  backtest: ["domain", "optimize", "scenario"],
  review: ["domain", "settlement"],
  ingest: ["domain", "engine"],
  store: ["domain", "engine"],
  aws: ["domain"],
  // The page in a browser settles with the verbs' own parts. What may not run there, the bundler refuses.
  page: ["domain", "settlement", "report", "figures\\.ts$", "prospect\\.ts$"],
};

const roomRules = Object.entries(MAY_IMPORT).map(([room, allowed]) => ({
  name: `${room}-imports-only-${allowed.join("-") || "nothing"}`,
  severity: "error",
  from: { path: `^src/${room}/` },
  to: {
    path: "^src/",
    pathNot: `^src/(${[room, ...allowed].map((name) => (name.endsWith("$") ? name : `${name}/`)).join("|")})`,
  },
}));

const rules = {
  forbidden: [
    ...roomRules,
    {
      name: "cli-uses-the-door",
      severity: "error",
      from: { path: "^src/cli/" },
      to: { path: "^src/", pathNot: "^src/(cli/|index\\.ts$)" },
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
      // The reference of the command line is printed from the commands.
      name: "docs-print-the-door-and-the-commands",
      severity: "error",
      from: { path: "^scripts/docs/" },
      to: { path: "^src/", pathNot: "^src/(index|cli/program|cli/exit-codes)\\.ts$" },
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
if (seen < expected) {
  console.error(`check-layers: saw ${seen} of ${expected} modules; the checker is not parsing the sources`);
}
if (violations.length > 0 || seen < expected) process.exitCode = 1;
else console.log(`check-layers: ${seen} modules, ${totalCruised} cruised, every import within the table`);
