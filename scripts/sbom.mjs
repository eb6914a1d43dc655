/**
 * `npm run sbom`: what the package brings with it, as CycloneDX on standard output. Of npm's own it leaves out what differs by day,
 * run and machine, so that the same lock file gives the same bytes.
 */
import { spawnSync } from "node:child_process";

const args = ["sbom", "--package-lock-only", "--sbom-format=cyclonedx"];
const { status, stdout, stderr } = spawnSync("npm", args, {
  encoding: "utf8",
  maxBuffer: 1 << 28,
  shell: process.platform === "win32",
});
if (status !== 0) {
  console.error(stderr);
  process.exit(1);
}
const { serialNumber: _, metadata, components, dependencies, ...bom } = JSON.parse(stdout);
// npm's own --omit=dev (11.19.1) also leaves out what development and the program both need, commander among them.
const isShipped = ({ properties = [] }) =>
  !properties.some(({ name, value }) => name === "cdx:npm:package:development" && value === "true");
const shipped = components.filter(isShipped);
const known = new Set([metadata.component["bom-ref"], ...shipped.map((each) => each["bom-ref"])]);
const needs = dependencies
  .filter(({ ref }) => known.has(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => known.has(other)) }));
const { timestamp: _when, tools: _by, ...about } = metadata;
console.log(JSON.stringify({ ...bom, metadata: about, components: shipped, dependencies: needs }, null, 2));
