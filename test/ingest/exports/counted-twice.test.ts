/** Parts, accounts, periods: nothing is missing, and nothing counts twice. */
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, test } from "vitest";
import { inspect } from "../../../src/index.ts";
import { BASE_ROW, csvOf, folderWith, hourOf, type CurRow } from "../small-exports.ts";

const hours = (from: number, count: number, row: CurRow = {}): CurRow[] =>
  Array.from({ length: count }, (_, n) => ({ ...hourOf(from + n), ...row }));
const focusOf = (from: number, count: number, more: Record<string, string> = {}): string => {
  const row = (n: number): Record<string, string> => ({
    ChargeCategory: "Usage",
    ChargePeriodStart: hourOf(from + n)["lineItem/UsageStartDate"],
    ChargePeriodEnd: hourOf(from + n)["lineItem/UsageEndDate"],
    SubAccountId: "111122223333",
    BilledCost: "0.23",
    ListCost: "0.23",
    x_UsageType: "USE1-Host:ml.m5.xlarge",
    x_ServiceCode: "AmazonSageMaker",
    ...more,
  });
  const lines = Array.from({ length: count }, (_, n) => Object.values(row(n)).join(","));
  return `${[Object.keys(row(0)).join(","), ...lines].join("\n")}\n`;
};
const normalizedOf = (from: number, count: number, account: string | null): string => {
  const lines = Array.from(
    { length: count },
    (_, n) =>
      `${hourOf(from + n)["lineItem/UsageStartDate"]},${account === null ? "" : `${account},`}us-east-1,USE1-Host:ml.m5.xlarge,RunInstance,1,0.23`,
  );
  const header = `usage_hour,${account === null ? "" : "account_id,"}region,usage_type,operation,usage_hours,on_demand_usd`;
  return `${[header, ...lines].join("\n")}\n`;
};

const read = (files: Record<string, string>) => inspect({ exports: [folderWith(files)] });
const total = async (files: Record<string, string>): Promise<string> =>
  (await read(files)).reconciliation.exportTotalUsd;
const PERIOD = "e/data/BILLING_PERIOD=2026-10";

