/** Opens the store's file, made when missing, for this process alone. */
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, link, rm } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import type { StoreEngine } from "../engine/query-engine.ts";
import { SageplanError } from "../domain/error.ts";
import { damage, diskFault } from "./transaction.ts";

export interface OpenOptions {
  /** How long to wait for another process that holds the store. */
  waitSeconds: number;
  /** Told once, before waiting: who holds it. */
  onWait?: ((holder: string) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** Changes whenever the tables do. */
const SCHEMA_VERSION = 1;

const LOOK_AGAIN_MS = 200;

/** The columns of ingest's relation `line` (`lines.sql`), whose rows are kept as they are. */
const LINE = `
  delivery INTEGER, payer_account_id VARCHAR, account_id VARCHAR, billing_period VARCHAR, region VARCHAR,
  usage_hour TIMESTAMP, period_hours INTEGER, line_item_type VARCHAR, product_code VARCHAR, usage_type VARCHAR,
  operation VARCHAR, currency VARCHAR, plan_arn VARCHAR, plan_offering_type VARCHAR, plan_payment_option VARCHAR,
  plan_term VARCHAR, plan_start VARCHAR, plan_end VARCHAR, row_count BIGINT, fault_count BIGINT, net_row_count BIGINT,
  usage_amount DECIMAL(38, 12), billed_usd DECIMAL(38, 12), net_billed_usd DECIMAL(38, 12), on_demand_usd DECIMAL(38, 12),
  savings_plan_usd DECIMAL(38, 12), commitment_usd DECIMAL(38, 12), used_commitment_usd DECIMAL(38, 12)`;

const TABLES = [
  `CREATE TABLE store.about (schema_version INTEGER)`,
  `INSERT INTO store.about VALUES (${SCHEMA_VERSION})`,
  `CREATE TABLE store.line (${LINE})`,
  // One row a delivery and billing period. `since`: the hour from which reviews see it. `told`:
  // what reading it told, as JSON.
  `CREATE TABLE store.delivery (
    delivery INTEGER, billing_period VARCHAR, since INTEGER, version VARCHAR, fingerprint VARCHAR, told VARCHAR)`,
  // Under the hour since which it counts. `told`: the card's rates, the inventory's plans, as JSON.
  `CREATE TABLE store.rate_card (since INTEGER, fingerprint VARCHAR, told VARCHAR)`,
  `CREATE TABLE store.inventory (since INTEGER, fingerprint VARCHAR, told VARCHAR)`,
  // Under the end of the usage that it saw.
  `CREATE TABLE store.review (usage_until INTEGER, told VARCHAR)`,
  `CREATE TABLE store.decision (usage_until INTEGER, told VARCHAR)`,
];

/**
 * The store as the database `store` of the engine. Tables are made within the caller's transaction (`makeTables`), so
 * that a new file is a whole store or an empty one. True: the file was made here and holds nothing yet.
 * @throws SageplanError `store-busy`, `bad-store`, `cannot-write`
 */
export async function openStore(engine: StoreEngine, path: string, options: OpenOptions): Promise<boolean> {
  const { waitSeconds, onWait, signal } = options;
  const until = performance.now() + waitSeconds * 1000;
  for (let tries = 0; ; tries++) {
    try {
      const isNew = !existsSync(path) && (await makeFile(engine, path));
      await engine.attach(path, "store");
      return isNew;
    } catch (cause) {
      const holder = holderOf(cause);
      if (holder === null) throw unopened(path, cause);
      if (performance.now() >= until) throw busy(path, holder, waitSeconds, cause);
      if (tries === 0) onWait?.(holder);
      await setTimeout(LOOK_AGAIN_MS);
      signal?.throwIfAborted();
    }
  }
}

/**
 * A new file gets its name when it is whole: DuckDB opens none that is empty or cut, which a full disk or a killed
 * process would leave. A link, for it never takes the place of a file that another process made meanwhile.
 */
async function makeFile(engine: StoreEngine, path: string): Promise<boolean> {
  // Of a store that was deleted. DuckDB deletes it when it makes the file itself, and otherwise
  // takes it for the new one's.
  if (existsSync(`${path}.wal`)) return false;
  const making = `${path}.${randomUUID().slice(0, 8)}.new`;
  try {
    await engine.attach(making, "making");
    await engine.detach("making");
    // A company's spend, account by account: for its owner's eyes, whatever the umask.
    await chmod(making, 0o600);
    // Where there are no links, or a file by now, DuckDB makes or opens it.
    return await link(making, path).then(
      () => true,
      () => false,
    );
  } finally {
    await rm(making, { force: true });
  }
}

/** @throws SageplanError `bad-store` for a database that is something else, or of another version */
export async function makeTables(engine: StoreEngine, path: string): Promise<void> {
  const tables = await engine.rows(
    "SELECT table_name FROM duckdb_tables() WHERE database_name = 'store' ORDER BY table_name",
  );
  if (tables.length === 0) {
    for (const statement of TABLES) await engine.change(statement);
    return;
  }
  const isOurs = tables.some(({ table_name }) => table_name === "about");
  const [about] = isOurs ? await engine.rows("SELECT schema_version FROM store.about") : [];
  if (Number(about?.schema_version) === SCHEMA_VERSION) return;
  throw new SageplanError(
    "bad-store",
    isOurs
      ? `${path} was made by another version of sageplan (its tables are of version ${String(about?.schema_version)}, expected ` +
          `${SCHEMA_VERSION}). Use that version, or start a new store with --store and hand over all exports again.`
      : `${path} is a DuckDB file, but not a store of sageplan (it holds ${tables.map(({ table_name }) => String(table_name)).join(", ")}). ` +
          "Name another file with --store.",
  );
}

/** `process 4711 (node)`; null when nobody's lock is in the way. */
function holderOf(cause: unknown): string | null {
  const message = cause instanceof Error ? cause.message : "";
  if (!/Could not set lock on file|already open|being used by another process/i.test(message)) return null;
  const [, program, pid] = /held in (?:.*[/\\])?([^/\\]+?) \(PID (\d+)\)/.exec(message) ?? [];
  return pid === undefined ? "another process" : `process ${pid} (${program})`;
}

const busy = (path: string, holder: string, waitSeconds: number, cause: unknown): SageplanError =>
  new SageplanError(
    "store-busy",
    `The store ${path} is held by ${holder}, and was after ${waitSeconds} s too: one review at a time. Run this one again when ` +
      "that one is done, or wait longer with --wait.",
    { cause },
  );

function unopened(path: string, cause: unknown): Error {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (/No such file or directory/i.test(message)) {
    return new SageplanError(
      "cannot-write",
      `The store ${path} can't be made: its folder does not exist. Make it first.`,
      {
        cause,
      },
    );
  }
  return (
    diskFault(path, cause) ??
    damage(path, cause) ??
    new SageplanError(
      "bad-store",
      `${path} can't be opened as a store: ${message.replace(/^DuckDB: /, "").replace(/[.!]$/, "")}. Name another file with ` +
        "--store; a store that was damaged can be made anew from all exports.",
      { cause },
    )
  );
}
