/** `suite.mjs proofs|docs|e2e|trino|package|node [FILE…]`: runs the tests that `npm test` leaves out. A script, so that the variable is set on every system. */
import { spawnSync } from "node:child_process";

const [suite, ...files] = process.argv.slice(2);
const vitest = ["node_modules/vitest/vitest.mjs", "run", "--config", "scripts/vitest.config.ts"];
const { status } = spawnSync(process.execPath, [...vitest, ...files], {
  stdio: "inherit",
  env: { ...process.env, SUITE: suite },
});
process.exitCode = status ?? 1;
