import { open } from "node:fs/promises";
import { scanCsv, type LineSink } from "./scan-csv.ts";
import type { DataFile } from "../../domain/billing.ts";
import type { InputFile } from "../../domain/documents/provenance.ts";
import type { CsvSource } from "./export-select.ts";

/**
 * Reads a CSV once. The lines that are wanted are kept at `kept`, which must not exist yet; a file
 * with multi-line records is its own source.
 * @throws SageplanError `damaged-file`, `unreadable-file`
 */
export async function readCsv(
  file: DataFile,
  kept: string,
  sink: Omit<LineSink, "write">,
): Promise<{ source: CsvSource; input: InputFile }> {
  const target = await open(kept, "wx", 0o600);
  try {
    const { header, rows, sha256, whole } = await scanCsv(file.path, file.kind === "csv.gz", {
      ...sink,
      write: async (lines) => {
        await target.appendFile(lines);
      },
    });
    const paths = [whole ? file.path : kept];
    return {
      source: { kind: "csv", paths, exports: [file.path], header, numbered: !whole },
      input: { path: file.path, sha256, rows },
    };
  } finally {
    await target.close();
  }
}
