/** A bill whose every name is an attack on whatever shows it next. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { csvOf, folderWith, hourOf, type CurRow } from "../ingest/small-exports.ts";

export const ATTACKS = [
  '=HYPERLINK("http://x")',
  "+1",
  "-1",
  "@x",
  "\t=1+1",
  "\r=1+1",
  "'; DROP TABLE line; --",
  "<script>alert(1)</script>",
  "</script><img src=x onerror=alert(1)>",
  "]]>",
  "`x` ```",
  "a|b",
  "\u001b[31mred\u0007",
  "\u202emoc.\u2066x\u2069",
  "first\nsecond",
] as const;

/** Events name accounts only as AWS does. */
export const OWN_ACCOUNT = "444455556666";

/** As long as headroom looks back, so that each resource becomes a finding. */
const HOURS = 28 * 24;

const namesOf = (attack: string): CurRow => ({
  "bill/PayerAccountId": ATTACKS[0],
  "lineItem/UsageAccountId": attack,
  "lineItem/ResourceId": `arn:aws:sagemaker:us-east-1:444455556666:notebook-instance/${attack}`,
  "lineItem/LineItemDescription": attack,
});

const hour = (n: number, attack: string): CurRow[] => [
  // A notebook that nobody stops, so that it comes to findings, events and purchases.
  {
    ...hourOf(n),
    ...namesOf(attack),
    "lineItem/UsageAccountId": OWN_ACCOUNT,
    "lineItem/UsageType": "USE1-Notebk:ml.m5.xlarge",
  },
  // And usage that nobody knows.
  {
    ...hourOf(n),
    ...namesOf(attack),
    "lineItem/UsageType": attack,
    "lineItem/Operation": attack,
    "product/regionCode": attack,
  },
];

const costs = (usd: number): CurRow => ({
  "lineItem/UnblendedCost": `${usd}`,
  "pricing/publicOnDemandCost": `${usd}`,
});

const fee = (attack: string): CurRow => ({
  ...hourOf(0),
  ...namesOf(attack),
  ...costs(0.01),
  "lineItem/LineItemType": "SavingsPlanRecurringFee",
  "lineItem/ProductCode": "MachineLearningSavingsPlans",
  "lineItem/UsageType": attack,
  "savingsPlan/SavingsPlanARN": attack,
  "savingsPlan/OfferingType": "SageMakerSavingsPlans",
  "savingsPlan/PaymentOption": "No Upfront",
  "savingsPlan/PurchaseTerm": "1yr",
  "savingsPlan/EndTime": "2027-06-01T00:00:00.000Z",
  "savingsPlan/TotalCommitmentToDate": "0.01",
  "savingsPlan/UsedCommitment": "0.01",
});

const ROWS: CurRow[] = [
  ...Array.from({ length: HOURS }, (_, n) => ATTACKS.flatMap((attack) => hour(n, attack))).flat(),
  ...ATTACKS.map(fee),
];

/** Data rows of the bill. */
export const injectedRows = ROWS.length;

/** The whole bill, in a new folder; the file's name is an attack too. */
export function writeExport(folder: string): void {
  mkdirSync(folder);
  writeFileSync(join(folder, "=<script>alert(1)|\u001b[31m`x`.csv"), csvOf(ROWS));
}

/** A bill that cannot be read, for what stands in one column of its second row. */
export const faultyExport = (column: keyof CurRow, attack: string): string =>
  folderWith({ "a.csv": csvOf([hourOf(0), { ...hourOf(1), [column]: attack }]) });
