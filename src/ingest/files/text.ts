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

/** @throws SageplanError `unreadable-file`, `damaged-file` naming the file and what it is instead */
export async function readText(path: string): Promise<string> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw systemFault(path, cause) ?? cause;
  });
  return textOf(path, bytes);
}

/** The same of bytes that were read already. */
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

/** @throws SyntaxError when it is no JSON */
export const jsonOf = (path: string, bytes: Buffer): unknown => JSON.parse(textOf(path, bytes)) as unknown;

/** @throws SageplanError as `readText`; SyntaxError when it is no JSON */
export const readJson = async (path: string): Promise<unknown> => JSON.parse(await readText(path)) as unknown;

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
