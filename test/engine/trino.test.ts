/** Trino's protocol: what a server may answer. Its SQL runs on a real one, in `test/trino`. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { inspect, type InspectOptions } from "../../src/index.ts";
import { COLUMNS, linesOf } from "./lines.ts";

interface Sent {
  method: string;
  url: string;
  body: string;
  authorization: string | undefined;
}

let server: Server;
let url: string;
let sent: Sent[];
/** What is answered next: a status, a document, or bytes as they are. */
let answers: ((request: Sent) => number | object | string | null)[];

beforeEach(async () => {
  sent = [];
  answers = [];
  server = createServer((request: IncomingMessage, response) => {
    let body = "";
    request.on("data", (chunk) => (body += String(chunk)));
    request.on("end", () => {
      const call = {
        method: request.method!,
        url: request.url!,
        body,
        authorization: request.headers.authorization,
      };
      sent.push(call);
      const answer =
        call.method === "DELETE" ? 204 : (answers.length > 1 ? answers.shift()! : answers[0]!)(call);
      response.writeHead(typeof answer === "number" ? answer : 200, { "content-type": "application/json" });
      response.end(
        typeof answer === "number" ? "" : typeof answer === "string" ? answer : JSON.stringify(answer),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  delete process.env["TRINO_TOKEN"];
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const options = (): InspectOptions => ({
  exports: [],
  engine: "trino",
  server: url,
  catalog: "hive",
  schema: "cur",
  table: "acme",
});

const next = (path: string) => ({ nextUri: `${url}${path}` });
const columns = () => ({
  data: COLUMNS.map(([name, type]) => [
    name,
    type.replace("string", "varchar").replace("timestamp", "timestamp(3)"),
  ]),
});

test("nextUri is followed; 503 and 429 mean again, a little later", async () => {
  answers = [
    () => 503,
    () => next("/v1/statement/q1/1"),
    () => columns(),
    () => next("/v1/statement/q2/1"),
    () => 429,
    () => ({ ...next("/v1/statement/q2/2"), data: linesOf(5).slice(0, 3) }),
    () => 502,
    () => ({ data: linesOf(5).slice(3) }),
  ];
  const { history, reconciliation, provenance } = await inspect(options());
  expect(history?.hours).toBe(5);
  expect(reconciliation.exportTotalUsd).toBe("1.15");
  expect(provenance.inputs[0]).toMatchObject({ rows: 15 });
  const statement = sent.find(({ body }) => body.startsWith("EXECUTE IMMEDIATE"))!;
  expect(statement.body).toMatch(/ USING 0$/);
  expect(sent.every(({ authorization }) => authorization === undefined)).toBe(true);
});

test("a query that fails: Trino's words, exit code 4", async () => {
  answers = [
    () => columns(),
    () => ({ error: { errorName: "EXCEEDED_LOCAL_MEMORY_LIMIT", message: "Query exceeded 1GB" } }),
  ];
  await expect(inspect(options())).rejects.toMatchObject({
    code: "engine-failure",
    message: expect.stringMatching(/hive\.cur\.acme: EXCEEDED_LOCAL_MEMORY_LIMIT Query exceeded 1GB/),
  });
});

test("interrupted: the query is cancelled there too", async () => {
  const interruption = new AbortController();
  const interrupted = () => {
    interruption.abort();
    return next("/v1/statement/q2/1");
  };
  answers = [() => columns(), () => next("/v1/statement/q2/1"), interrupted];
  const work = inspect(options(), { signal: interruption.signal });
  await expect(work).rejects.toThrow(/abort/i);
  await expect
    .poll(() => sent.filter(({ method }) => method === "DELETE").map((call) => call.url))
    .toEqual(["/v1/statement/q2/1"]);
});

test.each([
  ["a sign-in page", "<html>\n<body>Sign in</body></html>", /\("<html> <body>Sign in<\/body><\/html>"\)/],
  ["null", null, /\("null"\)/],
  ["nothing", "", /\(nothing\)/],
  ["a list", [1], /\("\[1\]"\)/],
])("a success that is none: %s", async (_, answer, message) => {
  answers = [() => answer];
  await expect(inspect(options())).rejects.toMatchObject({
    code: "engine-failure",
    message: expect.stringMatching(message),
  });
  answers = [() => columns(), () => answer];
  await expect(inspect(options())).rejects.toThrow(new URL(url).host);
});

test("a password in the address is refused, and not told", async () => {
  const error = await inspect({ ...options(), server: url.replace("//", "//ann:hunter22@") }).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ code: "wrong-call", message: expect.stringContaining("TRINO_PASSWORD") });
  expect(String(error)).not.toMatch(/ann|hunter22/);
  expect(sent).toEqual([]);
});

test("not allowed in; sent on to another server; a secret in the clear", async () => {
  answers = [() => 401];
  await expect(inspect(options())).rejects.toThrow(/HTTP status 401.*TRINO_PASSWORD or TRINO_TOKEN/);
  answers = [() => ({ nextUri: "http://evil.example/v1/statement/q" })];
  await expect(inspect(options())).rejects.toThrow(/another server: not followed/);
  process.env["TRINO_TOKEN"] = "secret-token";
  sent = [];
  await expect(inspect(options())).rejects.toThrow(/not https: a secret is not sent in the clear/);
  expect(sent).toEqual([]);
});

test.each([
  ["a sign-in page", "<html><title>Sign in</title></html>"],
  ["nothing", ""],
  ["null", "null"],
  ["an array", "[]"],
  ["a cut reply", '{"columns": [{"name": "a'],
  ["rows that are none", '{"data": [1]}'],
  ["an address that is none", '{"nextUri": "http://["}'],
  ["figures that are none", '{"stats": 1}'],
])("a 200 with %s is no reply: an engine's failure that names the host", async (_, text) => {
  answers = [() => text];
  await expect(inspect(options())).rejects.toMatchObject({
    code: "engine-failure",
    exitCode: 4,
    message: expect.stringMatching(
      /^127\.0\.0\.1:\d+ answered with something that is not Trino's protocol/,
    ) as string,
  });
});
