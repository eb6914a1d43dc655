/**
 * The monthly review as cron or CI calls it: `npm run review -- EXPORT… [--out DIR] [every option of "sageplan review"]`. Writes
 * `<month>.md` (for a ticket or a chat message) and `<month>.json` into DIR (default: ./reviews) and prints the headline. Its exit
 * code is that of `sageplan review`: 10 when a person has something to decide, 0 when not.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Review } from "../src/index.ts";

const DECISION_DUE = 10;
const CANNOT_WRITE = 3;

const main = join(import.meta.dirname, "..", "dist", "cli", "main.js");
const args = process.argv.slice(2);
const at = args.indexOf("--out");
const folder = at < 0 ? "./reviews" : (args[at + 1] ?? "");
if (at >= 0) args.splice(at, 2);

/** Beside its name and renamed: a reader never sees a half. */
function write(path: string, text: string): void {
  writeFileSync(`${path}.tmp`, text);
  renameSync(`${path}.tmp`, path);
}

if (args.includes("--help") || args.includes("-h")) {
  console.log("npm run review -- EXPORT… [--out DIR] [every option below]");
  console.log(
    "Writes <month>.md and <month>.json into DIR (default: ./reviews). Exits 10 when something is to be decided.",
  );
  process.exit(spawnSync(process.execPath, [main, "review", "--help"], { stdio: "inherit" }).status ?? 1);
}
try {
  mkdirSync(folder, { recursive: true });
} catch (error) {
  console.error(`--out ${folder} can't be made: ${error instanceof Error ? error.message : String(error)}.`);
  process.exit(CANNOT_WRITE);
}
const unfinished = join(folder, `.review.${process.pid}.md`);
const call = spawnSync(process.execPath, [main, "review", ...args, "--json", "--markdown", unfinished], {
  encoding: "utf8",
  stdio: ["ignore", "pipe", "pipe"],
  maxBuffer: 1e9,
});
const notes = call.stderr.split("\n").filter((line) => line !== "" && !line.startsWith("Wrote "));
if (notes.length > 0) console.error(notes.join("\n"));
if (call.status === 0 || call.status === DECISION_DUE) {
  const { months, asOf } = JSON.parse(call.stdout) as Review;
  const name = join(folder, months.at(-1)?.month ?? asOf.slice(0, 7));
  const markdown = readFileSync(unfinished, "utf8");
  write(`${name}.md`, markdown);
  write(`${name}.json`, call.stdout);
  console.log(`${markdown.split("\n")[0]!.replace(/^# /, "")}\nWrote ${name}.md and ${name}.json`);
}
rmSync(unfinished, { force: true });
process.exitCode = call.status ?? 1;
