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

/** One file for each answer: the question; pages until it is whole, then the answer's checksum. */
interface Kept {
  /** SHA-256 of the question. */
  question: string;
  pages: Page[];
  next: string | null;
  sha256: string | null;
}

const keptPath = (file: string): string => join(dirname(file), ".pull", `${basename(file)}.json`);

export const questionOf = (question: unknown): string => sha256Of(JSON.stringify(question));

const sha256Of = (text: string | Uint8Array): string => createHash("sha256").update(text).digest("hex");

function keptOf(file: string, question: string): Kept | null {
  try {
    const kept = JSON.parse(readFileSync(keptPath(file), "utf8")) as Kept;
    return kept.question === question && Array.isArray(kept.pages) ? kept : null;
  } catch {
    // None, or one that was damaged: the question is asked from its beginning.
    return null;
  }
}

/** The answer to this very question is in place, unchanged. */
export function isAnswered(file: string, question: string): boolean {
  const kept = keptOf(file, question);
  if (kept === null || kept.sha256 === null) return false;
  try {
    return sha256Of(readFileSync(file)) === kept.sha256;
  } catch {
    return false;
  }
}

/** Pages that an earlier pull got, and what asks for the next. */
export function pagesKept(file: string, question: string): { pages: Page[]; next: string | null } {
  const kept = keptOf(file, question);
  return kept === null || kept.sha256 !== null ? { pages: [], next: null } : kept;
}

export const keepPages = (file: string, question: string, pages: Page[], next: string | null): void =>
  write(keptPath(file), JSON.stringify({ question, pages, next, sha256: null } satisfies Kept));

/** Whole or not at all. @throws SageplanError `cannot-write` */
export function writeAnswer(file: string, question: string, text: string): void {
  write(file, text);
  const kept: Kept = { question, pages: [], next: null, sha256: sha256Of(text) };
  write(keptPath(file), JSON.stringify(kept));
}

function write(path: string, text: string): void {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    mkdirSync(dirname(path), { recursive: true });
    const file = openSync(temporary, "w", 0o600);
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (cause) {
    forget(temporary);
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
