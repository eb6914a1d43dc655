/** A folder in which the commands of a page work as they are written: a checkout's files, exports, rates and what else pages name. */
import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pageOf } from "../../scripts/docs/markdown.ts";
import { PLAN, rateOf } from "../aws/answers.ts";
import { scratchFolder } from "../ingest/small-exports.ts";
import { AWS_CLI } from "./doubles.ts";

const CHECKOUT = ["dist", "fixtures", "node_modules", "package.json", "scripts", "src", "tsconfig.json"];

/** What the double of the AWS CLI prints: beside what commands write under the same names. */
const ANSWERS = ["aws.json", "metrics.json", "plans.json", "rates.json", "usage.json"];

/** Pages that are about months or about waste read an export that has them. */
const EXPORTS: Readonly<Record<string, string>> = {
  "docs/review.md": "two-years/deliveries",
  "docs/how-to/monthly-review.md": "two-years/deliveries",
  "docs/headroom.md": "headroom/export",
};

export function folderFor(name: string, markdown: string, atEnd?: (clean: () => void) => void): string {
  const folder = scratchFolder(atEnd);
  const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
  for (const path of CHECKOUT) symlinkSync(resolve(path), join(folder, path));
  const months = EXPORTS[name];
  cpSync(
    join("fixtures", months ?? "ml-company/focus-1.0"),
    join(folder, months === undefined ? "exports/2026-10" : "exports"),
    { recursive: true },
  );
  symlinkSync(resolve("fixtures/ml-company/cur2-parquet"), join(folder, "cur"));
  cpSync("fixtures/ml-company/cost-explorer/recommendation/recommendation.json", join(folder, "aws.json"));
  cpSync("fixtures/ml-company/cost-explorer/hourly/usage.json", join(folder, "usage.json"));
  cpSync("fixtures/headroom/metrics.json", join(folder, "metrics.json"));
  cpSync("fixtures/headroom/queries.json", join(folder, "queries.json"));
  write("rates.json", JSON.stringify({ searchResults: [rateOf("USE1-Host:ml.g5.2xlarge", "1.0")] }));
  write("plans.json", JSON.stringify({ savingsPlans: [PLAN] }));
  write("futures.csv", `${exampleOf("docs/how-to/own-futures.md", "csv")}\n`);
  write("events.yaml", `${exampleOf("docs/events.md", "yaml")}\n`);
  for (const { comment, text } of pageOf(markdown).blocks) {
    const [, path] = /^file: (\S+)$/.exec(comment) ?? [];
    if (path !== undefined) write(path, `${text}\n`);
  }
  mkdirSync(join(folder, "answers"));
  for (const answer of ANSWERS) cpSync(join(folder, answer), join(folder, "answers", answer));
  mkdirSync(join(folder, "bin"));
  write("bin/sageplan", `#!/bin/sh\nexec "${process.execPath}" "${resolve("dist/cli/main.js")}" "$@"\n`);
  write("bin/aws", AWS_CLI);
  for (const program of ["sageplan", "aws"]) chmodSync(join(folder, "bin", program), 0o755);
  write(
    "config",
    "[profile billing]\nregion = us-east-1\naws_access_key_id = AKIAFAKE\naws_secret_access_key = fake\n",
  );
  return folder;
}

const exampleOf = (page: string, language: string): string =>
  pageOf(readFileSync(page, "utf8")).blocks.find((block) => block.language === language)!.text;
