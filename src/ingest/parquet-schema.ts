import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { quotedText } from "../engine/duckdb.ts";
import type { QueryEngine } from "../engine/query-engine.ts";
import { SageplanError } from "../domain/error.ts";
import type { DataFile } from "./discover.ts";

export interface ParquetColumn {
  name: string;
  /** As DuckDB names it: `VARCHAR`, `DOUBLE`, `TIMESTAMP`, `MAP(VARCHAR, VARCHAR)`… */
  type: string;
}

export interface ParquetFile {
  file: DataFile;
  columns: ParquetColumn[];
  rows: number;
}

/**
 * The top-level columns and the number of rows of each file, from its footer.
 * @throws SageplanError `damaged-file` naming the file whose footer can't be read
 */
export async function readParquetSchemas(
  engine: QueryEngine,
  files: readonly DataFile[],
): Promise<ParquetFile[]> {
  const described: ParquetFile[] = [];
  for (const file of files) {
    try {
      const columns = await engine.rows(`DESCRIBE SELECT * FROM read_parquet(${quotedText(file.path)})`);
      const [meta] = await engine.rows("SELECT num_rows FROM parquet_file_metadata(?)", [file.path]);
      described.push({
        file,
        columns: columns.map((column) => ({
          name: String(column.column_name),
          type: String(column.column_type),
        })),
        rows: Number(meta?.num_rows ?? 0),
      });
    } catch (cause) {
      throw new SageplanError(
        "damaged-file",
        `${file.path} is not a readable parquet file (${cause instanceof Error ? cause.message : String(cause)}). ` +
          "It may have been cut while downloading: download it again.",
        { cause },
      );
    }
  }
  return described;
}

export async function sha256OfFile(path: string, onBytes?: (bytes: number) => void): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(chunk as Buffer);
    onBytes?.((chunk as Buffer).length);
  }
  return hash.digest("hex");
}
