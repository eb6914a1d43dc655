/**
 * `npm run suite -- NAME [FILE…]`: the tests that `npm test` leaves out. `proofs`: the slow ones (`-- proofs --share 0.1`: a tenth of their
 * cases); `docs`: every command of the documentation;
 * `e2e`, `trino`, `package`, `node`: those that need programs of the system or a registry; `fuzz`: broken and odd inputs (`-- fuzz --cases N`);
 * `nightly`: all of them, whole, with what came of it in `docs/bench/<date>-nightly.json`. A script, so that the variable is set on every system.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const SUITES = ["proofs", "docs", "e2e", "node", "trino", "package", "fuzz"];
const root = join(import.meta.dirname, "..");
const run = (args, env = {}) =>
  spawnSync(process.execPath, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } })
    .status ?? 1;

function suite(name, args) {
  if (name === "fuzz") return run(["node_modules/tsx/dist/cli.mjs", "test/fuzz/run.ts", ...args]);
  const { share, files } = shareIn(args);
  return run(["node_modules/vitest/vitest.mjs", "run", "--config", "scripts/vitest.config.ts", ...files], {
    SUITE: name,
    ...(share === undefined ? {} : { SHARE: share }),
  });
}

function shareIn(args) {
  const at = args.indexOf("--share");
  return at < 0 ? { files: args } : { share: args[at + 1], files: args.toSpliced(at, 2) };
}

function nightly() {
  const results = SUITES.map((name) => {
    const started = performance.now();
    const status = suite(name, []);
    return { suite: name, passed: status === 0, seconds: Math.round((performance.now() - started) / 1_000) };
  });
  const file = `docs/bench/${new Date().toISOString().slice(0, 10)}-nightly.json`;
  writeFileSync(join(root, file), `${JSON.stringify({ node: process.version, results }, null, 2)}\n`);
  console.log(`Wrote ${file}`);
  return results.every(({ passed }) => passed) ? 0 : 1;
}

const [name, ...args] = process.argv.slice(2);
if (name !== "nightly" && !SUITES.includes(name)) {
  console.error(`suite: found ${name ?? "nothing"}, expected one of ${[...SUITES, "nightly"].join(", ")}.`);
  process.exit(2);
}
process.exitCode = name === "nightly" ? nightly() : suite(name, args);
