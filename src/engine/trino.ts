/**
 * Trino's HTTP protocol (Trino documentation, "Trino client REST API"): a statement is posted, then `nextUri` is
 * followed until there is none. 502, 503 and 504 mean "again, a little later"; deleting `nextUri` cancels.
 */
import { retried } from "../aws/retry.ts";
import { SageplanError } from "../domain/error.ts";
import type { Effects } from "../domain/progress.ts";
import {
  remoteName,
  remoteText,
  type RemoteColumn,
  type RemoteEngine,
  type RemoteRow,
} from "./remote-engine.ts";

export interface TrinoOptions {
  /** `https://trino.example.com:8443` */
  server: string;
  catalog: string;
  schema: string;
  table: string;
  /** Default: whom the token names; without one `sageplan`, as the system's user name is not told to a server. */
  user?: string | undefined;
}

/** Secrets come by the environment: an option would show in a list of processes, and in provenance. */
const PASSWORD = "TRINO_PASSWORD";
const TOKEN = "TRINO_TOKEN";

const AGAIN = new Set([429, 502, 503, 504]);
const SCHEDULE = { firstPauseMs: 200, mostPauseMs: 5_000, attempts: 8 };
const ANSWER_MS = 120_000;

interface Reply {
  nextUri?: string;
  columns?: { name: string; type: string }[];
  data?: unknown[][];
  stats?: {
    state?: string;
    processedRows?: number;
    progressPercentage?: number;
    physicalInputBytes?: number;
  };
  error?: { message?: string; errorName?: string };
}

/** @throws SageplanError `wrong-call`, `engine-failure` */
export function trinoEngine(options: TrinoOptions, effects: Effects): RemoteEngine {
  const { server, catalog, schema, table } = options;
  const root = withoutSecrets(server);
  const headers = headersOf(options, root);
  const named = `${catalog}.${schema}.${table}`;
  let scanned = 0;

  const select: RemoteEngine["select"] = async (sql, parameters, onRows) => {
    // Bound as JDBC's driver does it: the statement as text, the values beside it.
    const statement =
      parameters.length === 0
        ? sql
        : `EXECUTE IMMEDIATE ${remoteText(sql)} USING ${parameters.map((value) => Math.trunc(value)).join(", ")}`;
    let reply = await asked(
      new URL("/v1/statement", root),
      { method: "POST", body: statement },
      headers,
      effects,
    );
    for (;;) {
      if (reply.error) throw failed(named, reply.error);
      const next = reply.nextUri === undefined ? null : nextOf(reply.nextUri, root);
      try {
        if (reply.data) onRows(reply.data as RemoteRow[]);
        tell(reply, effects);
        if (next === null) break;
        reply = await asked(next, { method: "GET" }, headers, effects);
      } catch (error) {
        // Whatever ended the reading, the server need not go on.
        if (next !== null) await fetch(next, { method: "DELETE", headers }).catch(() => null);
        throw error;
      }
    }
    scanned += reply.stats?.physicalInputBytes ?? 0;
  };

  return {
    source: `trino://${root.host}/${named}`,
    table: [catalog, schema, table].map(remoteName).join("."),
    select,
    tableBytes: async () => null,
    scannedBytes: () => scanned,
    columns: async () => {
      const found: RemoteColumn[] = [];
      const sql =
        `SELECT column_name, data_type FROM ${remoteName(catalog)}.information_schema.columns ` +
        `WHERE table_schema = ${remoteText(schema.toLowerCase())} AND table_name = ${remoteText(table.toLowerCase())} ORDER BY ordinal_position`;
      await select(sql, [], (rows) =>
        found.push(...rows.map(([name, type]) => ({ name: String(name), type: String(type) }))),
      );
      if (found.length > 0) return found;
      throw new SageplanError(
        "wrong-call",
        `${root.host} has no table ${named}, or this user may not see it. Look at --catalog, --schema and --table.`,
      );
    },
  };
}

/** A secret in an address would stand in every message that names it. */
function withoutSecrets(server: string): URL {
  const url = new URL(server);
  if (url.username === "" && url.password === "") return url;
  throw new SageplanError(
    "wrong-call",
    `--server ${url.protocol}//…@${url.host} holds a user or a password. Give the user with --user, and the password in the environment as ${PASSWORD}.`,
  );
}

