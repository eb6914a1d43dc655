/**
 * The bytes of a CSV as UTF-8 whose lines end in `\n`, whatever the file's name says: inflated when they are gzip,
 * recoded from UTF-16 (PowerShell, Excel's "Unicode text"), lines that end in a lone `\r` (Excel on a Mac) ended anew.
 */
import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { SageplanError } from "../../domain/error.ts";
import { encodingOf, firstBytes, isGzip, requireText, type Encoding } from "../files/contents.ts";

const CHUNK_BYTES = 1 << 20;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
const QUOTE = 0x22;

export interface CsvBytes {
  isGzip: boolean;
  /** True where the text is not the file's own bytes. Known with the first of `chunks`. */
  isRewritten: () => boolean;
  chunks: AsyncIterable<Buffer>;
  /** Of what lies on disk; to be asked when all chunks were read. */
  sha256: () => string;
}

/** @throws SageplanError `damaged-file`, `unreadable-file` */
export async function openCsv(path: string, onBytes: (bytes: number) => void): Promise<CsvBytes> {
  const head = await firstBytes(path, 8);
  requireText(path, head);
  const zipped = isGzip(head);
  const raw = rawBytes(path, zipped, onBytes);
  let rewritten = false;
  async function* plain(): AsyncIterable<Buffer> {
    const chunks = raw.chunks[Symbol.asyncIterator]();
    const first = await chunks.next();
    if (first.done) return;
    const encoding = encodingOf(first.value);
    const recoded = encoding === "utf-8" ? null : new Recoder(path, encoding);
    const start = recoded ? recoded.next(first.value) : first.value;
    const lines = endsInReturn(start) ? new LineEnds() : null;
    rewritten = recoded !== null || lines !== null;
    const both = (text: Buffer): Buffer => (lines ? lines.next(text) : text);
    yield both(start);
    for (let next = await chunks.next(); !next.done; next = await chunks.next())
      yield both(recoded ? recoded.next(next.value) : next.value);
    recoded?.end();
  }
  return { isGzip: zipped, isRewritten: () => rewritten, chunks: plain(), sha256: raw.sha256 };
}

interface RawBytes {
  chunks: AsyncIterable<Buffer>;
  sha256: () => string;
}

function rawBytes(path: string, zipped: boolean, onBytes: (bytes: number) => void): RawBytes {
  const hash: Hash = createHash("sha256");
  const raw = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  raw.on("data", (chunk) => {
    hash.update(chunk);
    onBytes(chunk.length);
  });
  if (!zipped) return { chunks: raw as AsyncIterable<Buffer>, sha256: () => hash.digest("hex") };
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  raw.on("error", (error) => gunzip.destroy(error));
  raw.pipe(gunzip);
  async function* chunks(): AsyncIterable<Buffer> {
    yield* gunzip as AsyncIterable<Buffer>;
    await requireNothingBehind(path, gunzip.bytesWritten);
  }
  return { chunks: chunks(), sha256: () => hash.digest("hex") };
}

/**
 * zlib takes zeros behind a member for padding, and what follows them for nothing. A download that sets the room aside
 * and breaks off between two members ends in zeros too.
 * @throws SageplanError `damaged-file`
 */
async function requireNothingBehind(path: string, end: number): Promise<void> {
  const { size } = await stat(path);
  if (end >= size) return;
  throw new SageplanError(
    "damaged-file",
    `${path} is damaged: its gzip stream ends at byte ${end} of ${size}, and zeros follow, where more of it may have been. Download it again.`,
  );
}

class Recoder {
  readonly #path: string;
  readonly #decoder: InstanceType<typeof TextDecoder>;

  constructor(path: string, encoding: Encoding) {
    this.#path = path;
    this.#decoder = new TextDecoder(encoding, { fatal: true });
  }

  next(chunk: Buffer): Buffer {
    return this.#attempt(() => Buffer.from(this.#decoder.decode(chunk, { stream: true })));
  }

  end(): void {
    this.#attempt(() => this.#decoder.decode());
  }

  #attempt<T>(decode: () => T): T {
    try {
      return decode();
    } catch (cause) {
      throw new SageplanError(
        "damaged-file",
        `${this.#path} begins as UTF-16, and holds bytes that are none, or half a letter at its end. Download or save it again, as UTF-8.`,
        { cause },
      );
    }
  }
}

/** Whether the first line ends in a lone `\r`: one outside of quotes before any `\n`. */
function endsInReturn(start: Buffer): boolean {
  let quotes = 0;
  for (let at = 0; at < start.length; at++) {
    const byte = start[at];
    if (byte === QUOTE) quotes ^= 1;
    if (quotes === 1) continue;
    if (byte === NEWLINE) return false;
    if (byte === RETURN && at + 1 < start.length) return start[at + 1] !== NEWLINE;
  }
  return false;
}

/** Makes each `\r` and `\r\n` outside of quotes a `\n`. */
class LineEnds {
  #quotes = 0;
  #afterReturn = false;

  next(text: Buffer): Buffer {
    const out = Buffer.allocUnsafe(text.length);
    let length = 0;
    for (const byte of text) {
      const follows = this.#afterReturn;
      this.#afterReturn = byte === RETURN && this.#quotes === 0;
      if (byte === QUOTE) this.#quotes ^= 1;
      if (follows && byte === NEWLINE) continue;
      out[length++] = this.#afterReturn ? NEWLINE : byte;
    }
    return out.subarray(0, length);
  }
}
