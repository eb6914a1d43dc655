/** What is planted in `fixtures/headroom` is found, all of it and nothing else, with the maker's own dollars. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { headroom, type HeadroomDocument, type HeadroomFinding } from "../../src/index.ts";
import { scratchFolder } from "../ingest/small-exports.ts";

const HOME = "fixtures/headroom";
const METRICS = { metrics: [`${HOME}/metrics.json`], metricDataQueries: `${HOME}/queries.json` };

interface Planted {
  pattern: string;
  resource?: string;
  usageType?: string;
  confidence: string;
  saves: number | null | "estimate";
}
const { planted } = JSON.parse(readFileSync(`${HOME}/truth.json`, "utf8")) as { planted: Planted[] };

/** A finding by its pattern and what it is about. */
const nameOf = (pattern: string, resource: string | undefined, usageType: string | undefined): string =>
  `${pattern} ${resource === undefined || resource === "" ? usageType! : resource.split(":").slice(5).join(":")}`;
const names = (findings: readonly HeadroomFinding[]): string[] =>
  findings.map(({ pattern, resource, usageType }) => nameOf(pattern, resource, usageType)).sort();
const found = (h: HeadroomDocument, name: string): HeadroomFinding =>
  h.findings.find(({ pattern, resource, usageType }) => nameOf(pattern, resource, usageType) === name)!;

let measured: HeadroomDocument;
let inferred: HeadroomDocument;
beforeAll(async () => {
  measured = await headroom({ exports: [`${HOME}/export`], ...METRICS });
  inferred = await headroom({ exports: [`${HOME}/export`] });
});

describe("with metrics", () => {
  test("precision and recall are 1: what is planted, and none of the near-misses", () => {
    expect(names(measured.findings)).toEqual(
      planted.map(({ pattern, resource, usageType }) => nameOf(pattern, resource, usageType)).sort(),
    );
    expect(planted).toHaveLength(18);
  });

  test.each(planted)(
    "$pattern $resource $usageType: as sure and as many dollars as its maker says",
    (each) => {
      const own = found(measured, nameOf(each.pattern, each.resource, each.usageType));
      expect(own.confidence).toBe(each.confidence);
      const saved = own.savesUsdPerMonth === null ? null : Number(own.savesUsdPerMonth.toFixed(2));
      expect(saved).toBe(each.saves === "estimate" ? saved : each.saves);
      expect(saved === null).toBe(each.saves === null);
    },
  );

  test("where no dollars stand, the finding says why; where they stand, they are a part of what it costs", () => {
    for (const { savesUsdPerMonth, onDemandUsdPerMonth, what } of measured.findings) {
      expect(/no dollars stand here/i.test(what)).toBe(savesUsdPerMonth === null);
      if (savesUsdPerMonth === null) continue;
      expect(savesUsdPerMonth).toBeGreaterThan(0);
      expect(savesUsdPerMonth).toBeLessThanOrEqual(onDemandUsdPerMonth);
    }
  });

  test("the price of serverless inference is the bill's own: in a Region without it there is none", () => {
    const forms = found(measured, "serverless endpoint/tiny-forms");
    expect(forms.what).toContain("the price that your bill shows");
    expect(found(measured, "serverless endpoint/tiny-eu").what).toContain(
      "the price of serverless inference in eu-west-1 shows nowhere in your bill",
    );
  });

  test("every finding is a declared event, unless plans cover nothing of it or nothing is known to be saved", () => {
    const without = measured.findings.filter(({ event }) => event === null);
    expect(names(without)).toEqual([
      "always-on-notebook app/d-1/ada/jupyterlab/default",
      "previous-generation USE1-Host:ml.inf1.xlarge",
    ]);
    for (const { event, effectUsdPerHour } of measured.findings)
      expect(event !== null).toBe(effectUsdPerHour > 0);
  });

  test("one endpoint of several on an instance type is a part of its usage", () => {
    const { event } = found(measured, "flat-fleet endpoint/flat-ranker");
    expect(event!.autoscaling).toMatchObject({ part: "endpoint/flat-ranker", share: 0.2966 });
    expect(event!.probability).toBe(0.6);
  });

  test("metrics of an endpoint that is not billed are told, not guessed at", () => {
    expect(measured.notes).toEqual([expect.stringContaining("Metrics of somewhere-else were left out")]);
    expect(measured.measuredEndpoints).toBe(6);
  });

  test("labels of endpoint, variant and metric say the same as the queries", async () => {
    const folder = scratchFolder();
    const queries = JSON.parse(readFileSync(METRICS.metricDataQueries, "utf8")) as {
      Id: string;
      MetricStat: { Metric: { MetricName: string; Dimensions: { Value: string }[] } };
    }[];
    const results = JSON.parse(readFileSync(METRICS.metrics[0]!, "utf8")) as {
      MetricDataResults: { Id: string; Label: string }[];
    };
    for (const each of results.MetricDataResults) {
      const { MetricName, Dimensions } = queries.find(({ Id }) => Id === each.Id)!.MetricStat.Metric;
      each.Label = `${Dimensions[0]!.Value} ${Dimensions[1]!.Value} ${MetricName}`;
    }
    writeFileSync(join(folder, "labelled.json"), JSON.stringify(results));
    const again = await headroom({ exports: [`${HOME}/export`], metrics: [join(folder, "labelled.json")] });
    expect(again.findings).toEqual(measured.findings);
  });

  test("sized for 90 % a fleet needs fewer instances than for 60 %", async () => {
    const tight = await headroom({ exports: [`${HOME}/export`], ...METRICS, targetUtilization: 0.9 });
    const name = "flat-fleet endpoint/flat-ranker";
    expect(found(tight, name).savesUsdPerMonth!).toBeGreaterThan(found(measured, name).savesUsdPerMonth!);
    // 48 to 71 % busy: two of the three would do at 90 %.
    expect(names(tight.findings)).toContain("flat-fleet endpoint/busy-ranker");
  });
});

