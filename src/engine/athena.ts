/**
 * Amazon Athena: a query is started, looked at until it ends, and its result fetched page by page (Athena API
 * Reference). Charged by bytes scanned: $5 per terabyte, at least 10 MB a query, in most regions (Athena pricing).
 */
import type {
  AthenaClient,
  GetQueryResultsCommandOutput,
  QueryExecution,
  TableMetadata,
} from "@aws-sdk/client-athena";
import { isDenied, isWithoutCredentials, reasonOf } from "../aws/faults.ts";
import { retried } from "../aws/retry.ts";
import { sdkConfig } from "../aws/sdk.ts";
import { SageplanError } from "../domain/error.ts";
import { GLUE_CATALOG } from "../domain/options/source.ts";
import type { Effects } from "../domain/progress.ts";
import { remoteName, type RemoteColumn, type RemoteEngine, type RemoteRow } from "./remote-engine.ts";

export interface AthenaOptions {
  database: string;
  table: string;
  workgroup?: string | undefined;
  /** `s3://bucket/prefix/`; without it the workgroup's own. */
  output?: string | undefined;
  region?: string | undefined;
  profile?: string | undefined;
  /** Of the Glue data catalog. */
  catalog?: string | undefined;
}

export const USD_PER_TERABYTE = 5;
const LEAST_BYTES = 10e6;

/** What so many scanned bytes cost by list price. */
export const athenaUsd = (bytes: number): number => (Math.max(bytes, LEAST_BYTES) / 1e12) * USD_PER_TERABYTE;

/** Where a table's size stands: as Glue's crawlers write it, and as statistics are kept in Hive's manner. */
const SIZE_PARAMETERS = ["sizeKey", "totalSize"];

const LOOKS = { firstPauseMs: 200, mostPauseMs: 5_000 };

/** What every call to Athena needs. */
interface Session {
  sdk: typeof import("@aws-sdk/client-athena");
  client: AthenaClient;
  abort: { abortSignal?: AbortSignal };
  options: AthenaOptions & { catalog: string };
  effects: Effects;
}

export async function athenaEngine(
  options: AthenaOptions,
  effects: Effects,
): Promise<RemoteEngine & { close: () => void }> {
  const sdk = await import("@aws-sdk/client-athena");
  const { database, table, region, profile, catalog = GLUE_CATALOG } = options;
  const { signal } = effects;
  const client = new sdk.AthenaClient({
    ...sdkConfig(profile),
    ...(region !== undefined && { region }),
  });
  const abort = signal ? { abortSignal: signal } : {};
  const session: Session = { sdk, client, abort, options: { ...options, catalog }, effects };
  let scanned = 0;
  let asked: Promise<TableMetadata> | undefined;
  const metadata = (): Promise<TableMetadata> => (asked ??= askMetadata(session));

  const select: RemoteEngine["select"] = async (sql, parameters, onRows) => {
    let id: string | undefined;
    try {
      id = await startQuery(session, sql, parameters);
      const query = await ended(session, id);
      scanned += query.Statistics?.DataScannedInBytes ?? 0;
      await pages(session, id, onRows);
    } catch (error) {
      // Whatever ended the waiting, Athena need not go on, nor charge for it.
      if (id !== undefined && !(error instanceof SageplanError)) {
        await client.send(new sdk.StopQueryExecutionCommand({ QueryExecutionId: id })).catch(() => null);
      }
      signal?.throwIfAborted();
      throw error instanceof SageplanError ? error : unanswered(error);
    }
  };

  return {
    source: `athena://${catalog}/${database}.${table}`,
    table: [database, table].map(remoteName).join("."),
    select,
    scannedBytes: () => scanned,
    close: () => client.destroy(),
    columns: async () => {
      const { Columns = [], PartitionKeys = [] } = await metadata();
      return [...Columns, ...PartitionKeys].map(({ Name, Type }): RemoteColumn => ({
        name: String(Name),
        type: trinoType(String(Type)),
      }));
    },
    tableBytes: async () => {
      const { Parameters = {} } = await metadata();
      const size = SIZE_PARAMETERS.map((name) => Number(Parameters[name])).find((bytes) => bytes > 0);
      return size ?? null;
    },
  };
}

