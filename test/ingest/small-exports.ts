/** Small exports, written for one test: Cost and Usage Report rows as objects, spelled as CSV. */
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { onTestFinished } from "vitest";

export type CurRow = Partial<typeof BASE_ROW>;

/** One hour of an instance, as a legacy CUR tells it. */
export const BASE_ROW = {
  "bill/PayerAccountId": "111122223333",
  "bill/BillingPeriodStartDate": "2026-10-01T00:00:00Z",
  "lineItem/UsageAccountId": "444455556666",
  "lineItem/LineItemType": "Usage",
  "lineItem/UsageStartDate": "2026-10-01T00:00:00Z",
  "lineItem/UsageEndDate": "2026-10-01T01:00:00Z",
  "lineItem/ProductCode": "AmazonSageMaker",
  "lineItem/UsageType": "USE1-Host:ml.m5.xlarge",
  "lineItem/Operation": "RunInstance",
  "lineItem/ResourceId": "",
  "lineItem/CurrencyCode": "USD",
  "lineItem/UsageAmount": "1",
  "lineItem/UnblendedCost": "0.23",
  "lineItem/LineItemDescription": "$0.23 per Hour",
  "pricing/publicOnDemandCost": "0.23",
  "product/regionCode": "us-east-1",
  "savingsPlan/SavingsPlanARN": "",
  "savingsPlan/SavingsPlanRate": "",
  "savingsPlan/SavingsPlanEffectiveCost": "",
  "savingsPlan/OfferingType": "",
  "savingsPlan/PaymentOption": "",
  "savingsPlan/PurchaseTerm": "",
  "savingsPlan/EndTime": "",
  "savingsPlan/TotalCommitmentToDate": "",
  "savingsPlan/UsedCommitment": "",
};

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** CSV text; columns that no row sets to something keep their place. */
export function csvOf(rows: readonly CurRow[], columns: readonly string[] = Object.keys(BASE_ROW)): string {
  const lines = rows.map((row) => {
    const full: Record<string, string> = { ...BASE_ROW, ...row };
    return columns.map((column) => cell(full[column] ?? "")).join(",");
  });
  return `${[columns.join(","), ...lines].join("\n")}\n`;
}

/** Hours of 2026-10-01 and after, as start and end dates. */
export function hourOf(
  n: number,
): Pick<typeof BASE_ROW, "lineItem/UsageStartDate" | "lineItem/UsageEndDate"> {
  const iso = (hour: number): string =>
    new Date(Date.UTC(2026, 9, 1) + hour * 3_600_000).toISOString().replace(".000", "");
  return { "lineItem/UsageStartDate": iso(n), "lineItem/UsageEndDate": iso(n + 1) };
}

/** A folder that goes when the test ends; of tests side by side each names its own end. */
export function scratchFolder(atEnd: (clean: () => void) => void = onTestFinished): string {
  const folder = mkdtempSync(join(tmpdir(), "sageplan-test-"));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files (`.gz` names are compressed) and returns the folder. */
export function folderWith(files: Record<string, string | Buffer>): string {
  const folder = scratchFolder();
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    const compress = name.endsWith(".gz") && typeof content === "string";
    writeFileSync(path, compress ? gzipSync(content) : content);
  }
  return folder;
}
