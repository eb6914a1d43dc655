/** Parquet files as an external table, laid out as AWS lays exports out for Athena. */
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import type { Trino } from "./trino-server.ts";

const TYPES: Record<string, string> = {
  TIMESTAMP: "timestamp(3)",
  "MAP(VARCHAR, VARCHAR)": "map(varchar, varchar)",
  "MAP(VARCHAR, DOUBLE)": "map(varchar, double)",
};

/** A parquet file's columns in Hive's words. */
async function columnsOf(file: string): Promise<string> {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const described = await connection.runAndReadAll(
    `DESCRIBE SELECT * FROM read_parquet('${file}', hive_partitioning = false)`,
  );
  return described
    .getRows()
    .map(([name, type]) => `"${String(name)}" ${TYPES[String(type)] ?? String(type).toLowerCase()}`)
    .join(", ");
}

/** Registers `hive.<schema>.<name>`, partitioned by billing period. */
export async function register(
  trino: Trino,
  [schema, name]: readonly [string, string],
  files: readonly string[],
  period = "2026-10",
): Promise<void> {
  const place = `${schema}_${name}/billing_period=${period}`;
  mkdirSync(join(trino.files, place), { recursive: true });
  for (const [n, file] of files.entries()) cpSync(file, join(trino.files, place, `part-${n}.parquet`));
  await trino.execute(
    `CREATE TABLE hive.${schema}.${name} (${await columnsOf(files[0]!)}, billing_period varchar) ` +
      `WITH (format = 'PARQUET', external_location = 'local:///${schema}_${name}', partitioned_by = ARRAY['billing_period'])`,
  );
  await trino.execute(
    `CALL hive.system.register_partition('${schema}', '${name}', ARRAY['billing_period'], ARRAY['${period}'], 'local:///${place}')`,
  );
}
