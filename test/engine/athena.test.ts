/** Athena through the real SDK over HTTP: states, pages, faults, cancelling. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { billingSql, inspect, type InspectOptions } from "../../src/index.ts";
import { environmentOf, SECRETS, startAws, type Answer, type Asked, type Aws } from "../aws/server.ts";
import { COLUMNS, linesOf, usageOf } from "./lines.ts";

let aws: Aws;
/** Hours in which other services are used. */
let otherHours: number;
let before: NodeJS.ProcessEnv;
beforeEach(async () => {
  aws = await startAws();
  otherHours = 5;
  before = { ...process.env };
  Object.assign(process.env, environmentOf(aws.url));
  const columns = COLUMNS.map(([Name, Type]) => ({ Name, Type }));
  Object.assign(aws.answers, {
    GetTableMetadata: [
      {
        body: {
          TableMetadata: {
            Name: "cur",
            Columns: columns,
            PartitionKeys: [{ Name: "billing_period", Type: "string" }],
          },
        },
      },
    ],
    StartQueryExecution: ({ parameters }: { parameters: Record<string, unknown> }) => ({
      body: { QueryExecutionId: String(parameters["QueryString"]).includes("other_rows") ? "usage" : "q1" },
    }),
    StopQueryExecution: [{ body: {} }],
    GetQueryExecution: states("QUEUED", "RUNNING", "SUCCEEDED"),
    GetQueryResults: ({ parameters }: { parameters: Record<string, unknown> }) =>
      parameters["QueryExecutionId"] === "usage"
        ? page([["billing_period"], ...usageOf(otherHours)])
        : parameters["NextToken"] === undefined
          ? page([["delivery", "payer"], ...linesOf(2)], "more")
          : page(linesOf(5).slice(2)),
  });
});
afterEach(async () => {
  process.env = before;
  await aws.close();
});

const states = (...all: string[]): Answer[] =>
  all.map((State) => ({
    body: {
      QueryExecution: {
        QueryExecutionId: "q1",
        Status: { State, StateChangeReason: "the workgroup's limit of 10 MB was exceeded" },
        Statistics: { DataScannedInBytes: 2_500_000_000 },
      },
    },
  }));

const page = (rows: (string | null)[][], NextToken?: string): Answer => ({
  body: {
    ...(NextToken !== undefined && { NextToken }),
    ResultSet: {
      Rows: rows.map((row) => ({
        Data: row.map((value) => (value === null ? {} : { VarCharValue: value })),
      })),
    },
  },
});

const options: InspectOptions = {
  exports: [],
  engine: "athena",
  region: "us-east-1",
  database: "billing",
  table: "cur",
  workgroup: "finops",
  output: "s3://results/here/",
};

