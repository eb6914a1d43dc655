/** `npm run check [-- NAME]`: what must hold of every commit, in the order in which it fails soonest. With a name, that check alone. */
import { spawnSync } from "node:child_process";

const CODE = ["src", "test", "scripts"];
const CHECKS = {
  format: [["oxfmt", "--config", "scripts/oxfmt.json", "--check", ...CODE, "!test/**/golden/**"]],
  lint: [["oxlint", "--config", "scripts/oxlint.json", "--deny-warnings", ...CODE]],
  types: [
    ["tsc", "--noEmit"],
    ["tsc", "--noEmit", "-p", "src/page"],
  ],
  layers: [["node", "scripts/check-layers.mjs"]],
  dead: [["knip"]],
  test: [["npm", "test"]],
};

const [name] = process.argv.slice(2);
if (name !== undefined && !(name in CHECKS)) {
  console.error(`check: found ${name}, expected one of ${Object.keys(CHECKS).join(", ")}.`);
  process.exit(2);
}
for (const [command, ...args] of name === undefined ? Object.values(CHECKS).flat() : CHECKS[name]) {
  // npm has put the programs of its packages on the path.
  const { status } = spawnSync(command, args, { stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) process.exit(status ?? 1);
}
