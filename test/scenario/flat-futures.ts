/** Ten days of $40/h, and futures of a year that are told hour by hour: every figure can be worked out by hand. */
import { join } from "node:path";
import type { RecommendOptions } from "../../src/index.ts";
import { csvOf, folderWith, hourOf } from "../ingest/small-exports.ts";

export const OWNER = "444455556666";
const HISTORY_HOURS = 240;
/** The hour after the history, at which futures and purchases begin. */
export const START_MS = Date.UTC(2026, 9, 1) + HISTORY_HOURS * 3_600_000;
export const at = (hour: number): string =>
  new Date(START_MS + hour * 3_600_000).toISOString().replace(".000", "");

const CARD =
  "usage_type,operation,term,payment_option,savings_plan_rate_usd,on_demand_rate_usd\n" +
  ["no-upfront,0.7", "partial-upfront,0.68", "all-upfront,0.65"]
    .map((rest) => {
      const [payment, rate] = rest.split(",");
      return `USE1-Host:ml.m5.xlarge,RunInstance,1yr,${payment},${rate},1\n`;
    })
    .join("");

export interface Future {
  probability: number;
  usdAt: (hour: number) => number;
}

/** DescribeSavingsPlans of one plan. */
export const planFile = (change: Record<string, unknown>): string =>
  JSON.stringify({
    savingsPlans: [
      {
        savingsPlanArn: `arn:aws:savingsplans::${OWNER}:savingsplan/p`,
        savingsPlanType: "SageMaker",
        state: "active",
        paymentOption: "No Upfront",
        termDurationInSeconds: 31_536_000,
        commitment: "14",
        start: "2026-03-01T00:00:00.000Z",
        end: "2027-02-28T23:59:59.000Z",
        ...change,
      },
    ],
  });

/** Options of a call on such data; without futures they are sampled. `usdAt`: of the history. */
export function flatCase(
  futures: readonly Future[],
  { hours = 8_760, plan = null as string | null, usdAt = (() => 40) as (hour: number) => number } = {},
): RecommendOptions {
  const rows = Array.from({ length: HISTORY_HOURS }, (_, n) => ({
    ...hourOf(n),
    "lineItem/UsageAmount": String(usdAt(n)),
    "lineItem/UnblendedCost": String(usdAt(n)),
    "pricing/publicOnDemandCost": String(usdAt(n)),
  }));
  const told = futures.flatMap(({ probability, usdAt: usd }, s) =>
    Array.from(
      { length: hours },
      (_, n) =>
        `${at(n)},${OWNER},us-east-1,USE1-Host:ml.m5.xlarge,RunInstance,${usd(n)},${usd(n)},s${s},${probability}\n`,
    ),
  );
  const header =
    "usage_hour,account_id,region,usage_type,operation,usage_hours,on_demand_usd,scenario,probability\n";
  const folder = folderWith({
    "bill.csv": csvOf(rows),
    "rates.csv": CARD,
    "plans.json": plan ?? "{}",
    "futures.csv": header + told.join(""),
  });
  return {
    exports: [join(folder, "bill.csv")],
    rates: [join(folder, "rates.csv")],
    term: "1yr",
    payment: "any",
    riskAversion: 0,
    ...(futures.length > 0 ? { futures: join(folder, "futures.csv") } : {}),
    ...(plan === null ? {} : { owned: join(folder, "plans.json") }),
  };
}
