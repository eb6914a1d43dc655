/** What is asked, in full: the parameters of every call. Pure, so that a dry run shows exactly what would be sent. */
import { join } from "node:path";
import { OFFERINGS, type Offering } from "../domain/offering.ts";
import type { Pull } from "../domain/pulls.ts";
import type { PullCall } from "../domain/documents/pull.ts";
import { OPERATIONS, USD_PER_REQUEST, type OperationName } from "./operations.ts";
import { dayOf, hoursAreKept, periodOf, type Granularity } from "./period.ts";
import { commandOf } from "./printed.ts";

export interface Questions {
  pulls: readonly Pull[];
  /** `2026-07-01T00:00:00Z`, of usage, utilization and coverage. */
  from?: string | undefined;
  to?: string | undefined;
  /** `auto`: hours where they are kept and the account has them, else days. */
  granularity: Granularity | "auto";
  groupBy: "operation" | "region";
  nowMs: number;
}

export interface ApiCall extends PullCall {
  service: "savingsplans" | "ce";
  operation: OperationName;
  /** `2026-11-25` where the same question has another answer the next day. */
  day?: string;
  /** Asked instead where the account has no hourly data. */
  daily?: ApiCall;
}

/** Plans that are held, were, or will be; not those whose payment failed, that were called off or returned. */
const STATES = ["payment-pending", "active", "retired", "queued", "pending-return"];

/** The API's name of SageMaker in Cost Explorer's SERVICE dimension. */
const SAGEMAKER = { Dimensions: { Key: "SERVICE", Values: ["Amazon SageMaker"] } };

/** Demand is what was used, covered or not. The negation of covered usage, fees, credits and tax would hide it. */
const USED = { Dimensions: { Key: "RECORD_TYPE", Values: ["Usage", "SavingsPlanCoveredUsage"] } };

/** The calls of all but the price list, in the order of `pulls`; `fileOf` names the place of an answer. */
export function callsOf(questions: Questions, fileOf: (pull: Pull, name: string) => string): ApiCall[] {
  const day = dayOf(questions.nowMs);
  const daily = () => periodOf("daily", questions.from, questions.to, questions.nowMs);
  return questions.pulls.flatMap((pull): ApiCall[] => {
    const call = (operation: OperationName, parameters: object, name = `${pull}.json`): ApiCall =>
      apiCall(pull, operation, parameters, fileOf(pull, name));
    switch (pull) {
      case "rates":
        return [
          {
            ...call("DescribeSavingsPlansOfferingRates", {
              savingsPlanTypes: ["SageMaker"],
              products: ["SageMaker"],
              maxResults: 1000,
            }),
            day,
          },
        ];
      case "plans":
        return [{ ...call("DescribeSavingsPlans", { states: STATES, maxResults: 1000 }), day }];
      case "usage":
        return [usageCall(questions, fileOf(pull, "usage.json"))];
      case "utilization":
        return [
          call("GetSavingsPlansUtilization", {
            TimePeriod: daily(),
            Granularity: "DAILY",
            Filter: { Dimensions: { Key: "SAVINGS_PLANS_TYPE", Values: ["SageMakerSavingsPlans"] } },
          }),
        ];
      case "coverage":
        return [
          call("GetSavingsPlansCoverage", { TimePeriod: daily(), Granularity: "DAILY", Filter: SAGEMAKER }),
        ];
      case "recommendation":
        return recommendationCalls(questions.nowMs, (name) => fileOf(pull, name));
      case "price-list":
        return [];
    }
  });
}

function usageCall(questions: Questions, file: string): ApiCall {
  const { from, to, granularity, groupBy, nowMs } = questions;
  const asked = (unit: Granularity): ApiCall =>
    apiCall(
      "usage",
      "GetCostAndUsage",
      {
        TimePeriod: periodOf(unit, from, to, nowMs),
        Granularity: unit === "hourly" ? "HOURLY" : "DAILY",
        Filter: { And: [SAGEMAKER, USED] },
        Metrics: ["UnblendedCost", "NetUnblendedCost", "AmortizedCost", "UsageQuantity"],
        GroupBy: [
          { Type: "DIMENSION", Key: "USAGE_TYPE" },
          { Type: "DIMENSION", Key: groupBy.toUpperCase() },
        ],
      },
      file,
    );
  if (granularity !== "auto") return asked(granularity);
  return hoursAreKept(from, nowMs) ? { ...asked("hourly"), daily: asked("daily") } : asked("daily");
}

const LOOKBACKS = { "7d": "SEVEN_DAYS", "30d": "THIRTY_DAYS", "60d": "SIXTY_DAYS" };

/** Six offerings by three lookbacks: all that AWS recommends for SageMaker. */
function recommendationCalls(nowMs: number, fileOf: (name: string) => string): ApiCall[] {
  const day = dayOf(nowMs);
  return OFFERINGS.flatMap((offering) =>
    Object.entries(LOOKBACKS).map(([lookback, LookbackPeriodInDays]) => ({
      ...apiCall(
        "recommendation",
        "GetSavingsPlansPurchaseRecommendation",
        {
          SavingsPlansType: "SAGEMAKER_SP",
          ...offered(offering),
          LookbackPeriodInDays,
          AccountScope: "PAYER",
        },
        fileOf(join("recommendation", `${offering.term}-${offering.paymentOption}-${lookback}.json`)),
      ),
      day,
    })),
  );
}

const offered = ({ term, paymentOption }: Offering) => ({
  TermInYears: term === "1yr" ? "ONE_YEAR" : "THREE_YEARS",
  PaymentOption: paymentOption.toUpperCase().replace("-", "_"),
});

function apiCall(pull: Pull, name: OperationName, parameters: object, file: string): ApiCall {
  const operation = OPERATIONS[name];
  return {
    pull,
    service: operation.service,
    operation: name,
    parameters: { ...parameters },
    file,
    usdPerRequest: USD_PER_REQUEST[operation.service],
    command: commandOf(operation, parameters, file),
  };
}
