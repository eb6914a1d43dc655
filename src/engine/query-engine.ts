/** What a cell comes back as: DECIMAL(38,12) as picodollars, integers and doubles as numbers, text as text. */
export type Cell = string | number | bigint | boolean | null;
export type Row = Record<string, Cell>;

/** A bound value; a list of strings binds as one list. */
export type Parameter = string | number | readonly string[];

/** One column of a batch of rows, in row order. */
export type ColumnBatch = readonly (readonly Cell[])[];

export interface QueryEngine {
  /** Names a SELECT without running it. */
  view(name: string, select: string): Promise<void>;
  /** Runs a SELECT and keeps its rows under `name`; a second call with the same name adds rows. */
  keep(name: string, select: string, parameters?: readonly Parameter[]): Promise<void>;
  /** Keeps a small relation of text columns, all equally long. */
  keepTexts(name: string, columns: Readonly<Record<string, readonly string[]>>): Promise<void>;
  /** All rows of a small result. */
  rows(select: string, parameters?: readonly Parameter[]): Promise<Row[]>;
  /** A large result, batch by batch, column-wise in the order of the SELECT. */
  stream(select: string, onBatch: (columns: ColumnBatch, rowCount: number) => void): Promise<void>;
  /** Writes a SELECT to a `.csv` or `.parquet` file; returns its number of rows. */
  write(select: string, file: string): Promise<number>;
  /** From here on only files in these folders can be read or written. */
  confineTo(folders: readonly string[]): Promise<void>;
  /** Makes the query that runs fail. */
  interrupt(): void;
  close(): Promise<void>;
}

/** An engine that can also work on a database file beside its own memory: what a store is made of. */
export interface StoreEngine extends QueryEngine {
  /** Opens a database file under `name`; made when missing. One process at a time holds it. */
  attach(file: string, name: string): Promise<void>;
  /** Lets go of it. */
  detach(name: string): Promise<void>;
  /** Runs a statement that changes something. */
  change(statement: string, parameters?: readonly Parameter[]): Promise<void>;
  /** Ends the transaction. Not to be interrupted: DuckDB would tell a commit as interrupted that it had made. */
  commit(): Promise<void>;
  /**
   * Writes what the log of the database file `name` holds into the file, so that no log is left.
   * Not to be interrupted either.
   */
  settle(name: string): Promise<void>;
  /** Forgets what was kept under `name`. */
  drop(name: string): Promise<void>;
}
