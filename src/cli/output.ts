/** Files that appear whole or not at all. Synchronous, so that an interruption cannot fall between two of the steps. */
import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

export interface OutputFile {
  path: string;
  text: string | Uint8Array;
}

/**
 * Writes the files, in folders that are made when missing: all of them beside their names first, then renamed. On a
 * failure nothing new is left behind and what `faultOf` makes of the error and its file is thrown. Returns the paths.
 */
export function writeFiles<F extends OutputFile>(
  files: readonly F[],
  faultOf: (error: unknown, file: F) => unknown = (error) => error,
): string[] {
  const folders = [...new Set(files.map(({ path }) => dirname(path)))];
  const missing = [...new Set(folders.flatMap(missingFolders))].sort((a, b) => b.length - a.length);
  const paths = files.map(({ path }) => path);
  const temporary = paths.map((path) =>
    join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}.tmp`),
  );
  let at = 0;
  const each = (step: (file: F, n: number) => void): void => {
    for (at = 0; at < files.length; at += 1) step(files[at]!, at);
  };
  try {
    each(({ path }) => mkdirSync(dirname(path), { recursive: true }));
    each(({ path }) => refuseOther(path));
    each(({ text }, n) => writeDurably(temporary[n]!, text));
    each(({ path }, n) => renameSync(temporary[n]!, path));
    return paths;
  } catch (error) {
    for (const path of temporary) quietly(() => rmSync(path, { force: true }));
    for (const path of missing) quietly(() => rmdirSync(path));
    throw faultOf(error, files[at]!);
  }
}

/** The folders that have to be made for this one to exist, deepest first. */
function missingFolders(folder: string): string[] {
  const missing: string[] = [];
  for (let path = resolve(folder); !existsSync(path); path = dirname(path)) missing.push(path);
  return missing;
}

/** A rename would put a file in the place of `/dev/null`. */
function refuseOther(path: string): void {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there?.isDirectory()) throw new Error(`${path} is a folder`);
  if (there && !there.isFile()) throw new Error(`${path} is a pipe, a socket or a device`);
}

function writeDurably(path: string, text: string | Uint8Array): void {
  // Never through a link that someone laid under this name.
  const file = openSync(path, "wx");
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Cleaning up after a failure must not hide it. */
function quietly(clean: () => void): void {
  try {
    clean();
  } catch {
    // The first failure is the one to report.
  }
}

/** One JSON document and a newline. Characters that a terminal could obey are escaped, as JSON allows. */
export const jsonDocument = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).replace(/[\u007f-\u009f\u2028\u2029\p{Cf}]/gu, (character) =>
    [...Array(character.length).keys()]
      .map((n) => `\\u${character.charCodeAt(n).toString(16).padStart(4, "0")}`)
      .join(""),
  )}\n`;
