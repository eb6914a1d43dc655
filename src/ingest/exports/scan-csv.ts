/**
 * Reads a `.csv` or `.csv.gz` once, as bytes: hashes it, counts its rows and keeps the lines that can matter.
 *
 * Why not hand the file to DuckDB: DuckDB 1.5.6 reads a gzip that is cut at a line's end, or whose checksum is wrong,
 * without a word, while zlib reports both; and of a company's bill a few lines in a hundred are SageMaker's, so
 * searching the bytes for its name is faster than parsing them all.
 *
 * A line is a record unless a quoted field holds a line break. That shows when a line, kept or not, has quotes that don't
 * close, or a kept one another number of fields than the header: then `whole` is set and the caller lets DuckDB parse the
 * whole file.
 */
import { isUtf8 } from "node:buffer";
import { parse } from "csv-parse/sync";
import { SageplanError } from "../../domain/error.ts";
import { noTemporaryRoom } from "../../engine/temporary-room.ts";
import { systemFault } from "../files/system-fault.ts";
import { openCsv } from "./csv-bytes.ts";

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const QUOTE = 0x22;
const COMMA = 0x2c;
const CHUNK_BYTES = 1 << 20;
const LINE_END = Buffer.from("\n");
/**
 * Bills have lines of some kilobytes. What goes on for longer is no bill, and a gzip of a megabyte
 * can hold a gigabyte of it.
 */
const LONGEST_LINE_BYTES = 16 << 20;

export interface CsvScan {
  header: string[];
  /** Data rows (lines after the header; records when `whole`). */
  rows: number;
  keptRows: number;
  sha256: string;
  /** True when lines are not records in this file, so the kept lines must not be used. */
  whole: boolean;
  isGzip: boolean;
  /** True when the text that was scanned is not the file's own bytes. */
  isRewritten: boolean;
}

/** What a scan does with the lines it keeps. */
export interface LineSink {
  /** Keep only lines that hold one of these; null keeps every line. Called once, with the header. */
  wanted: (header: string[]) => readonly string[] | null;
  /** Lines, each ended by `\n` and led by its 1-based line number and a comma. */
  write: (lines: Buffer) => Promise<void>;
  /** All of the text, where it is not the file's own bytes. */
  rewrite?: (text: Buffer) => Promise<void>;
  onBytes?: (bytes: number) => void;
  signal?: AbortSignal | undefined;
}

/**
 * @throws SageplanError `damaged-file` for a gzip that is cut or whose checksum is wrong,
 *   `unreadable-file` when the file can't be opened
 */
export async function scanCsv(path: string, sink: LineSink): Promise<CsvScan> {
  const lines = new LineScanner(path, sink);
  const bytes = await openCsv(path, (count) => sink.onBytes?.(count));
  try {
    for await (const chunk of bytes.chunks) {
      sink.signal?.throwIfAborted();
      if (bytes.isRewritten()) await sink.rewrite?.(chunk);
      await lines.push(chunk);
      if (lines.unfinishedBytes > LONGEST_LINE_BYTES) throw overlong(path, lines.lineNumber);
    }
    await lines.end();
  } catch (cause) {
    throw readFault(path, lines.lineNumber, cause);
  }
  return {
    ...lines.result(),
    sha256: bytes.sha256(),
    isGzip: bytes.isGzip,
    isRewritten: bytes.isRewritten(),
  };
}

const overlong = (path: string, line: number): SageplanError =>
  new SageplanError(
    "damaged-file",
    `${path}, line ${line}: no line break in ${LONGEST_LINE_BYTES >> 20} MiB, expected a CSV file whose lines end in one. ` +
      "Download it again, or leave it out.",
  );

/** DuckDB would tell it as an index outside of a vector. */
function notUtf8(path: string, row: number, header: readonly string[], line: Buffer): SageplanError {
  const names = headerNames(line.toString("latin1")).map((cell) => isUtf8(Buffer.from(cell, "latin1")));
  const column = header[names.indexOf(false)];
  return new SageplanError(
    "bad-value",
    `${path}, row ${row}${column === undefined ? "" : `, column ${column}`}: found bytes that are no UTF-8, expected UTF-8, as AWS writes it. ` +
      "Another program may have saved it anew: download the export again, or save it as UTF-8.",
  );
}

function readFault(path: string, line: number, cause: unknown): unknown {
  const { code, message, syscall } = cause as NodeJS.ErrnoException;
  // What it keeps of the lines is written into the temporary folder.
  if (syscall === "write") return noTemporaryRoom(message, cause);
  if (code === "Z_BUF_ERROR" || code === "Z_DATA_ERROR") {
    const what =
      message === "unexpected end of file"
        ? "is cut: the gzip stream ends early"
        : `is damaged: ${message} in the gzip stream`;
    return new SageplanError(
      "damaged-file",
      `${path} ${what}, after about line ${line}. Download it again.`,
      { cause },
    );
  }
  return systemFault(path, cause) ?? cause;
}

/** A block of zeros is what a download leaves that set the room aside and then broke off. */
const nulByte = (path: string, line: number): SageplanError =>
  new SageplanError(
    "damaged-file",
    `${path}, line ${line}: found a NUL byte, expected text. A download that broke off, or a full disk, leaves such: download it again.`,
  );

/**
 * Whether a line's quotes don't close. Text within a quoted field may look like a line of SageMaker's, so all lines
 * count.
 */
