/** `--html`: the page's own code and style, as `scripts/build.mjs` left them, around a result. */
import { readFileSync } from "node:fs";
import type { Recommended } from "../../domain/recommended.ts";

/** Loaded when a page is asked for. */
export async function documentHtml({ recommendation, hourlyUse, whatIf }: Recommended): Promise<string> {
  const report = await import("./document.ts");
  return report.reportPage(recommendation, hourlyUse, whatIf, {
    script: asset("page.js"),
    style: asset("page.css"),
  });
}

/** They lie in `dist`, whether this file runs there or in `src`. */
const asset = (name: string): string =>
  readFileSync(new URL(`../../../dist/page/${name}`, import.meta.url), "utf8");
