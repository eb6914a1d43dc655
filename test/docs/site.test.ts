/** The documentation as web pages: built as `npm run site` builds it, every link leading to a page and a heading of it. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { globSync } from "tinyglobby";
import { expect, test } from "vitest";
import { scratchFolder } from "../ingest/small-exports.ts";

test("one page a Markdown file, and its links lead somewhere", () => {
  const folder = scratchFolder();
  const { status, stderr } = spawnSync(
    process.execPath,
    ["node_modules/tsx/dist/cli.mjs", "scripts/docs/site.ts", folder],
    { encoding: "utf8" },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const pages = new Map(
    globSync("**/*.html", { cwd: folder }).map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
  expect(pages.size).toBe(globSync("docs/**/*.md").length);
  const faults = [...pages].flatMap(([name, html]) =>
    [...html.matchAll(/<a href="([^"]*)"/g)]
      .map((match) => match[1]!)
      .filter((href) => !href.startsWith("https://"))
      .filter((href) => {
        const [path = "", anchor] = href.split("#");
        const to = pages.get(path === "" ? name : normalize(join(dirname(name), path)));
        return to === undefined || (anchor !== undefined && !to.includes(`id="${anchor}"`));
      })
      .map((href) => `${name}: ${href}`),
  );
  expect(faults).toEqual([]);
});