export function hasOddLine(body: Buffer, from: number): boolean {
  for (let open = body.indexOf(QUOTE, from); open >= 0;) {
    let at = open + 1;
    for (; at < body.length && body[at] !== QUOTE; at++) if (body[at] === NEWLINE) return true;
    if (at >= body.length) return true;
    open = body.indexOf(QUOTE, at + 1);
  }
  return false;
}

/** Number of fields of a record, or 0 when its quotes don't close within it. */
export function countFields(line: Buffer): number {
  let fields = 1;
  let quotes = 0;
  for (let at = 0; at < line.length; at++) {
    const byte = line[at];
    if (byte === QUOTE) quotes += 1;
    else if (byte === COMMA && quotes % 2 === 0) fields += 1;
  }
  return quotes % 2 === 0 ? fields : 0;
}

/** A header line's names; a byte order mark is taken off. A line that is no CSV is one name. */
function headerNames(line: string): string[] {
  const text = line.replace(/^\uFEFF/, "").replace(/\r$/, "");
  try {
    return (parse(text, { relax_column_count: true }) as string[][])[0] ?? [];
  } catch {
    return [text];
  }
}

class LineScanner {
  /** Number of the line that is read next, 1 = header. */
  lineNumber = 1;
  private readonly path: string;
  private readonly sink: LineSink;
  private header: string[] | null = null;
  private wanted: readonly Buffer[] | null = null;
  private carry: Buffer = Buffer.alloc(0);
  private kept: Buffer[] = [];
  private keptBytes = 0;
  private keptRows = 0;
  private whole = false;

  constructor(path: string, sink: LineSink) {
    this.path = path;
    this.sink = sink;
  }

  /** The line that the chunk before left unfinished is read by itself, so that chunks need no copying. */
  async push(chunk: Buffer): Promise<void> {
    const nul = chunk.indexOf(0);
    if (nul >= 0) throw nulByte(this.path, this.lineNumber + countLines(chunk, 0, nul));
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end === 0) {
      this.carry = Buffer.concat([this.carry, chunk]);
      return;
    }
    const start = this.carry.length > 0 ? chunk.indexOf(NEWLINE) + 1 : 0;
    if (start > 0) await this.readLines(Buffer.concat([this.carry, chunk.subarray(0, start)]));
    if (end > start) await this.readLines(chunk.subarray(start, end));
    this.carry = Buffer.from(chunk.subarray(end));
  }

  async end(): Promise<void> {
    if (this.carry.length > 0) await this.readLines(Buffer.concat([this.carry, Buffer.from("\n")]));
    await this.flush();
  }

  get unfinishedBytes(): number {
    return this.carry.length;
  }

  result(): Pick<CsvScan, "header" | "rows" | "keptRows" | "whole"> {
    return {
      header: this.header ?? [],
      rows: Math.max(0, this.lineNumber - 2),
      keptRows: this.keptRows,
      whole: this.whole,
    };
  }

  private async readLines(body: Buffer): Promise<void> {
    let from = 0;
    if (!this.header && body.length > 0) {
      from = body.indexOf(NEWLINE) + 1;
      this.header = headerNames(body.toString("utf8", 0, from - 1));
      this.wanted = this.sink.wanted(this.header)?.map((text) => Buffer.from(text)) ?? null;
      this.lineNumber = 2;
    }
    if (this.wanted && !this.whole) this.whole = hasOddLine(body, from);
    if (this.wanted) this.keepMatches(body, from, this.wanted);
    else this.keepAll(body, from);
    if (this.keptBytes >= CHUNK_BYTES) await this.flush();
  }

  private async flush(): Promise<void> {
    if (this.kept.length > 0) await this.sink.write(Buffer.concat(this.kept));
    this.kept = [];
    this.keptBytes = 0;
  }

  private keepAll(body: Buffer, from: number): void {
    for (let start = from; start < body.length;) {
      const end = body.indexOf(NEWLINE, start);
      this.keep(body.subarray(start, end));
      this.lineNumber += 1;
      start = end + 1;
    }
  }

  private keepMatches(body: Buffer, from: number, wanted: readonly Buffer[]): void {
    const next = wanted.map((text) => body.indexOf(text, from));
    let start = from;
    for (;;) {
      let hit = -1;
      for (const at of next) if (at >= 0 && (hit < 0 || at < hit)) hit = at;
      if (hit < 0) break;
      const lineStart = body.lastIndexOf(NEWLINE, hit) + 1;
      const lineEnd = body.indexOf(NEWLINE, hit);
      this.lineNumber += countLines(body, start, Math.max(start, lineStart));
      this.keep(body.subarray(Math.max(start, lineStart), lineEnd));
      this.lineNumber += 1;
      start = lineEnd + 1;
      wanted.forEach((text, n) => {
        if (next[n]! >= 0 && next[n]! < start) next[n] = body.indexOf(text, start);
      });
    }
    this.lineNumber += countLines(body, start, body.length);
  }

  private keep(raw: Buffer): void {
    const line = raw.at(-1) === RETURN ? raw.subarray(0, -1) : raw;
    if (line.length === 0) return;
    if (!isUtf8(line)) throw notUtf8(this.path, this.lineNumber, this.header!, line);
    if (countFields(line) !== this.header!.length) this.whole = true;
    this.keptRows += 1;
    // Copied: the chunk that the line lies in must be free to go.
    const numbered = Buffer.concat([Buffer.from(`${this.lineNumber},`), line, LINE_END]);
    this.kept.push(numbered);
    this.keptBytes += numbered.length;
  }
}

function countLines(body: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = body.indexOf(NEWLINE, from); at >= 0 && at < to; at = body.indexOf(NEWLINE, at + 1))
    count += 1;
  return count;
}
