/** The same SQL on a real Trino: what it adds up is what DuckDB adds up, row for row. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inspect, normalize, recommend, type RecommendOptions } from "../../src/index.ts";
import { sageplan } from "../cli/sageplan.ts";
import { scratchFolder } from "../ingest/small-exports.ts";
import { register } from "./hive.ts";
import { startTrino, type Trino } from "./trino-server.ts";

const PERIOD = "fixtures/ml-company/cur2-parquet/acme-cur2/data/BILLING_PERIOD=2026-10";
const FILES = ["fixtures/ml-company/cur2-parquet"];

let trino: Trino;
let table: Partial<RecommendOptions>;

beforeAll(async () => {
  trino = await startTrino();
  await trino.execute("CREATE SCHEMA hive.cur");
  const newest = readdirSync(PERIOD).toSorted().at(-1)!;
  const files = readdirSync(join(PERIOD, newest)).map((name) => join(PERIOD, newest, name));
  await register(trino, ["cur", "acme"], files);
  await register(
    trino,
    ["cur", "focus"],
    [
      "fixtures/ml-company/focus-1.2/acme-focus12/data/billing_period=2026-10/acme-focus12-00001.snappy.parquet",
    ],
  );
  table = { exports: [], engine: "trino", server: trino.url, catalog: "hive", schema: "cur", table: "acme" };
}, 600_000);
afterAll(() => trino?.stop());

const hourly = async (options: Partial<RecommendOptions>): Promise<string> => {
  const out = join(scratchFolder(), "hours.csv");
  await normalize({ exports: [], ...options, out });
  return readFileSync(out, "utf8");
};

describe("CUR 2.0 with maps", () => {
  test("the hourly table, row for row and to the last digit", async () => {
    const ours = await hourly({ exports: FILES });
    expect(ours.split("\n").length).toBeGreaterThan(6_000);
    expect(await hourly(table)).toBe(ours);
  });

  test("every sum of inspect: classes, plans, agreements", async () => {
    const [here, there] = await Promise.all([
      inspect({ exports: FILES }),
      inspect({ exports: [], ...table }),
    ]);
    const { provenance, deliveries, findings, ...sums } = there;
    const { provenance: _p, deliveries: _d, findings: _f, ...wanted } = here;
    expect(sums).toEqual(wanted);
    expect(findings.map(({ code }) => code)).not.toContain("older-deliveries-left-out");
    expect(deliveries[0]).toMatchObject({ format: "CUR 2.0" });
    expect(provenance.inputs[0]!.sha256).toMatch(/^[0-9a-f]{64}$/);
    const again = await inspect({ exports: [], ...table });
    expect(again.provenance.inputs).toEqual(provenance.inputs);
  });

  test("the answer", async () => {
    const options = { term: "1yr", scenarios: 20 } as const;
    const [here, there] = await Promise.all([
      recommend({ exports: FILES, ...options }),
      recommend({ exports: [], ...table, ...options }),
    ]);
    for (const part of ["purchases", "expected", "risk", "certificate", "alternatives", "history"] as const)
      expect(there.recommendation[part]).toEqual(here.recommendation[part]);
  });

  test("a bound on the billing period reads those months only", async () => {
    const found = await recommend({
      exports: [],
      ...table,
      term: "1yr",
      futures: "history",
      from: "2026-10-15T00:00:00Z",
    });
    expect(found.recommendation.history.from).toBe("2026-10-15T00:00:00Z");
    const later = { ...table, exports: [], from: "2026-11-01T00:00:00Z" };
    await expect(recommend(later)).rejects.toThrow(/No SageMaker usage .*\(0 rows/);
  });
});

test("FOCUS 1.2", async () => {
  const ours = await hourly({ exports: ["fixtures/ml-company/focus-1.2"] });
  expect(await hourly({ ...table, table: "focus" })).toBe(ours);
});

test("the command line", async () => {
  const place = ["--engine", "trino", "--server", trino.url, "--catalog", "hive", "--schema", "cur"];
  const { code, stdout } = await sageplan(["inspect", ...place, "--table", "acme"]);
  expect(code).toBe(0);
  expect(stdout).toContain("exact: every row of");
  const unknown = await sageplan(["inspect", ...place, "--table", "nothing"]);
  expect(unknown).toMatchObject({ code: 2, stdout: "" });
  expect(unknown.stderr).toMatch(/has no table hive\.cur\.nothing/);
  const printed = await sageplan([
    "recommend",
    ...place,
    "--table",
    "acme",
    "--from",
    "2026-10-15",
    "--print-sql",
  ]);
  expect(printed).toMatchObject({ code: 0, stderr: "" });
  expect(printed.stdout).toMatch(/^WHERE CAST\("billing_period" AS VARCHAR\) >= '2026-10'$/m);
  const [lines = "", usage = ""] = printed.stdout.replaceAll(/--.*$/gm, "").replace("?", "0").split(/^;$/m);
  expect((await trino.execute(lines.trim())).length).toBeGreaterThan(1_000);
  expect((await trino.execute(usage.trim())).length).toBe(1);
});

describe("over TLS", () => {
  const asked = (env: Record<string, string>, user: string[] = ["--user", trino.credentials.user]) =>
    sageplan(
      [
        "inspect",
        "--engine",
        "trino",
        "--server",
        trino.secureUrl,
        "--catalog",
        "hive",
        "--schema",
        "cur",
        "--table",
        "acme",
        ...user,
      ],
      { env: { NODE_EXTRA_CA_CERTS: trino.credentials.authority, ...env } },
    );
  const secrets = () => [trino.credentials.password, trino.credentials.token];

  test("by user and password", async () => {
    const { code, stdout, stderr } = await asked({ TRINO_PASSWORD: trino.credentials.password });
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(stdout).toContain("exact: every row of");
    for (const secret of secrets()) expect(stdout).not.toContain(secret);
  });

  test("by a token, which says who asks", async () => {
    for (const user of [["--user", trino.credentials.user], []]) {
      const { code, stdout, stderr } = await asked({ TRINO_TOKEN: trino.credentials.token }, user);
      expect(stderr).toBe("");
      expect(code).toBe(0);
      expect(stdout).toContain("exact: every row of");
    }
  });

  test.each<[string, () => Record<string, string>, RegExp]>([
    ["no secret", () => ({}), /HTTP status 401.*TRINO_PASSWORD or TRINO_TOKEN/s],
    [
      "a wrong password",
      () => ({ TRINO_PASSWORD: "guess" }),
      /HTTP status 401.*TRINO_PASSWORD or TRINO_TOKEN/s,
    ],
    [
      "a token that another key signed",
      () => ({ TRINO_TOKEN: `${trino.credentials.token.slice(0, -6)}AAAAAA` }),
      /HTTP status 401/,
    ],
    [
      "a certificate of an unknown authority",
      () => ({ TRINO_PASSWORD: trino.credentials.password, NODE_EXTRA_CA_CERTS: "" }),
      /does not answer .*self.signed certificate/s,
    ],
  ])("%s is refused, and told without the secret", async (_, env, told) => {
    const { code, stdout, stderr } = await asked(env());
    expect(stdout).toBe("");
    expect(stderr).toMatch(told);
    expect(code).toBe(4);
    for (const secret of [...secrets(), "guess"]) expect(stderr).not.toContain(secret);
  });
});

test("a row that can't be trusted is named, with its file and column", async () => {
  const columns = await trino.execute("SHOW COLUMNS FROM hive.cur.acme");
  const selected = columns.map(([name]) =>
    name === "line_item_unblended_cost"
      ? "CAST(-1.5 AS double) AS line_item_unblended_cost"
      : `"${String(name)}"`,
  );
  await trino.execute(
    `CREATE TABLE hive.cur.bad WITH (format = 'PARQUET') AS SELECT ${selected.join(", ")} FROM hive.cur.acme ` +
      "WHERE line_item_product_code = 'AmazonSageMaker' AND line_item_line_item_type = 'Usage' LIMIT 3",
  );
  await expect(inspect({ exports: [], ...table, table: "bad" })).rejects.toThrow(
    /bad\/.*column line_item_unblended_cost: found "-1\.5.*3 rows of this delivery/s,
  );
});
