import { SageplanError } from "../../domain/error.ts";

/** A rate card that can't be used: what is wrong with it, and what would do. */
export const badCard = (path: string, what: string): SageplanError =>
  new SageplanError(
    "bad-rate-card",
    `${path} can't be used as a rate card: ${what}. Expected the JSON of \`aws savingsplans ` +
      "describe-savings-plans-offering-rates`, a region's index.json of the AWSMachineLearningSavingsPlans price list, or a CSV with " +
      "usage_type, operation, term, payment_option, savings_plan_rate_usd, on_demand_rate_usd.",
  );