describe("parts", () => {
  test.each([
    ["in a period's folder", PERIOD],
    ["loose", "e"],
  ])("a gap in AWS's numbers, %s", async (_, folder) => {
    await expect(
      total({ [`${folder}/e-00001.csv`]: csvOf(hours(0, 2)), [`${folder}/e-00003.csv`]: csvOf(hours(4, 2)) }),
    ).rejects.toThrow(/part 2 is missing/);
  });

  test("numbers that are none of parts", async () => {
    const november = csvOf(hours(744, 2, { "bill/BillingPeriodStartDate": "2026-11-01T00:00:00Z" }));
    expect(await total({ "usage-10.csv": csvOf(hours(0, 2)), "usage-11.csv": november })).toBe("0.92");
    expect(await total({ "usage-2026.csv": csvOf(hours(0, 2)) })).toBe("0.46");
  });

  test.each([
    ["CUR", csvOf(hours(0, 4)), csvOf(hours(4, 4)), csvOf(hours(5, 3))],
    ["FOCUS", focusOf(0, 4), focusOf(4, 4), focusOf(5, 3)],
    [
      "normalized",
      normalizedOf(0, 4, "111122223333"),
      normalizedOf(4, 4, "111122223333"),
      normalizedOf(5, 3, "111122223333"),
    ],
  ])("one left from an older delivery is refused: %s", async (_, first, second, stale) => {
    const parts = { [`${PERIOD}/e-00001.csv`]: first, [`${PERIOD}/e-00002.csv`]: second };
    expect(await total(parts)).toBe("1.84");
    await expect(total({ ...parts, [`${PERIOD}/e-00003.csv`]: stale })).rejects.toThrow(
      /3 rows stand both in .*e-00002\.csv and in .*e-00003\.csv/,
    );
  });

  test("the ids that AWS gives rows decide, where they are there; few rows twice are told", async () => {
    const columns = ["identity/LineItemId", "identity/TimeInterval", ...Object.keys(BASE_ROW)];
    const withIds = (ids: string[], tag: string) =>
      csvOf(
        ids.map((id) => ({ ...hourOf(0), "lineItem/ResourceId": tag, "identity/LineItemId": id }) as CurRow),
        columns,
      );
    const { findings, reconciliation } = await read({
      [`${PERIOD}/e-00001.csv`]: withIds(["a", "b", "c", "d"], "new"),
      [`${PERIOD}/e-00002.csv`]: withIds(["d", "e", "f", "g"], "old"),
    });
    expect(reconciliation.exportTotalUsd).toBe("1.84");
    expect(findings.find(({ code }) => code === "rows-in-two-parts")).toMatchObject({
      usd: 0.23,
      message: expect.stringMatching(/1 row stands in two parts/),
    });
  });

  test.each([
    "part-0000N-3f2a77aa-1111-4b4b-8c8c-0123456789ab-c000.csv",
    "data_N.csv",
    "00000N_0.csv",
    "export-00000000000N.csv",
    "20261101_101112_0000N_abcde_0123.csv",
    "000N_part_00.csv",
  ])("as other programs number them, %s, are one delivery", async (name) => {
    const part = (n: number) => `t/${name.replace("N", String(n))}`;
    expect(await total({ [part(0)]: csvOf(hours(0, 2)), [part(1)]: csvOf(hours(2, 2)) })).toBe("0.92");
    await expect(
      total({ [part(0)]: csvOf(hours(0, 2)), [part(1)]: csvOf(hours(0, 3)) }),
    ).rejects.toMatchObject({ code: "duplicate-delivery" });
  });

  test("as parquet, in folders KEY=VALUE, without an ending", async () => {
    const folder = folderWith({ "a.csv": csvOf(hours(0, 2)), "day=1/x": "", "day=2/x": "" });
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    for (const day of [1, 2]) {
      await connection.run(
        `COPY (SELECT * FROM read_csv('${folder}/a.csv', all_varchar = true) LIMIT 1 OFFSET ${day - 1}) TO '${folder}/day=${day}/000000_0' (FORMAT parquet)`,
      );
    }
    const { reconciliation } = await inspect({ exports: [join(folder, "day=1"), join(folder, "day=2")] });
    expect(reconciliation.exportTotalUsd).toBe("0.46");
  });
});

describe("accounts", () => {
  test.each([
    ["CUR", csvOf(hours(0, 2, { "lineItem/UsageAccountId": "012345678901" }))],
    ["FOCUS", focusOf(0, 2, { SubAccountId: "012345678901" })],
    ["normalized", normalizedOf(0, 2, "012345678901")],
  ])("that lost a leading zero are the same: %s", async (_, text) => {
    const resaved = text.replaceAll("012345678901", "12345678901").replace("0.23\n", "0.230\n");
    expect((await read({ "a.csv": resaved })).accounts).toMatchObject([{ account: "012345678901" }]);
    await expect(total({ "a.csv": text, "b.csv": resaved })).rejects.toMatchObject({
      code: "duplicate-delivery",
    });
  });

  test.each(["1.23457E+11", "123456789012.0"])("%s is none", async (account) => {
    const refused = {
      code: "bad-value",
      message: expect.stringMatching(/expected the 12 digits of an account/),
    };
    await expect(
      total({ "a.csv": csvOf(hours(0, 1, { "lineItem/UsageAccountId": account })) }),
    ).rejects.toMatchObject(refused);
    await expect(total({ "a.csv": focusOf(0, 1, { SubAccountId: account }) })).rejects.toMatchObject(refused);
    await expect(total({ "a.csv": normalizedOf(0, 1, account) })).rejects.toMatchObject(refused);
  });

  test("rows without one may be of any", async () => {
    await expect(total({ "a.csv": csvOf(hours(0, 2)), "b.csv": normalizedOf(0, 2, null) })).rejects.toThrow(
      /accounts that are not named, stands in two deliveries/,
    );
  });
});