function headersOf(options: TrinoOptions, root: URL): Record<string, string> {
  const [password, token] = [process.env[PASSWORD], process.env[TOKEN]];
  if ((password ?? token) !== undefined && root.protocol !== "https:") {
    throw new SageplanError(
      "wrong-call",
      `${PASSWORD} or ${TOKEN} is set, and --server ${root.origin} is not https: a secret is not sent in the clear.`,
    );
  }
  // A token says who asks: another name beside it would be an impersonation, which Trino refuses.
  const user = options.user ?? (token === undefined ? "sageplan" : undefined);
  const secret =
    token !== undefined
      ? `Bearer ${token}`
      : password !== undefined
        ? `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`
        : undefined;
  return {
    ...(user !== undefined && { "x-trino-user": user }),
    "x-trino-source": "sageplan",
    "x-trino-time-zone": "UTC",
    ...(secret !== undefined && { authorization: secret }),
  };
}

/** The server says where to go on; a secret goes there only when it is the same server. */
function nextOf(nextUri: string, root: URL): URL {
  const next = new URL(nextUri, root);
  if (next.host === root.host) return new URL(next.pathname + next.search, root);
  throw new SageplanError(
    "engine-failure",
    `${root.host} sends on to ${next.host}, another server: not followed.`,
  );
}

async function asked(
  url: URL,
  init: { method: string; body?: string },
  headers: Record<string, string>,
  { signal }: Effects,
): Promise<Reply> {
  const attempt = async (isLast: boolean): Promise<Reply | null> => {
    const limit = AbortSignal.timeout(ANSWER_MS);
    const answer = await fetch(url, {
      ...init,
      headers,
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    }).catch((cause: unknown) => {
      signal?.throwIfAborted();
      // A statement that was posted may run: it is not posted twice.
      if (init.method === "GET" && !isLast) return null;
      throw unreached(url, cause);
    });
    if (answer?.ok) return replyOf(url, await textOf(url, answer, signal));
    if (answer !== null && (!AGAIN.has(answer.status) || isLast)) throw await refused(url, answer);
    await answer?.body?.cancel();
    return null;
  };
  return retried(attempt, SCHEDULE, { signal });
}

const textOf = (url: URL, answer: Response, signal: AbortSignal | undefined): Promise<string> =>
  answer.text().catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw unreached(url, cause);
  });

/** A proxy or a sign-in page answers 200 too. */
function replyOf(url: URL, text: string): Reply {
  let json: unknown = null;
  try {
    json = JSON.parse(text);
  } catch {
    // Told below, as all else that is no reply.
  }
  const reply = json as Reply;
  if (typeof json === "object" && json !== null && !Array.isArray(json) && isReply(reply)) return reply;
  const said = text.replaceAll(/\s+/g, " ").slice(0, 100);
  throw new SageplanError(
    "engine-failure",
    `${url.host} answered with something that is not Trino's protocol (${said === "" ? "nothing" : `"${said}"`}): a proxy, a sign-in page or ` +
      "another server. Look at --server, and whether it is asked directly.",
  );
}

const isReply = ({ nextUri, columns, data, stats, error }: Reply): boolean =>
  (nextUri === undefined || (typeof nextUri === "string" && URL.canParse(nextUri, "https://any"))) &&
  (columns === undefined || Array.isArray(columns)) &&
  (data === undefined || (Array.isArray(data) && data.every((row) => Array.isArray(row)))) &&
  [stats, error].every((each) => each === undefined || (typeof each === "object" && each !== null));

function tell({ stats }: Reply, { onProgress }: Effects): void {
  if (!stats?.processedRows) return;
  const share = (stats.progressPercentage ?? 0) / 100;
  const total = share > 0 ? Math.round(stats.processedRows / share) : 0;
  onProgress?.({ step: "Trino reads", done: stats.processedRows, total, unit: "rows" });
}

const unreached = (url: URL, cause: unknown): SageplanError => {
  const why =
    cause instanceof Error
      ? [cause.message, (cause.cause as Error | undefined)?.message ?? ""]
      : [String(cause)];
  return new SageplanError(
    "engine-failure",
    `${url.host} does not answer (${why.filter(Boolean).join(": ")}). Look at --server, and whether this network may reach it.`,
  );
};

async function refused(url: URL, answer: Response): Promise<SageplanError> {
  const said = (await answer.text().catch(() => "")).replaceAll(/\s+/g, " ").slice(0, 300);
  const hint =
    answer.status === 401 || answer.status === 403
      ? ` Look at --user and the environment's ${PASSWORD} or ${TOKEN}.`
      : "";
  return new SageplanError(
    "engine-failure",
    `${url.host} answered HTTP status ${answer.status}: ${said}.${hint}`,
  );
}

const failed = (named: string, { message, errorName }: NonNullable<Reply["error"]>): SageplanError =>
  new SageplanError(
    "engine-failure",
    `Trino could not read ${named}: ${errorName ?? ""} ${message ?? ""}`.trim(),
  );
