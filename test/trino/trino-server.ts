/** A real Trino of one node, from Maven's artifacts, with the Hive connector over a folder. It is stopped with the tests. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeSecrets, type Credentials, type ServerSecrets } from "./secrets.ts";

const VERSION = "476";
/** What Trino 476 runs on. */
const LEAST_JAVA = 24;
const CACHE = fileURLToPath(new URL("../../node_modules/.cache/trino", import.meta.url));
const HOME = join(CACHE, `trino-server-core-${VERSION}`);
/** Not needed, and slow to start. */
const PLUGINS = ["geospatial", "functions-python", "exchange-filesystem", "spooling-filesystem"];
const START_MS = 180_000;

function run(command: string, args: readonly string[], cwd = CACHE): void {
  const { status, stderr, stdout, error } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0)
    throw new Error(`${command} ${args.join(" ")} failed: ${error?.message ?? stdout + stderr}`);
}

/** The newest Java that there is, in JAVA_HOME or where Debian puts them. */
function javaHome(): string {
  const root = "/usr/lib/jvm";
  const homes = [
    process.env["JAVA_HOME"] ?? "",
    ...(existsSync(root) ? readdirSync(root).map((name) => join(root, name)) : []),
  ].filter((home) => home !== "" && existsSync(join(home, "bin", "java")));
  const versions = homes.map((home) => {
    const { stderr } = spawnSync(join(home, "bin", "java"), ["-version"], { encoding: "utf8" });
    return { home, version: Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0) };
  });
  const newest = versions.toSorted((a, b) => b.version - a.version)[0];
  if (newest !== undefined && newest.version >= LEAST_JAVA) return newest.home;
  throw new Error(
    `Trino ${VERSION} needs Java ${LEAST_JAVA} or newer, and ${newest ? `the newest here is ${newest.version}` : "there is none"}: install one, or set JAVA_HOME.`,
  );
}

