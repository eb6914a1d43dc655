/**
 * The one reader of text that is read as a whole: rates, plans, events, metrics, recommendations, manifests and Cost
 * Explorer's answers. UTF-8 or UTF-16, with a byte order mark or without, gzip or not: what Windows PowerShell, Excel
 * and browsers make of a file that AWS wrote.
 */
import { isUtf8 } from "node:buffer";
import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { SageplanError } from "../../domain/error.ts";
import { encodingOf, isGzip, requireText } from "./contents.ts";
import { systemFault } from "./system-fault.ts";

/** JavaScript holds no longer text. */
const MOST_TEXT_BYTES = 500_000_000;

/**
 * `what` it is read as, such as "The rate card", for the message of a file that is not there.
 * @throws SageplanError `path-not-found`, `unreadable-file`, `damaged-file` naming the file and what it is instead
 */
export async function readText(path: string, what = ""): Promise<string> {
  return textOf(path, await readBytes(path, what));
}

/** @throws SageplanError `path-not-found`, `unreadable-file` */
export const readBytes = (path: string, what = ""): Promise<Buffer> =>
  readFile(path).catch((cause: unknown) => {
    throw what === "" ? (systemFault(path, cause) ?? cause) : notThere(path, what, cause);
  });

function notThere(path: string, what: string, cause: unknown): SageplanError {
  const { code } = cause as NodeJS.ErrnoException;
  const why =
    code === "ENOENT"
      ? "it was not found"
      : code === "EISDIR"
        ? "it is a folder, expected a file"
        : String(cause);
  return new SageplanError(
    "path-not-found",
    `${what} ${path} can't be read: ${why}. Check the name that was given.`,
    {
      cause,
    },
  );
}

/** The text in bytes that were read already. @throws SageplanError `damaged-file` */
export function textOf(path: string, bytes: Buffer): string {
  const plain = isGzip(bytes) ? inflated(path, bytes) : bytes;
  requireText(path, plain);
  if (plain.length > MOST_TEXT_BYTES) throw tooLong(path);
  const encoding = encodingOf(plain);
  if (encoding === "utf-8" && !isUtf8(plain)) throw notText(path, "bytes that are no UTF-8");
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(plain);
  } catch {
    throw notText(path, "bytes that are no UTF-16");
  }
  const nul = text.indexOf("\0");
  if (nul >= 0) throw notText(path, `a NUL byte in line ${text.slice(0, nul).split("\n").length}`);
  return text;
}

/** What AWS prints has some ten levels. `JSON.parse` takes any number, and whoever walks what it made runs out of stack. */
const MOST_LEVELS = 500;

/** @throws what `refuse` makes of the reason when it is no JSON, or nested beyond any that AWS prints */
export function parseJson(
  text: string,
  refuse: (why: string, cause: unknown) => Error,
  mostLevels = MOST_LEVELS,
): unknown {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw refuse(cause instanceof Error ? cause.message : String(cause), cause);
  }
  if (levelsOf(text, { skipsTexts: true }) > mostLevels)
    throw refuse(`it is nested in more than ${mostLevels} levels`, null);
  return json;
}

const CODES = { quote: 0x22, backslash: 0x5c, list: [0x5b, 0x5d], record: [0x7b, 0x7d] } as const;

/** The most brackets that are open at once; `skipsTexts`: those between the quotes of JSON are none. */
export function levelsOf(text: string, { skipsTexts }: { skipsTexts: boolean }): number {
  const { quote, backslash, list, record } = CODES;
  let [level, most] = [0, 0];
  let isText = false;
  for (let n = 0; n < text.length; n++) {
    const code = text.charCodeAt(n);
    if (skipsTexts && code === quote) isText = !isText;
    else if (isText && code === backslash) n++;
    else if (isText) continue;
    else if (code === list[0] || code === record[0]) most = Math.max(most, ++level);
    else if (code === list[1] || code === record[1]) level--;
  }
  return most;
}

function inflated(path: string, bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_TEXT_BYTES });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLong(path);
    throw new SageplanError(
      "damaged-file",
      `${path} is a damaged gzip: ${(cause as Error).message}. Download it again.`,
      { cause },
    );
  }
}

const tooLong = (path: string): SageplanError =>
  new SageplanError(
    "damaged-file",
    `${path} holds more than ${MOST_TEXT_BYTES / 1e6} MB of text, which is no file of its kind. Ask for less at a time.`,
  );

const notText = (path: string, found: string): SageplanError =>
  new SageplanError(
    "damaged-file",
    `${path}: found ${found}, expected text (UTF-8, or UTF-16 with a byte order mark). Download or save it again.`,
  );
