/** Every link of the documentation leads somewhere: files and headings are looked up, addresses elsewhere are only looked at. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { globSync } from "tinyglobby";
import { expect, test } from "vitest";
import { pageOf } from "../../scripts/docs/markdown.ts";

const NAMES = [
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  "docs/**/*.md",
  "src/**/README.md",
  "fixtures/**/README.md",
];
const pages = new Map(globSync(NAMES).map((name) => [name, pageOf(readFileSync(name, "utf8"))]));

function fault(from: string, link: string): string | null {
  if (/^[a-z]+:/i.test(link))
    return URL.canParse(link) && link.startsWith("https://") ? null : "is not https";
  const [path = "", anchor] = decodeURIComponent(link).split("#");
  const to = path === "" ? from : normalize(join(dirname(from), path));
  if (!existsSync(to)) return "leads to no file";
  if (anchor === undefined) return null;
  const page = pages.get(to);
  if (page === undefined) return "names a heading of a page that is not looked at";
  return page.anchors.has(anchor) ? null : "leads to no heading";
}

test("there are pages and links to look at", () => {
  expect(pages.size).toBeGreaterThan(25);
  expect([...pages.values()].flatMap(({ links }) => links).length).toBeGreaterThan(60);
});

test.each([...pages])("%s", (from, { links }) => {
  const faults = links.flatMap((link) => {
    const said = fault(from, link);
    return said === null ? [] : [`${link} ${said}`];
  });
  expect(faults).toEqual([]);
});

test.each([
  ["docs/aws.md", "no-such-page.md", "leads to no file"],
  ["docs/aws.md", "cost-explorer.md#no-such-heading", "leads to no heading"],
  ["docs/aws.md", "http://example.com", "is not https"],
  ["docs/aws.md", "cost-explorer.md#how-to-ask", null],
])("in %s, %s: %s", (from, link, said) => {
  expect(fault(from, link)).toBe(said);
});
