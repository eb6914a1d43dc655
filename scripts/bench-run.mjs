/** `npm run bench [-- NAME] [ARGUMENTS]`: a measurement by name (`futures`, `html`, `monthly`, `same-bytes COMMIT`, `scale`, `traces`, `tree`, `user`, `xlsx`), or the ratios of `bench.ts`. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const NAMED = new Set([
  "futures",
  "html",
  "monthly",
  "same-bytes",
  "scale",
  "traces",
  "tree",
  "user",
  "xlsx",
]);
const [name, ...rest] = process.argv.slice(2);
const file = name === "same-bytes" ? "same-bytes.mjs" : NAMED.has(name) ? `bench-${name}.ts` : "bench.ts";
const args = NAMED.has(name) ? rest : process.argv.slice(2);
const { status } = spawnSync(
  process.execPath,
  ["--import", "tsx", join(import.meta.dirname, file), ...args],
  {
    stdio: "inherit",
  },
);
process.exitCode = status ?? 1;
