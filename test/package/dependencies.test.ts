/** What comes with the package: listed whole, and free to use. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface Locked {
  version: string;
  license?: string;
  integrity?: string;
  dev?: boolean;
}

const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, Locked> };
const shipped = Object.entries(lock.packages).filter(([path, { dev }]) => path !== "" && !dev);
const nameOf = (path: string): string => path.split("node_modules/").at(-1)!;

const PERMISSIVE = new Set(["MIT", "ISC", "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "Unlicense"]);

test("every package that comes along is under a permissive licence", () => {
  expect(shipped.length).toBeGreaterThan(15);
  const others = shipped.filter(([, { license }]) => !PERMISSIVE.has(license ?? ""));
  expect(others.map(([path, { license }]) => `${nameOf(path)}: ${license}`)).toEqual([]);
});

test("every package in the lock file is held to its bytes, those for other systems too", () => {
  const loose = Object.entries(lock.packages).filter(([path, { integrity }]) => path !== "" && !integrity);
  expect(loose.map(([path]) => nameOf(path))).toEqual([]);
});

test("the bill of materials names exactly the packages of the lock file, the same bytes each time", () => {
  const sbom = (): string => {
    const { status, stdout } = spawnSync(process.execPath, ["scripts/sbom.mjs"], { encoding: "utf8" });
    expect(status).toBe(0);
    return stdout;
  };
  const text = sbom();
  const { components } = JSON.parse(text) as {
    components: { group?: string; name: string; version: string }[];
  };
  const listed = components.map(
    ({ group, name, version }) => `${group ? `${group}/` : ""}${name}@${version}`,
  );
  const locked = shipped.map(([path, { version }]) => `${nameOf(path)}@${version}`);
  expect([...new Set(listed)].sort()).toEqual([...new Set(locked)].sort());
  expect(text).not.toMatch(/timestamp|serialNumber|registry/);
  expect(sbom()).toBe(text);
});
