/** What a file holds, by its first bytes: a name's ending says what someone called it. */
import { open } from "node:fs/promises";
import { constants, gunzipSync } from "node:zlib";
import { SageplanError } from "../../domain/error.ts";
import { systemFault } from "./system-fault.ts";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be";

interface Magic {
  bytes: number[];
  /** For a message: "is …". */
  what: string;
  todo: string;
}

const DECOMPRESS = "Decompress it, and name what is in it.";

const PARQUET = [0x50, 0x41, 0x52, 0x31];

/** Containers that are not read, as they begin (their formats' own specifications). */
const NOT_READ: readonly Magic[] = [
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    what: "a ZIP archive (or an Excel workbook)",
    todo: "Unzip it, or save the workbook as CSV, and name what is in it.",
  },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], what: "compressed with Zstandard", todo: DECOMPRESS },
  { bytes: [0x42, 0x5a, 0x68], what: "compressed with bzip2", todo: DECOMPRESS },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], what: "compressed with xz", todo: DECOMPRESS },
  { bytes: PARQUET, what: "parquet", todo: "Give it a name that ends in .parquet." },
];

const beginsWith = (head: Buffer, bytes: readonly number[]): boolean =>
  bytes.every((byte, n) => head[n] === byte);

export const isGzip = (head: Buffer): boolean => beginsWith(head, [0x1f, 0x8b]);

export const isParquet = (head: Buffer): boolean => beginsWith(head, PARQUET);

/** @throws SageplanError `damaged-file` for what holds no text that is read */
export function requireText(path: string, head: Buffer): void {
  const found = NOT_READ.find(({ bytes }) => beginsWith(head, bytes));
  if (!found) return;
  throw new SageplanError(
    "damaged-file",
    `${path} is ${found.what}, expected text or gzip by its name. ${found.todo}`,
  );
}

/** By the byte order mark; without one by the zeros that UTF-16 has beside each letter of a header. */
export function encodingOf(head: Buffer): Encoding {
  if (beginsWith(head, [0xff, 0xfe])) return "utf-16le";
  if (beginsWith(head, [0xfe, 0xff])) return "utf-16be";
  const [first, second, third, fourth] = head;
  if (first && second === 0 && third && fourth === 0) return "utf-16le";
  return first === 0 && second && third === 0 && fourth ? "utf-16be" : "utf-8";
}

/** What text there is in the first bytes of a file; a letter or a gzip that they cut is left out. */
export function startOfText(head: Buffer): string {
  const plain = isGzip(head) ? inflatedStart(head) : head;
  return new TextDecoder(encodingOf(plain)).decode(plain);
}

function inflatedStart(head: Buffer): Buffer {
  try {
    return gunzipSync(head, {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: 64 * head.length + 1024,
    });
  } catch {
    return Buffer.alloc(0);
  }
}

/** Up to `bytes` of its beginning. @throws SageplanError `unreadable-file` */
export async function firstBytes(path: string, bytes: number): Promise<Buffer> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw systemFault(path, cause) ?? cause;
  }
}
