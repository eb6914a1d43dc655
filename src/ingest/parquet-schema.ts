import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { literalPath, pathLiteral } from "../engine/duckdb.ts";
import type { QueryEngine } from "../engine/query-engine.ts";
import { SageplanError } from "../domain/error.ts";
import { groupBy } from "../domain/group.ts";
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
  if (files.length === 0) return [];
  try {
    return await footers(engine, files);
  } catch (cause) {
    // One at a time, to tell which it is.
    for (const file of files)
      await footers(engine, [file]).catch((fault: unknown) => damaged(file.path, fault));
    throw cause;
  }
}

/** Files whose footers say the same of every column are described once. */
async function footers(engine: QueryEngine, files: readonly DataFile[]): Promise<ParquetFile[]> {
  const paths = files.map(({ path }) => literalPath(path));
  const meta = await engine.rows("SELECT file_name, num_rows FROM parquet_file_metadata(?)", [paths]);
  const nodes = await engine.rows(
    "SELECT file_name, concat_ws(' ', name, type, num_children, converted_type, logical_type) AS node FROM parquet_schema(?)",
    [paths],
  );
  const nodesOfFile = groupBy(nodes, ({ file_name }) => String(file_name));
  const rowsOfFile = new Map(meta.map((row) => [String(row.file_name), Number(row.num_rows)]));
  const columnsOfSchema = new Map<string, ParquetColumn[]>();
  const described: ParquetFile[] = [];
  for (const file of files) {
    const schema = (nodesOfFile.get(file.path) ?? []).map(({ node }) => String(node)).join("\n");
    const columns = columnsOfSchema.get(schema) ?? (await describe(engine, file.path));
    columnsOfSchema.set(schema, columns);
    described.push({ file, columns, rows: rowsOfFile.get(file.path) ?? 0 });
  }
  return described;
}

async function describe(engine: QueryEngine, path: string): Promise<ParquetColumn[]> {
  const columns = await engine.rows(`DESCRIBE SELECT * FROM read_parquet(${pathLiteral(path)})`);
  return columns.map((column) => ({ name: String(column.column_name), type: String(column.column_type) }));
}

function damaged(path: string, cause: unknown): never {
  throw new SageplanError(
    "damaged-file",
    `${path} is not a readable parquet file (${cause instanceof Error ? cause.message : String(cause)}). ` +
      "It may have been cut while downloading: download it again.",
    { cause },
  );
}

export async function sha256OfFile(
  path: string,
  onBytes: (bytes: number) => void,
  signal: AbortSignal | undefined,
): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(chunk as Buffer);
    onBytes((chunk as Buffer).length);
    signal?.throwIfAborted();
  }
  return hash.digest("hex");
}
