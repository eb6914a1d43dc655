import { SageplanError } from "../../domain/error.ts";

/** A rate card that can't be used: what is wrong with it, and what would do. */
export const badCard = (path: string, what: string): SageplanError =>
  new SageplanError(
    "bad-rate-card",
    `${path} can't be used as a rate card: ${what}. Expected what \`sageplan pull rates\` or \`sageplan pull price-list\` (no credentials) ` +
      "writes, every page that `aws savingsplans describe-savings-plans-offering-rates` prints, a region's index.json of the AWSMachineLearningSavingsPlans price list, or a CSV with " +
      "usage_type, operation, term, payment_option, savings_plan_rate_usd, on_demand_rate_usd.",
  );
