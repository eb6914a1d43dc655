/** An engine elsewhere, which is only read: SELECTs go, rows of text come. */
export interface RemoteEngine {
  /** What is read, for messages and provenance: `trino://host/catalog.schema.table`. */
  source: string;
  /**
   * The table's columns in order, types in the engine's words: `varchar`, `double`, `timestamp(3)`,
   * `map(varchar, varchar)`.
   */
  columns: () => Promise<RemoteColumn[]>;
  /** The table as a SELECT names it. */
  table: string;
  /** Runs a SELECT; `?` are bound to whole numbers. Rows come as they do, in no order. */
  select: (sql: string, parameters: readonly number[], onRows: (rows: RemoteRow[]) => void) => Promise<void>;
  /** What the whole table takes, where its catalog tells: no query scans more. */
  tableBytes: () => Promise<number | null>;
  /** What the queries so far have read; null where the engine does not tell. */
  scannedBytes: () => number | null;
}

export interface RemoteColumn {
  name: string;
  type: string;
}

export type RemoteRow = readonly (string | null)[];

/** A name as both engines quote it. */
export const remoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const remoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;
