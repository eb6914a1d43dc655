/** Runs the tests that need a Trino server. A script, so that the variable is set on every system. */
import { spawnSync } from "node:child_process";

const vitest = ["node_modules/vitest/vitest.mjs", "run", "--config", "scripts/vitest.config.ts"];
const { status } = spawnSync(process.execPath, [...vitest, ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, TRINO: "1" },
});
process.exitCode = status ?? 1;