describe("periods", () => {
  test("rows of another month than their folder's are refused", async () => {
    const rows = { "bill/BillingPeriodStartDate": "2026-09-01T00:00:00Z" };
    const refused = {
      code: "bad-value",
      message: expect.stringMatching(/in the folder of 2026-10, .* usage of 2026-09/),
    };
    await expect(total({ [`${PERIOD}/e-00001.csv`]: csvOf(hours(-2, 2, rows)) })).rejects.toMatchObject(
      refused,
    );
    await expect(total({ [`${PERIOD}/e-00001.csv`]: focusOf(-2, 2) })).rejects.toMatchObject(refused);
  });

  const days = (count: number, start: string, end: string): CurRow[] =>
    Array.from({ length: count }, (_, n) => {
      const day = `2026-10-${String(n + 1).padStart(2, "0")}`;
      return { "lineItem/UsageStartDate": `${day}${start}`, "lineItem/UsageEndDate": `${day}${end}` };
    });
  const focusDays = (start: string, end: string): string =>
    focusOf(0, 1)
      .replace("2026-10-01T00:00:00Z", `2026-10-01${start}`)
      .replace("2026-10-01T01:00:00Z", `2026-10-01${end}`);

  test.each([
    ["no length at midnight", "T00:00:00Z", "T00:00:00Z"],
    ["dates", "", ""],
    ["an end that is the last second", "T00:00:00Z", "T23:59:59Z"],
    ["an end that is the last millisecond", "T00:00:00Z", "T23:59:59.999Z"],
  ])("%s is a day", async (_, start, end) => {
    const cur = await read({ "a.csv": csvOf(days(3, start, end)) });
    expect([cur.granularity, cur.history?.hours]).toEqual(["daily", 72]);
    const focus = await read({ "a.csv": focusDays(start, end) });
    expect([focus.granularity, focus.history?.hours]).toEqual(["daily", 24]);
  });

  test("an hour's last second is an hour's end", async () => {
    const { granularity, history } = await read({ "a.csv": csvOf(days(1, "T05:00:00Z", "T05:59:59Z")) });
    expect([granularity, history?.hours]).toEqual(["hourly", 1]);
  });

  test.each([
    ["T05:00:00Z", "T05:00:00Z"],
    ["T05:00:00Z", "T04:00:00Z"],
  ])("from %s to %s is no period", async (start, end) => {
    const refused = {
      code: "bad-value",
      message: expect.stringMatching(/expected a date after the row's start/),
    };
    await expect(total({ "a.csv": csvOf(days(1, start, end)) })).rejects.toMatchObject(refused);
    await expect(total({ "a.csv": focusDays(start, end) })).rejects.toMatchObject(refused);
  });
});

describe("numbers and words of spreadsheets and databases", () => {
  const cost = (text: string) => csvOf(hours(0, 1, { "lineItem/UnblendedCost": text }));
  test.each([
    ["3,030.00", /without thousands separators/],
    ["$3.03", /without a currency sign/],
    ["3.030,00", /with a point before its decimals/],
    ["nan", /found "nan"/],
  ])("%s is refused for what it is", async (text, message) => {
    await expect(total({ "a.csv": cost(text) })).rejects.toThrow(message);
    await expect(
      total({ "a.csv": focusOf(0, 1, { BilledCost: text.includes(",") ? `"${text}"` : text }) }),
    ).rejects.toThrow(message);
  });

  test.each(["nan", "None", String.raw`\N`, "NULL"])("%s is nothing", async (text) => {
    const row = {
      "pricing/publicOnDemandCost": text,
      "savingsPlan/SavingsPlanARN": text,
      "lineItem/ResourceId": text,
    };
    expect(await total({ "a.csv": csvOf(hours(0, 2, row)) })).toBe("0.46");
    expect(
      await total({ "a.csv": focusOf(0, 2, { ResourceId: text, CommitmentDiscountStatus: text }) }),
    ).toBe("0.46");
  });
});

test.each(["AmazonSageMaker", "Amazon SageMaker", "Amazon SageMaker AI", "Amazon SageMaker Studio"])(
  "FOCUS without service codes calls it %s",
  async (ServiceName) => {
    const text = focusOf(0, 2, { ServiceName, x_ServiceCode: "" });
    expect((await read({ "a.csv": text })).history?.onDemandUsd).toBeCloseTo(0.46, 9);
  },
);
