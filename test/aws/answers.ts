/** Answers in the shapes of AWS's API references, members in the order of its models. */

const OFFERING = {
  offeringId: "0c4a8d54-1b2e-4f3a-9d3c-111111111111",
  paymentOption: "No Upfront",
  planType: "SageMaker",
  durationSeconds: 31_536_000,
  currency: "USD",
};

export const rateOf = (usageType: string, rate: string) => ({
  savingsPlanOffering: OFFERING,
  rate,
  unit: "Hrs",
  productType: "SageMaker",
  serviceCode: "AmazonSageMaker",
  usageType,
  operation: "RunInstance",
  properties: [
    { name: "region", value: "us-east-1" },
    { name: "instanceType", value: "ml.m5.xlarge" },
  ],
});

export const PLAN = {
  offeringId: "0c4a8d54-1b2e-4f3a-9d3c-111111111111",
  savingsPlanId: "3f1c9a52-7d0e-4b86-9a41-5e2d8c07b6f4",
  savingsPlanArn: "arn:aws:savingsplans::444455556666:savingsplan/3f1c9a52-7d0e-4b86-9a41-5e2d8c07b6f4",
  description: "1 year No Upfront SageMaker Savings Plan",
  start: "2026-03-09T14:00:00.000Z",
  end: "2027-03-09T13:59:59.000Z",
  state: "active",
  savingsPlanType: "SageMaker",
  paymentOption: "No Upfront",
  productTypes: ["SageMaker"],
  currency: "USD",
  commitment: "8.75",
  upfrontPaymentAmount: "0.0",
  recurringPaymentAmount: "8.75",
  termDurationInSeconds: 31_536_000,
  tags: { team: "Größe & <b>" },
};

const amounts = (usd: string) => ({
  AmortizedCost: { Amount: usd, Unit: "USD" },
  NetUnblendedCost: { Amount: usd, Unit: "USD" },
  UnblendedCost: { Amount: usd, Unit: "USD" },
  UsageQuantity: { Amount: "1", Unit: "N/A" },
});

export const usagePage = (hours: readonly string[], next?: string) => ({
  ...(next !== undefined && { NextPageToken: next }),
  GroupDefinitions: [
    { Type: "DIMENSION", Key: "USAGE_TYPE" },
    { Type: "DIMENSION", Key: "OPERATION" },
  ],
  ResultsByTime: hours.map((hour) => ({
    TimePeriod: {
      Start: hour,
      End: new Date(Date.parse(hour) + 3_600_000).toISOString().replace(".000", ""),
    },
    Total: {},
    Groups: [{ Keys: ["USE1-Host:ml.m5.xlarge", "RunInstance"], Metrics: amounts("0.23") }],
    Estimated: true,
  })),
  DimensionValueAttributes: [],
});

export const RECOMMENDATION = {
  Metadata: { RecommendationId: "5f1c", GenerationTimestamp: "2026-11-25T03:04:05Z" },
  SavingsPlansPurchaseRecommendation: {
    AccountScope: "PAYER",
    SavingsPlansType: "SAGEMAKER_SP",
    TermInYears: "ONE_YEAR",
    PaymentOption: "NO_UPFRONT",
    LookbackPeriodInDays: "THIRTY_DAYS",
    SavingsPlansPurchaseRecommendationDetails: [],
    SavingsPlansPurchaseRecommendationSummary: {
      EstimatedROI: "0",
      CurrencyCode: "USD",
      HourlyCommitmentToPurchase: "2.6",
    },
  },
};

export const UTILIZATION = {
  SavingsPlansUtilizationsByTime: [],
  Total: {
    Utilization: {
      TotalCommitment: "10",
      UsedCommitment: "9",
      UnusedCommitment: "1",
      UtilizationPercentage: "90",
    },
  },
};

export const COVERAGE = {
  SavingsPlansCoverages: [
    {
      Coverage: {
        SpendCoveredBySavingsPlans: "5",
        OnDemandCost: "5",
        TotalCost: "10",
        CoveragePercentage: "50",
      },
      TimePeriod: { Start: "2026-11-01", End: "2026-11-02" },
    },
  ],
};
