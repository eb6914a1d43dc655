/** Where the billing data lies when not in files. */
import { SageplanError } from "../../domain/error.ts";
import type { Finding } from "../../domain/documents/finding.ts";
import type { EngineOptions } from "../../domain/options.ts";
import type { Effects } from "../../domain/progress.ts";
import { athenaEngine, athenaUsd } from "../../engine/athena.ts";
import type { RemoteEngine } from "../../engine/remote-engine.ts";
import { trinoEngine } from "../../engine/trino.ts";

/**
 * For verbs that read files whole. @throws SageplanError `wrong-call` when months are named and files are read
 */
export function requireTableForMonths(
  options: EngineOptions & { from?: string | undefined; to?: string | undefined },
): void {
  const named = options.from === undefined ? "--to" : "--from";
  if (isRemote(options) || (options.from ?? options.to) === undefined) return;
  throw new SageplanError(
    "wrong-call",
    `${named} bounds the months that an engine elsewhere reads, and files are read whole here: leave it out, or name --engine athena or trino.`,
  );
}

const NEEDED = { trino: ["server", "catalog", "schema", "table"], athena: ["database", "table"] } as const;

export const isRemote = ({ engine = "duckdb" }: EngineOptions): boolean => engine !== "duckdb";

/** @throws SageplanError `wrong-call` */
export async function openRemote(
  options: EngineOptions & { exports: readonly string[] },
  effects: Effects,
): Promise<RemoteEngine & { close: () => void }> {
  const { engine, exports } = options;
  if (engine !== "trino" && engine !== "athena")
    throw new SageplanError(
      "wrong-call",
      `the engine is ${engine ?? "duckdb"}, which reads files: --engine athena or trino is needed here.`,
    );
  const missing = NEEDED[engine].filter((name) => options[name] === undefined);
  if (missing.length > 0) {
    const named = missing.map((name) => `--${name}`).join(", ");
    throw new SageplanError("wrong-call", `--engine ${engine} needs ${named} too.`);
  }
  if (exports.length > 0) {
    throw new SageplanError(
      "wrong-call",
      `--engine ${engine} reads a table, and files are named too (${exports[0]}): leave out one of them.`,
    );
  }
  const { server, catalog, schema, database, table } = options;
  if (engine === "athena") return athenaEngine({ ...options, database: database!, table: table! }, effects);
  const trino = { ...options, server: server!, catalog: catalog!, schema: schema!, table: table! };
  return { ...trinoEngine(trino, effects), close: () => {} };
}

/** The lines, and the time that the table covers. */
const QUERIES = 2;

/** What asking may cost, before it is asked, where the engine charges for it. */
export async function costBefore({ engine }: EngineOptions, remote: RemoteEngine): Promise<string[]> {
  if (engine !== "athena") return [];
  const bytes = await remote.tableBytes();
  return [
    bytes === null
      ? "What Athena will scan is not known before: the catalog tells no size of this table (a Glue crawler would). It charges $5 a terabyte; " +
        "a limit on the workgroup bounds it."
      : `Athena will scan at most ${((QUERIES * bytes) / 1e6).toFixed(1)} MB, about $${athenaUsd(QUERIES * bytes).toFixed(4)}: that is the whole table in ` +
        "each of two queries, as its catalog tells it. Read are some of its columns, of the months asked for.",
  ];
}

/** What asking cost, where the engine charges for it. */
export function scannedFinding({ engine }: EngineOptions, remote: RemoteEngine): Finding[] {
  const bytes = remote.scannedBytes();
  if (engine !== "athena" || bytes === null) return [];
  return [
    {
      code: "athena-scanned",
      message: `Athena scanned ${(bytes / 1e6).toFixed(1)} MB: about $${athenaUsd(bytes).toFixed(4)} at $5 a terabyte, its list price in most regions.`,
      usd: 0,
      source: remote.source,
    },
  ];
}