test("started, looked at until it ends, fetched page by page; what it scanned is told", async () => {
  const { history, reconciliation, findings, provenance } = await inspect(options);
  expect(history?.hours).toBe(5);
  expect(reconciliation.exportTotalUsd).toBe("1.15");
  expect(findings.find(({ code }) => code === "athena-scanned")?.message).toMatch(
    /5000\.0 MB: about \$0\.0250/,
  );
  expect(provenance.inputs).toMatchObject([{ rows: 15, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
  const started = aws.asked.find(({ operation }) => operation === "StartQueryExecution")!.parameters;
  expect(started).toMatchObject({
    WorkGroup: "finops",
    ResultConfiguration: { OutputLocation: "s3://results/here/" },
    QueryExecutionContext: { Database: "billing", Catalog: "AwsDataCatalog" },
    ExecutionParameters: ["0"],
  });
  expect(started["QueryString"]).toContain('FROM "billing"."cur"');
  expect(aws.asked.filter(({ operation }) => operation === "GetQueryExecution")).toHaveLength(4);
});

test("hours in which only other services are used are covered too: hours of zero", async () => {
  otherHours = 9;
  const { history } = await inspect(options);
  expect(history).toMatchObject({ from: "2026-10-01T00:00:00Z", hours: 9, missingHours: 4 });
});

test("what it will scan at most is told before, where the catalog tells the table's size", async () => {
  const notes: string[] = [];
  const effects = { onNote: (note: string) => void notes.push(note) };
  await inspect(options, effects);
  expect(notes).toEqual([expect.stringMatching(/not known before: the catalog tells no size/)]);
  const [told] = aws.answers["GetTableMetadata"] as { body: { TableMetadata: object } }[];
  for (const Parameters of [{ sizeKey: "1400000000000" }, { totalSize: "1400000000000" }]) {
    aws.answers["GetTableMetadata"] = [
      { body: { TableMetadata: { ...told!.body.TableMetadata, Parameters } } },
    ];
    expect(await billingSql(options)).toMatch(/^-- Athena will scan at most 2800000\.0 MB, about \$14\.0000/);
  }
  expect(aws.asked.filter(({ operation }) => operation === "StartQueryExecution")).toHaveLength(2);
});

test("inspect reads the months that are named, of a table alone", async () => {
  await inspect({ ...options, from: "2026-09-01T00:00:00Z", to: "2026-10-31T00:00:00Z" });
  const started = aws.asked.find(({ operation }) => operation === "StartQueryExecution")!.parameters;
  expect(started["QueryString"]).toContain("'2026-09'");
  expect(started["QueryString"]).toContain("'2026-10'");
  await expect(inspect({ exports: ["x"], from: "2026-09-01T00:00:00Z" })).rejects.toMatchObject({
    code: "wrong-call",
    message: expect.stringMatching(/^--from bounds the months/),
  });
});

test("the same rows in another order are the same input", async () => {
  const first = await inspect(options);
  aws.answers["GetQueryExecution"] = states("SUCCEEDED");
  aws.answers["GetQueryResults"] = [page([["delivery"], ...linesOf(5).toReversed()])];
  expect((await inspect(options)).provenance.inputs).toEqual(first.provenance.inputs);
});

test.each(["FAILED", "CANCELLED"])("%s: Athena's reason", async (state) => {
  aws.answers["GetQueryExecution"] = states("RUNNING", state);
  await expect(inspect(options)).rejects.toMatchObject({
    code: "engine-failure",
    exitCode: 4,
    message: expect.stringMatching(new RegExp(`ended as ${state}: the workgroup's limit of 10 MB`)),
  });
});

test("throttled, then an answer", async () => {
  const answer = aws.answers["StartQueryExecution"] as (asked: Asked) => Answer;
  const faults = ["TooManyRequestsException", "ThrottlingException"];
  aws.answers["StartQueryExecution"] = (asked) => {
    const error = faults.shift();
    return error === undefined ? answer(asked) : { error };
  };
  expect((await inspect(options)).history?.hours).toBe(5);
});

test("denied, and not known: what to do, and no secret", async () => {
  aws.answers["StartQueryExecution"] = [
    { error: "AccessDeniedException", message: "not authorized: athena:StartQueryExecution" },
  ];
  await expect(inspect(options)).rejects.toMatchObject({ code: "aws-denied" });
  aws.answers["GetTableMetadata"] = [{ error: "ExpiredTokenException", message: "expired" }];
  const error: Error = await inspect(options).then(
    () => new Error("no fault"),
    (thrown: unknown) => thrown as Error,
  );
  expect(error).toMatchObject({ code: "aws-credentials" });
  for (const secret of Object.values(SECRETS))
    expect(JSON.stringify(error) + String(error)).not.toContain(secret);
});

test("interrupted while it runs: the query is stopped", async () => {
  aws.answers["GetQueryExecution"] = states("RUNNING");
  const interruption = new AbortController();
  const work = inspect(options, { signal: interruption.signal });
  const ended = work.catch((error: unknown) => error);
  await expect.poll(() => aws.asked.map(({ operation }) => operation)).toContain("GetQueryExecution");
  interruption.abort();
  expect(String(await ended)).toMatch(/abort/i);
  expect(aws.asked.map(({ operation }) => operation)).toContain("StopQueryExecution");
});

test("--print-sql runs nothing", async () => {
  const sql = await billingSql({ ...options, from: "2026-10-15T00:00:00Z" });
  expect(sql).toMatch(/WHERE CAST\("billing_period" AS VARCHAR\) >= '2026-10'/);
  expect(aws.asked.map(({ operation }) => operation)).toEqual(["GetTableMetadata"]);
});

test("what is missing, or too much, is a wrong call", async () => {
  await expect(inspect({ ...options, table: undefined })).rejects.toThrow(/needs --table too/);
  await expect(inspect({ ...options, exports: ["x"] })).rejects.toThrow(/files are named too/);
});
