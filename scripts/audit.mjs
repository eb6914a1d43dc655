/** `npm run audit`: known vulnerabilities of what is shipped. Not every registry serves that; then this says so and fails, for silence is no clean bill. */
import { spawnSync } from "node:child_process";

const { status, stdout, stderr } = spawnSync("npm", ["audit", "--omit=dev", "--loglevel=warn"], {
  encoding: "utf8",
  shell: process.platform === "win32",
});
process.stdout.write(stdout);
process.stderr.write(stderr);
if (/audit endpoint returned an error/.test(stderr)) {
  console.error(
    "audit: the npm registry in use does not serve security advisories, so nothing is known. Ask one that does (npm run audit --registry=URL).",
  );
}
process.exitCode = status ?? 1;
