import { z } from "zod";

const metric = z.object({ Amount: z.string("expected an amount as a string"), Unit: z.string().optional() });

/** Pages of GetCostAndUsage, as the AWS CLI prints them (Cost Explorer API reference). */
export const costAndUsageSchema = z.array(
  z.object({
    NextPageToken: z.string().nullish(),
    GroupDefinitions: z.array(z.object({ Type: z.string().optional(), Key: z.string() })).nullish(),
    ResultsByTime: z.array(
      z.object({
        TimePeriod: z.object({ Start: z.string(), End: z.string() }),
        Groups: z
          .array(z.object({ Keys: z.array(z.string()), Metrics: z.record(z.string(), metric) }))
          .nullish(),
        Estimated: z.boolean().nullish(),
      }),
    ),
  }),
);

export type CostAndUsagePage = z.infer<typeof costAndUsageSchema>[number];
