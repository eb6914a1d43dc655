import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { QueryEngine } from "../engine/query-engine.ts";
import { SageplanError } from "../domain/error.ts";
import type { DataFile } from "./discover.ts";

export interface ParquetColumn {
  name: string;
  /** `VARCHAR`, `DOUBLE`, `TIMESTAMP`, `MAP`…: only MAP and VARCHAR are told apart. */
  type: "MAP" | "VARCHAR" | "OTHER";
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
      const nodes = await engine.rows(
        "SELECT name, type, num_children, converted_type, logical_type FROM parquet_schema(?)",
        [file.path],
      );
      const [meta] = await engine.rows("SELECT num_rows FROM parquet_file_metadata(?)", [file.path]);
      described.push({ file, columns: topLevelColumns(nodes), rows: Number(meta?.num_rows ?? 0) });
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

/** parquet_schema lists the tree depth first; each node says how many children follow. */
function topLevelColumns(nodes: Awaited<ReturnType<QueryEngine["rows"]>>): ParquetColumn[] {
  const columns: ParquetColumn[] = [];
  let at = 1;
  const skip = (): void => {
    let children = Number(nodes[at]?.num_children ?? 0);
    at += 1;
    while (children-- > 0) skip();
  };
  while (at < nodes.length) {
    const node = nodes[at]!;
    const text = String(node.converted_type ?? "");
    const type = text.startsWith("MAP")
      ? "MAP"
      : text === "UTF8" && Number(node.num_children ?? 0) === 0
        ? "VARCHAR"
        : "OTHER";
    columns.push({ name: String(node.name), type });
    skip();
  }
  return columns;
}

export async function sha256OfFile(path: string, onBytes?: (bytes: number) => void): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(chunk as Buffer);
    onBytes?.((chunk as Buffer).length);
  }
  return hash.digest("hex");
}
