import { z } from "zod";

/** GetMetricData, as the AWS CLI prints it (CloudWatch API reference, GetMetricData). */
export const metricDataSchema = z.object({
  MetricDataResults: z.array(
    z
      .object({
        Id: z.string(),
        Label: z.string().default(""),
        Timestamps: z.array(z.string()),
        Values: z.array(z.number().nonnegative()),
        StatusCode: z.string().optional(),
      })
      .refine(({ Timestamps, Values }) => Timestamps.length === Values.length, {
        message: "expected as many Values as Timestamps",
      }),
  ),
  NextToken: z.string().nullish(),
  Messages: z.array(z.object({ Code: z.string(), Value: z.string() }).partial()).optional(),
});

const dimension = z.object({ Name: z.string(), Value: z.string() });

/** What `--metric-data-queries` is given (CloudWatch API reference, MetricDataQuery). */
const queries = z.array(
  z.object({
    Id: z.string(),
    Label: z.string().optional(),
    Expression: z.string().optional(),
    MetricStat: z
      .object({
        Metric: z.object({ MetricName: z.string(), Dimensions: z.array(dimension).default([]) }),
        Period: z.number().int().positive(),
        Stat: z.string(),
      })
      .optional(),
  }),
);

/** The list alone, or within the input skeleton of the CLI. */
export const queriesSchema = z.union([queries, z.object({ MetricDataQueries: queries }).loose()]);
