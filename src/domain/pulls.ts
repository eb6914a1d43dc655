/** What can be asked of AWS, in the order in which `all` asks it: what is free first. */
export const PULLS = [
  "rates",
  "plans",
  "price-list",
  "usage",
  "utilization",
  "coverage",
  "recommendation",
] as const;
export type Pull = (typeof PULLS)[number];
