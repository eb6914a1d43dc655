/**
 * `npm run sbom`: what the package brings with it, as CycloneDX on standard output. Of npm's own it leaves out what differs by day,
 * run and machine, so that the same lock file gives the same bytes.
 */
import { spawnSync } from "node:child_process";

const args = ["sbom", "--package-lock-only", "--omit=dev", "--sbom-format=cyclonedx"];
const { status, stdout, stderr } = spawnSync("npm", args, {
  encoding: "utf8",
  maxBuffer: 1 << 28,
  shell: process.platform === "win32",
});
if (status !== 0) {
  console.error(stderr);
  process.exit(1);
}
const { serialNumber: _, metadata, ...bom } = JSON.parse(stdout);
const { timestamp: _when, tools: _by, ...about } = metadata;
console.log(JSON.stringify({ ...bom, metadata: about }, null, 2));
