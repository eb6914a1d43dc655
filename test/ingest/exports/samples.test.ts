/** Public billing samples, read where they lie beside the project. None holds a SageMaker row: they prove the parsing. */
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { inspect, recommend } from "../../../src/index.ts";

const SAMPLES = "../shared/data/samples";

describe.runIf(existsSync(SAMPLES))("public samples", () => {
  test.each([
    ["legacy-cur-daily-anonymized-1281rows.csv", "legacy CUR", 1281],
    ["focus-1.0-anonymized-1000rows.csv", "FOCUS 1.0", 1000],
    ["cur-athena-parquet-columns-obfuscated-20rows.csv", "CUR 2.0", 20],
    ["cur-sp-rows-from-aws-docs.csv", "legacy CUR", 7],
  ])("%s", async (name, format, rows) => {
    const { deliveries, findings, history, reconciliation } = await inspect({
      exports: [`${SAMPLES}/${name}`],
    });
    expect(deliveries).toMatchObject([{ format, rows, files: 1 }]);
    expect(history).toBeNull();
    expect(reconciliation).toMatchObject({ exportTotalUsd: "0", classesTotalUsd: "0", classes: [] });
    expect(findings).toMatchObject([
      { code: "no-sagemaker-usage", message: expect.stringMatching(/Columns that these files lack: \S+/) },
    ]);
    await expect(recommend({ exports: [`${SAMPLES}/${name}`] })).rejects.toMatchObject({
      code: "no-sagemaker-usage",
    });
  });
});
