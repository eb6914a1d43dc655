/** Two days of the made-up company's two weeks of futures: settled in an eighth of the time. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll } from "vitest";
import { scratchFolder } from "./small-exports.ts";

export const SOON_HOURS = 48;

const FIXTURE = "fixtures/ml-company/futures.csv.gz";
const [HEADER, ...LINES] = gunzipSync(readFileSync(FIXTURE)).toString().trimEnd().split("\n");

export const SOON_LINES: readonly string[] = LINES.filter((line) => line < "2026-11-01T06");

export const futuresText = (lines: readonly string[]): string => `${[HEADER, ...lines].join("\n")}\n`;

/** Of a file's tests, to be called at its top: it goes when they end. */
export function soonFutures(): string {
  const path = join(scratchFolder(afterAll), "futures.csv");
  writeFileSync(path, futuresText(SOON_LINES));
  return path;
}