describe("without metrics", () => {
  test("nothing is called measured, and a fleet that only metrics show busy is one to look at", () => {
    expect(inferred.measuredEndpoints).toBeNull();
    expect(inferred.findings.map(({ confidence }) => confidence)).not.toContain("measured");
    const busy = found(inferred, "flat-fleet endpoint/busy-ranker");
    expect(busy.what).toContain("whether it is busy the bill can't tell");
    expect(names(inferred.findings)).not.toContain("scale-to-zero endpoint/night-translator");
  });

  test("a bill without a rhythm gives a flat fleet no dollars", async () => {
    const { findings } = await headroom({ exports: [flatBill()] });
    const fleet = findings.find(({ pattern }) => pattern === "flat-fleet")!;
    expect(fleet).toMatchObject({ savesUsdPerMonth: null, effectUsdPerHour: 0, event: null });
    expect(fleet.what).toContain("no dollars stand here");
  });
});

describe("the export's resource ids", () => {
  const text = gunzipSync(
    readFileSync(`${HOME}/export/acme-cur2/data/BILLING_PERIOD=2026-10/acme-cur2-00001.csv.gz`),
  ).toString("utf8");
  const exportWith = (changed: string): string => {
    const file = join(scratchFolder(), "bill.csv");
    writeFileSync(file, changed);
    return file;
  };

  test("without them usage is seen by account and usage type, said to be a guess", async () => {
    const { detail, notes, findings } = await headroom({
      exports: [exportWith(text.replace("line_item_resource_id", "some_other_column"))],
    });
    expect(detail).toBe("sku");
    expect(notes[0]).toContain("Export with resource ids");
    expect(findings.every(({ resource }) => resource === "")).toBe(true);
    // The forgotten notebook shows through those that come and go.
    const notebook = findings.find(({ usageType }) => usageType === "USE1-Notebk:ml.m5.xlarge")!;
    expect(notebook).toMatchObject({ pattern: "always-on-notebook", confidence: "guess" });
    expect(notebook.savesUsdPerMonth).toBeCloseTo(122.93, 0);
  });

  test("where they do not add up to the usage type, that one is seen whole", async () => {
    const { detail, findings } = await headroom({
      exports: [exportWith(text.replaceAll(/arn:aws:sagemaker:[^,]*:endpoint\/flat-ranker/g, ""))],
    });
    expect(detail).toBe("partly");
    expect(findings.some(({ resource }) => resource.endsWith("endpoint/flat-search"))).toBe(false);
    expect(findings.some(({ resource }) => resource.endsWith("endpoint/tiny-faq"))).toBe(true);
  });

  test("are read from all five spellings of a bill alike", async () => {
    const spellings = ["legacy-cur", "cur2-csv", "cur2-parquet", "focus-1.0", "focus-1.2"];
    const all = await Promise.all(
      spellings.map((spelling) => headroom({ exports: [`fixtures/ml-company/${spelling}`] })),
    );
    for (const { findings, detail } of all) {
      expect(detail).toBe("resource");
      expect(names(findings)).toEqual(names(all[0]!.findings));
      for (const [n, each] of findings.entries()) {
        expect(each.onDemandUsdPerMonth).toBeCloseTo(all[0]!.findings[n]!.onDemandUsdPerMonth, 6);
      }
    }
  });
});

test("a daily export tells no hours, and says so", async () => {
  const file = join(scratchFolder(), "daily.csv");
  const day = (n: number): string => new Date(Date.UTC(2026, 9, 1 + n)).toISOString().replace(".000Z", "Z");
  const rows = Array.from({ length: 20 }, (_, n) =>
    [
      day(n),
      day(n + 1),
      "Usage",
      "444455556666",
      "AmazonSageMaker",
      "USE1-Host:ml.m4.xlarge",
      "RunInstance",
      "96",
      "23.04",
    ].join(","),
  );
  const header =
    "line_item_usage_start_date,line_item_usage_end_date,line_item_line_item_type,line_item_usage_account_id,line_item_product_code,line_item_usage_type,line_item_operation,line_item_usage_amount,line_item_unblended_cost";
  writeFileSync(file, `${[header, ...rows].join("\n")}\n`);
  const { detail, findings, notes } = await headroom({ exports: [file] });
  expect(detail).toBe("none");
  expect(names(findings)).toEqual(["previous-generation USE1-Host:ml.m4.xlarge"]);
  expect(notes[0]).toContain("not hourly");
});

/** Two weeks of four instances, and nothing else. */
function flatBill(): string {
  const file = join(scratchFolder(), "hours.csv");
  const hours = Array.from({ length: 336 }, (_, n) =>
    [
      new Date(Date.UTC(2026, 9, 1, n)).toISOString(),
      "USE1-Host:ml.g5.2xlarge",
      "RunInstance",
      "4",
      "6.06",
    ].join(","),
  );
  writeFileSync(
    file,
    `${["usage_hour,usage_type,operation,usage_hours,on_demand_usd", ...hours].join("\n")}\n`,
  );
  return file;
}
