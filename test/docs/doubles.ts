/** What the commands of the documentation talk to in place of AWS and a Trino: servers on this machine, and an `aws` with files to print. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { readFileSync } from "node:fs";
import { COVERAGE, PLAN, rateOf, RECOMMENDATION, UTILIZATION } from "../aws/answers.ts";
import { startAws, type Aws } from "../aws/server.ts";
import { COLUMNS, linesOf } from "../engine/lines.ts";

/** AWS's own answers, as `pull` and `--engine athena` ask for them. */
export async function awsDouble(): Promise<Aws> {
  const aws = await startAws();
  const columns = COLUMNS.map(([Name, Type]) => ({ Name, Type }));
  const rows = [["delivery"], ...linesOf(24)].map((row) => ({
    Data: row.map((value) => (value === null ? {} : { VarCharValue: value })),
  }));
  const query = {
    QueryExecutionId: "q1",
    Status: { State: "SUCCEEDED" },
    Statistics: { DataScannedInBytes: 2.5e9 },
  };
  Object.assign(aws.answers, {
    DescribeSavingsPlansOfferingRates: [
      { body: { searchResults: [rateOf("USE1-Host:ml.g5.2xlarge", "1.0")] } },
    ],
    DescribeSavingsPlans: [{ body: { savingsPlans: [PLAN] } }],
    GetCostAndUsage: [
      { body: JSON.parse(readFileSync("fixtures/ml-company/cost-explorer/hourly/usage.json", "utf8")) },
    ],
    GetSavingsPlansUtilization: [{ body: UTILIZATION }],
    GetSavingsPlansCoverage: [{ body: COVERAGE }],
    GetSavingsPlansPurchaseRecommendation: [{ body: RECOMMENDATION }],
    GetTableMetadata: [{ body: { TableMetadata: { Name: "cur2", Columns: columns } } }],
    StartQueryExecution: [{ body: { QueryExecutionId: "q1" } }],
    GetQueryExecution: [{ body: { QueryExecution: query } }],
    GetQueryResults: [{ body: { ResultSet: { Rows: rows } } }],
  });
  const list = "savingsPlan/v1.0/aws/AWSMachineLearningSavingsPlans";
  const regions = ["eu-west-1", "us-east-1"].map((regionCode) => ({
    regionCode,
    versionUrl: `/${list}/20260922000000/${regionCode}/index.json`,
  }));
  aws.answers[`${list}/current/region_index.json`] = [{ body: { regions } }];
  for (const { versionUrl } of regions) aws.answers[versionUrl.slice(1)] = [{ body: PRICE_LIST }];
  return aws;
}

/** One offering and one rate, as AWS publishes them. */
const PRICE_LIST = {
  version: "1",
  products: [
    {
      sku: "SP1",
      productFamily: "SageMakerSavingsPlans",
      serviceCode: "MachineLearningSavingsPlans",
      usageType: "SageMakerSP:1yrNoUpfront",
      operation: "",
      attributes: { purchaseOption: "No Upfront", granularity: "hourly", purchaseTerm: "1yr" },
    },
  ],
  terms: {
    savingsPlan: [
      {
        sku: "SP1",
        effectiveDate: "2023-10-27T16:00:53Z",
        rates: [
          {
            discountedSku: "G5",
            discountedUsageType: "USE1-Host:ml.g5.2xlarge",
            discountedOperation: "RunInstance",
            discountedServiceCode: "AmazonSageMaker",
            rateCode: "SP1.G5",
            unit: "Hrs",
            discountedRate: { price: "1.0", currency: "USD" },
          },
        ],
      },
    ],
  },
};

/** A Trino that has the table and its rows, whatever is asked. */
export async function trinoDouble(): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += String(chunk)));
    request.on("end", () => {
      const columns = COLUMNS.map(([name, type]) => [
        name,
        type.replace("string", "varchar").replace("timestamp", "timestamp(3)"),
      ]);
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ data: body.includes("information_schema") ? columns : linesOf(24) }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The AWS CLI's questions that the documentation shows, answered with files of the folder; anything else is refused. */
export const AWS_CLI = `#!/bin/sh
case "$1 $2" in
  "ce get-cost-and-usage") exec cat "$HOME/answers/usage.json" ;;
  "ce get-savings-plans-purchase-recommendation") exec cat "$HOME/answers/aws.json" ;;
  "cloudwatch get-metric-data") exec cat "$HOME/answers/metrics.json" ;;
  "savingsplans describe-savings-plans") exec cat "$HOME/answers/plans.json" ;;
  "savingsplans describe-savings-plans-offering-rates") exec cat "$HOME/answers/rates.json" ;;
  "s3 sync" | "s3 cp") exit 0 ;;
  *) echo "no such question here: aws $*" >&2; exit 64 ;;
esac
`;