/** By Maven's ordinary client, once. */
function install(java: string): void {
  if (existsSync(join(HOME, "plugin", "hive"))) return;
  mkdirSync(CACHE, { recursive: true });
  const copy = (artifact: string): void =>
    run("mvn", [
      "-q",
      "-B",
      "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy",
      `-Dartifact=io.trino:${artifact}`,
      `-DoutputDirectory=${CACHE}`,
    ]);
  copy(`trino-server-core:${VERSION}:tar.gz`);
  copy(`trino-hive:${VERSION}:zip`);
  run("tar", ["xzf", `trino-server-core-${VERSION}.tar.gz`]);
  for (const plugin of PLUGINS) rmSync(join(HOME, "plugin", plugin), { recursive: true, force: true });
  run(join(java, "bin", "jar"), ["xf", `trino-hive-${VERSION}.zip`]);
  renameSync(join(CACHE, `trino-hive-${VERSION}`), join(HOME, "plugin", "hive"));
  for (const name of [`trino-server-core-${VERSION}.tar.gz`, `trino-hive-${VERSION}.zip`])
    rmSync(join(CACHE, name));
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

export interface Trino {
  /** Where anyone is let in under any name. */
  url: string;
  /** `https://localhost:…`, where the credentials are asked for. */
  secureUrl: string;
  credentials: Credentials;
  /** Where tables lie: `local:///name` is this folder's `name`. */
  files: string;
  /** Runs a statement that the product never runs; names without a schema are of `schema`. */
  execute: (sql: string, schema?: string) => Promise<unknown[][]>;
  stop: () => Promise<void>;
}

export async function startTrino(): Promise<Trino> {
  const java = javaHome();
  install(java);
  const folder = mkdtempSync(join(tmpdir(), "sageplan-trino-"));
  const files = join(folder, "files");
  const home = join(folder, "trino");
  const [port, securePort] = [await freePort(), await freePort()];
  mkdirSync(join(home, "etc"), { recursive: true });
  const secrets = makeSecrets(join(home, "etc"), java);
  cpSync(join(HOME, "bin"), join(home, "bin"), { recursive: true });
  for (const [name, lines] of Object.entries(configOf({ port, securePort }, folder, files, secrets))) {
    const path = join(home, "etc", name);
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, `${lines.join("\n")}\n`);
  }
  mkdirSync(join(files, "metastore"), { recursive: true });
  const server = spawn(join(HOME, "bin", "launcher"), ["run", "--etc-dir", join(home, "etc")], {
    cwd: HOME,
    env: { ...process.env, JAVA_HOME: java, PATH: `${join(java, "bin")}:${process.env["PATH"]}` },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let log = "";
  for (const stream of [server.stdout, server.stderr])
    stream.on("data", (text) => (log = (log + String(text)).slice(-4_000)));
  const url = `http://127.0.0.1:${port}`;
  await ready(url, server, () => log);
  return {
    url,
    secureUrl: `https://localhost:${securePort}`,
    credentials: secrets.credentials,
    files,
    execute: (sql, schema) => execute(url, sql, schema),
    stop: async () => {
      const ended = new Promise((resolve) => server.on("close", resolve));
      process.kill(-server.pid!, "SIGKILL");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const configOf = (
  { port, securePort }: { port: number; securePort: number },
  folder: string,
  files: string,
  secrets: ServerSecrets,
): Record<string, string[]> => ({
  "node.properties": ["node.environment=test", "node.id=one", `node.data-dir=${join(folder, "data")}`],
  "jvm.config": ["-Xmx1500M", "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError"],
  "config.properties": [
    "coordinator=true",
    "node-scheduler.include-coordinator=true",
    `http-server.http.port=${port}`,
    `discovery.uri=http://127.0.0.1:${port}`,
    "http-server.https.enabled=true",
    `http-server.https.port=${securePort}`,
    `http-server.https.keystore.path=${secrets.keystore}`,
    `http-server.https.keystore.key=${secrets.keystorePassword}`,
    "http-server.authentication.type=PASSWORD,JWT",
    "http-server.authentication.allow-insecure-over-http=true",
    `http-server.authentication.jwt.key-file=${secrets.tokenKeyFile}`,
    `internal-communication.shared-secret=${randomBytes(32).toString("base64")}`,
    "query.max-memory=600MB",
    "query.max-memory-per-node=600MB",
  ],
  "password-authenticator.properties": [
    "password-authenticator.name=file",
    `file.password-file=${secrets.passwordFile}`,
  ],
  "catalog/hive.properties": [
    "connector.name=hive",
    "hive.metastore=file",
    "hive.metastore.catalog.dir=local:///metastore",
    "fs.native-local.enabled=true",
    `local.location=${files}`,
    "hive.security=allow-all",
    "hive.allow-register-partition-procedure=true",
  ],
});

async function ready(url: string, server: ChildProcess, log: () => string): Promise<void> {
  const until = Date.now() + START_MS;
  while (Date.now() < until) {
    if (server.exitCode !== null) throw new Error(`Trino ended: ${log()}`);
    const info = await fetch(`${url}/v1/info`)
      .then((answer) => answer.json() as Promise<{ starting: boolean }>)
      .catch(() => null);
    // Its own node may be announced a little later: a query that runs is the proof.
    const runs =
      info?.starting === false &&
      (await execute(url, "SELECT 1").then(
        () => true,
        () => false,
      ));
    if (runs) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`Trino does not start: ${log()}`);
}

interface Reply {
  nextUri?: string;
  data?: unknown[][];
  error?: { message: string };
}

async function execute(url: string, sql: string, schema = "cur"): Promise<unknown[][]> {
  const headers = { "x-trino-user": "test", "x-trino-catalog": "hive", "x-trino-schema": schema };
  const read = async (answer: Response): Promise<Reply> => (await answer.json()) as Reply;
  let reply = await read(await fetch(`${url}/v1/statement`, { method: "POST", headers, body: sql }));
  const rows: unknown[][] = [];
  for (;;) {
    if (reply.error) throw new Error(`${reply.error.message}\n${sql}`);
    rows.push(...(reply.data ?? []));
    if (reply.nextUri === undefined) return rows;
    reply = await read(await fetch(reply.nextUri, { headers }));
  }
}
