/** The API operations that are used: all of them read, none changes anything. */
export interface Operation {
  service: "savingsplans" | "ce";
  name: string;
  /** Of the AWS CLI, after `aws`. */
  command: string;
  /** Member that asks for the next page, in the request and in the answer; null where an answer is always whole. */
  token: "nextToken" | "NextPageToken" | "NextToken" | null;
  /** Paths of the lists that go on from page to page. */
  lists: readonly (readonly string[])[];
  /** Members in the model's order, where the SDK has another: it puts those first that are always there. */
  members?: readonly string[];
}

/**
 * Savings Plans API Reference (DescribeSavingsPlansOfferingRates, DescribeSavingsPlans) and AWS Billing and Cost
 * Management API Reference (Cost Explorer). Neither SDK nor CLI has a paginator for any of these, so the tokens are
 * followed here.
 */
export const OPERATIONS = {
  DescribeSavingsPlansOfferingRates: {
    service: "savingsplans",
    name: "DescribeSavingsPlansOfferingRates",
    command: "savingsplans describe-savings-plans-offering-rates",
    token: "nextToken",
    lists: [["searchResults"]],
  },
  DescribeSavingsPlans: {
    service: "savingsplans",
    name: "DescribeSavingsPlans",
    command: "savingsplans describe-savings-plans",
    token: "nextToken",
    lists: [["savingsPlans"]],
  },
  GetCostAndUsage: {
    service: "ce",
    name: "GetCostAndUsage",
    command: "ce get-cost-and-usage",
    token: "NextPageToken",
    lists: [["ResultsByTime"], ["DimensionValueAttributes"]],
  },
  GetSavingsPlansUtilization: {
    service: "ce",
    name: "GetSavingsPlansUtilization",
    command: "ce get-savings-plans-utilization",
    token: null,
    lists: [],
    members: ["SavingsPlansUtilizationsByTime", "Total"],
  },
  GetSavingsPlansCoverage: {
    service: "ce",
    name: "GetSavingsPlansCoverage",
    command: "ce get-savings-plans-coverage",
    token: "NextToken",
    lists: [["SavingsPlansCoverages"]],
  },
  GetSavingsPlansPurchaseRecommendation: {
    service: "ce",
    name: "GetSavingsPlansPurchaseRecommendation",
    command: "ce get-savings-plans-purchase-recommendation",
    token: "NextPageToken",
    lists: [["SavingsPlansPurchaseRecommendation", "SavingsPlansPurchaseRecommendationDetails"]],
  },
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof OPERATIONS;

/**
 * Cost Explorer charges each request, a page being one (AWS Cost Management pricing). The Savings Plans API is free.
 */
export const USD_PER_REQUEST: Readonly<Record<Operation["service"], number>> = { savingsplans: 0, ce: 0.01 };

/** What an identity has to be allowed: `ce:GetCostAndUsage`. */
export const actionOf = ({ service, name }: Operation): string => `${service}:${name}`;
