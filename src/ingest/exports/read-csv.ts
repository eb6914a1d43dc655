import { appendFile, open } from "node:fs/promises";
import { scanCsv, type LineSink } from "./scan-csv.ts";
import type { DataFile } from "../../domain/billing.ts";
import type { InputFile } from "../../domain/documents/provenance.ts";
import type { CsvSource } from "./export-select.ts";

/**
 * Reads a CSV once. The lines that are wanted are kept at `kept`, which must not exist yet; a file
 * with multi-line records is its own source, or its text as the engine reads it, beside `kept`.
 * @throws SageplanError `damaged-file`, `unreadable-file`
 */
export async function readCsv(
  file: DataFile,
  kept: string,
  sink: Omit<LineSink, "write">,
): Promise<{ source: CsvSource; input: InputFile }> {
  const target = await open(kept, "wx", 0o600);
  try {
    const rewritten = `${kept}.text.csv`;
    const { header, rows, sha256, whole, isGzip, isRewritten } = await scanCsv(file.path, {
      ...sink,
      rewrite: (text) => appendFile(rewritten, text, { mode: 0o600 }),
      write: async (lines) => {
        await target.appendFile(lines);
      },
    });
    const text = isRewritten ? rewritten : file.path;
    return {
      source: {
        kind: "csv",
        paths: [whole ? text : kept],
        exports: [file.path],
        texts: [text],
        isGzip: isGzip && !isRewritten,
        header,
        numbered: !whole,
      },
      input: { path: file.path, sha256, rows },
    };
  } finally {
    await target.close();
  }
}
