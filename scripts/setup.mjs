/**
 * Makes a fresh clone ready, and does nothing in one that is: installs what the lock file names, builds `dist`.
 * Plain JavaScript, because it runs before anything is installed.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const modifiedMs = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);
const newestMs = (folder) =>
  Math.max(
    0,
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  );

function run(command, args) {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    console.error(`setup: \`${[command, ...args].join(" ")}\` failed; what it printed stands above.`);
    process.exit(1);
  }
}

const installed = modifiedMs(join(root, "node_modules/.package-lock.json"));
if (installed < modifiedMs(join(root, "package-lock.json"))) {
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
}
const built = modifiedMs(join(root, "dist/.built"));
if (built < Math.max(newestMs(join(root, "src")), modifiedMs(join(root, "tsconfig.json")))) {
  run("node", [join(root, "scripts/build.mjs")]);
}
