/** All that a store holds, table by table: how many rows, and a hash of them in a fixed order. */
import { createHash } from "node:crypto";
import { DuckDBInstance } from "@duckdb/node-api";

export type Tables = Record<string, { rows: number; sha256: string }>;

/** `where`: of some tables, only the rows that it keeps. */
export async function tablesOf(path: string, where: Readonly<Record<string, string>> = {}): Promise<Tables> {
  const instance = await DuckDBInstance.create(path, { access_mode: "READ_ONLY" });
  const connection = await instance.connect();
  try {
    const names = await connection.runAndReadAll(
      "SELECT table_name FROM duckdb_tables() ORDER BY table_name",
    );
    const tables: Tables = {};
    for (const [cell] of names.getRows()) {
      const name = String(cell);
      const kept = where[name] === undefined ? "" : ` WHERE ${where[name]}`;
      const rows = (
        await connection.runAndReadAll(`SELECT * FROM "${name}"${kept} ORDER BY ALL`)
      ).getRowsJson();
      tables[name] = {
        rows: rows.length,
        sha256: createHash("sha256").update(JSON.stringify(rows)).digest("hex"),
      };
    }
    return tables;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
