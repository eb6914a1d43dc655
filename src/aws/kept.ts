/**
 * What a pull has got so far, beside its answers, so that an interrupted one goes on and an
 * answered one is not asked again.
 */
import { createHash, randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { SageplanError } from "../domain/error.ts";
import type { Page } from "./pages.ts";

/** Beside each whole answer. */
interface Kept {
  /** SHA-256 of the question. */
  question: string;
  /** SHA-256 of the answer. */
  sha256: string;
}

const keptPath = (file: string): string => join(dirname(file), ".pull", `${basename(file)}.json`);

/** Until the answer is whole: a line with the question, then one a page, appended. */
const pagesPath = (file: string): string => join(dirname(file), ".pull", `${basename(file)}.pages.jsonl`);

export const questionOf = (question: unknown): string => sha256Of(JSON.stringify(question));

const sha256Of = (text: string | Uint8Array): string => createHash("sha256").update(text).digest("hex");

/** The answer to this very question is in place, unchanged. */
export function isAnswered(file: string, question: string): boolean {
  try {
    const kept = JSON.parse(readFileSync(keptPath(file), "utf8")) as Kept;
    return kept.question === question && sha256Of(readFileSync(file)) === kept.sha256;
  } catch {
    // None, or one that was damaged.
    return false;
  }
}

export interface KeptPage {
  page: Page;
  /** What asks for the page after it; null: there is none. */
  next: string | null;
}

/** Pages that an earlier pull of this question got, up to one that was cut. */
export function pagesKept(file: string, question: string): KeptPage[] {
  const lines: unknown[] = [];
  try {
    for (const line of readFileSync(pagesPath(file), "utf8").split("\n")) lines.push(JSON.parse(line));
  } catch {
    // None, or the end of what was written.
  }
  const [head, ...pages] = lines as [{ question?: string }?, ...KeptPage[]];
  return head?.question === question ? pages : [];
}

/** Begins the file anew. @throws SageplanError `cannot-write` */
export function keepPages(file: string, question: string, pages: readonly KeptPage[]): void {
  const lines = [{ question }, ...pages].map((line) => `${JSON.stringify(line)}\n`);
  write(pagesPath(file), lines.join(""));
}

/** @throws SageplanError `cannot-write` */
export const keepNextPage = (file: string, page: KeptPage): void =>
  writing(pagesPath(file), () => put(pagesPath(file), "a", `${JSON.stringify(page)}\n`));

/** Whole or not at all. @throws SageplanError `cannot-write` */
export function writeAnswer(file: string, question: string, text: string): void {
  write(file, text);
  write(keptPath(file), JSON.stringify({ question, sha256: sha256Of(text) } satisfies Kept));
  forget(pagesPath(file));
}

function put(path: string, flags: "w" | "a", text: string): void {
  const file = openSync(path, flags, 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function write(path: string, text: string): void {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}.tmp`);
  writing(path, () => {
    try {
      mkdirSync(dirname(path), { recursive: true });
      put(temporary, "w", text);
      renameSync(temporary, path);
    } catch (cause) {
      forget(temporary);
      throw cause;
    }
  });
}

function writing(path: string, attempt: () => void): void {
  try {
    attempt();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const isFull = /^(?:ENOSPC|EDQUOT|EFBIG)$/.test((cause as NodeJS.ErrnoException).code ?? "");
    throw new SageplanError(
      "cannot-write",
      `cannot write ${path}: ${why}. ${isFull ? "Make room and run it again: pages that were fetched before are kept. Or choose" : "Choose"} another ` +
        "place with --out.",
      { cause },
    );
  }
}

/** Cleaning up after a failure must not hide it. */
function forget(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The first failure is the one to report.
  }
}