/** The table as Glue knows it. @throws SageplanError when Athena does not answer */
async function askMetadata({ sdk, client, abort, options, effects }: Session): Promise<TableMetadata> {
  const { catalog, database, table, workgroup } = options;
  const command = new sdk.GetTableMetadataCommand({
    CatalogName: catalog,
    DatabaseName: database,
    TableName: table,
    ...(workgroup !== undefined && { WorkGroup: workgroup }),
  });
  const { TableMetadata = { Name: table } } = await client.send(command, abort).catch((error: unknown) => {
    effects.signal?.throwIfAborted();
    throw unanswered(error);
  });
  return TableMetadata;
}

/** The id of the query. */
async function startQuery(
  { sdk, client, abort, options }: Session,
  sql: string,
  parameters: Parameters<RemoteEngine["select"]>[1],
): Promise<string> {
  const { catalog, database, workgroup, output } = options;
  const started = await client.send(
    new sdk.StartQueryExecutionCommand({
      QueryString: sql,
      QueryExecutionContext: { Database: database, Catalog: catalog },
      ...(workgroup !== undefined && { WorkGroup: workgroup }),
      ...(output !== undefined && { ResultConfiguration: { OutputLocation: output } }),
      ...(parameters.length > 0 && { ExecutionParameters: parameters.map(String) }),
    }),
    abort,
  );
  return started.QueryExecutionId!;
}

/** The query once it has succeeded. @throws SageplanError `engine-failure` when it failed or was cancelled */
async function ended({ sdk, client, abort, effects }: Session, id: string): Promise<QueryExecution> {
  const { onProgress, signal } = effects;
  const look = async (_: boolean, n: number): Promise<QueryExecution | null> => {
    const { QueryExecution: query } = await client.send(
      new sdk.GetQueryExecutionCommand({ QueryExecutionId: id }),
      abort,
    );
    const state = query?.Status?.State;
    if (state === "SUCCEEDED") return query!;
    if (state === "FAILED" || state === "CANCELLED") throw failed(query!);
    onProgress?.({
      step: `Athena: ${(state ?? "queued").toLowerCase()}`,
      done: n - 1,
      total: 0,
      unit: "looks",
    });
    return null;
  };
  return retried(look, LOOKS, { signal });
}

/** The first row of the first page are the names. */
async function pages(
  { sdk, client, abort }: Session,
  id: string,
  onRows: (rows: RemoteRow[]) => void,
): Promise<void> {
  let token: string | undefined;
  let isFirst = true;
  do {
    const page: GetQueryResultsCommandOutput = await client.send(
      new sdk.GetQueryResultsCommand({
        QueryExecutionId: id,
        ...(token !== undefined && { NextToken: token }),
      }),
      abort,
    );
    const rows = (page.ResultSet?.Rows ?? []).map(({ Data = [] }) =>
      Data.map(({ VarCharValue }) => VarCharValue ?? null),
    );
    onRows(isFirst ? rows.slice(1) : rows);
    isFirst = false;
    token = page.NextToken;
  } while (token !== undefined);
}

/** Glue's words for types → Trino's. */
const trinoType = (type: string): string =>
  type
    .toLowerCase()
    .replaceAll(/\bstring\b/g, "varchar")
    .replaceAll(/\bfloat\b/g, "real")
    .replaceAll(/\bint\b/g, "integer")
    .replace(/^map<(.*)>$/, "map($1)")
    .replace(/,\s*/, ", ");

const failed = ({ Status }: QueryExecution): SageplanError =>
  new SageplanError(
    "engine-failure",
    `Athena's query ended as ${Status?.State}: ${Status?.StateChangeReason ?? "without a reason"}. Look at the database, the table and the workgroup's limits.`,
  );

/** The SDK's error is not handed on: it holds the request, and with it what it was signed with. */
function unanswered(error: unknown): SageplanError {
  const isUnknown = isWithoutCredentials(error);
  const denied = isDenied(error);
  return new SageplanError(
    isUnknown ? "aws-credentials" : denied ? "aws-denied" : "engine-failure",
    `Athena could not be asked (${reasonOf(error)}). ` +
      (isUnknown
        ? 'Log in ("aws sso login"), or name a profile with --profile.'
        : denied
          ? "docs/scale.md has the actions that it needs."
          : "Look at --region, --database, --table and --workgroup."),
  );
}
