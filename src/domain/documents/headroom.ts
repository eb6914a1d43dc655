import { z } from "zod";
import { WORLDS, type ToldEvent } from "../headroom.ts";
import { amount, currency, fraction, instantText, notNegative, anyText, wholeNumber } from "./fields.ts";
import { Provenance } from "./provenance.ts";
import { Purchase } from "./purchase.ts";

export const HeadroomWindow = z
  .object({
    from: instantText.describe("First hour. ISO 8601, UTC."),
    to: instantText.describe("The hour after the last. ISO 8601, UTC."),
    hours: wholeNumber.describe("Hours between them."),
  })
  .meta({
    id: "headroomWindow",
    description: "The hours that were looked at: the newest four weeks of the history.",
  });
export type HeadroomWindow = z.infer<typeof HeadroomWindow>;

export const HeadroomFinding = z
  .object({
    pattern: z
      .enum([
        "flat-fleet",
        "serverless",
        "scale-to-zero",
        "always-on-notebook",
        "no-spot",
        "previous-generation",
        "graviton",
      ])
      .describe("What was found."),
    resource: anyText.describe("ARN; empty: all of the account's use of the usage type."),
    account: anyText.describe("Account that uses it."),
    region: anyText.describe("Its Region; empty when unknown."),
    usageType: anyText.describe("Usage type; `*` stands for all sizes."),
    confidence: z
      .enum(["measured", "inferred", "guess"])
      .describe(
        "`measured`: by CloudWatch metrics; `inferred`: from what the resource was billed; `guess`: " +
          "from sums over several.",
      ),
    onDemandUsdPerMonth: notNegative.describe("What it costs now, in a month of 730 hours."),
    savesUsdPerMonth: notNegative
      .nullable()
      .describe(
        "What would be saved of it; null: no price is known for what takes its place, or the bill " +
          "can't tell. Savings on the same resource overlap: the first done leaves less to the next.",
      ),
    effectUsdPerHour: notNegative.describe(
      "By how much the mean usage that Savings Plans cover would fall, USD an hour.",
    ),
    what: anyText.describe("For a person: what was seen, what would do, and where no dollars stand, why."),
    page: anyText.describe("Title of the page of AWS that the advice is from."),
    event: z
      .custom<ToldEvent>()
      .meta({ type: "object" })
      .nullable()
      .describe(
        "What it becomes in sampled scenarios, as a file of events spells it (docs/events.md); null: " +
          "nothing that plans cover changes.",
      ),
  })
  .meta({
    id: "headroomFinding",
    description:
      "Usage that could shrink or leave the usage that Savings Plans cover. Money at On-Demand " +
      "rates, USD.",
  });
export type HeadroomPattern = HeadroomFinding["pattern"];
export type Confidence = HeadroomFinding["confidence"];
export type HeadroomFinding = z.infer<typeof HeadroomFinding>;

export const HeadroomFaring = z
  .object({
    netSavingsUsd: amount.describe(
      "Mean net saving over the horizon against queueing alone, USD after any negotiated discount.",
    ),
    probabilityOfLoss: fraction.describe("Probability that it is below 0."),
  })
  .meta({
    id: "headroomFaring",
    description: "How a purchase now fares in a world, beside what is queued there.",
  });
export type HeadroomFaring = z.infer<typeof HeadroomFaring>;

export const WorldAnswer = z
  .object({
    world: z
      .enum(WORLDS)
      .describe(
        "`none`: findings stay findings; `likely`: each happens in the share of the scenarios that its " +
          "probability says; `all`: each does.",
      ),
    eligibleUsdPerHour: notNegative.describe(
      "Mean eligible usage of its scenarios, USD an hour at On-Demand rates after any negotiated " +
        "discount.",
    ),
    purchases: Purchase.array().describe("What to buy now there, no more in all than in `none`."),
    commitmentUsdPerHour: notNegative.describe(
      "Their commitments together, USD an hour at Savings Plans rates.",
    ),
    netSavingsUsd: amount.describe(
      "Mean net saving over the horizon against queueing alone, USD after any negotiated discount.",
    ),
    probabilityOfLoss: fraction.describe("Probability that it is below 0."),
    unassumed: HeadroomFaring.describe("The purchase of `none`, if this world comes."),
    safeNow: HeadroomFaring.describe("The safe-now commitment, if this world comes."),
  })
  .meta({ id: "headroomWorld", description: "A world, and what to commit to in it." });
export type WorldAnswer = z.infer<typeof WorldAnswer>;

export const HeadroomWorlds = z
  .object({
    assumed: z.enum(WORLDS).describe("The world that the recommendation itself is of."),
    worlds: WorldAnswer.array().describe("None, likely, all."),
    safeNow: z
      .object({
        mostLossProbability: fraction.describe("The bound."),
        purchases: Purchase.array().describe("Empty: none of it keeps the bound."),
        commitmentUsdPerHour: notNegative.describe("Together, USD an hour at Savings Plans rates."),
      })
      .describe(
        "The most of the purchase of `none`, in its mix, whose probability of a loss keeps the bound " +
          "in every world.",
      ),
  })
  .meta({
    id: "headroomWorlds",
    description:
      "The commitment now against the commitment once the findings are done; the same scenarios, " +
      "from the same seed.",
  });
export type HeadroomWorlds = z.infer<typeof HeadroomWorlds>;

export const Headroom = z
  .object({
    window: HeadroomWindow,
    detail: z
      .enum(["resource", "partly", "sku", "none"])
      .describe(
        "`resource`: endpoints, notebooks and apps were seen one by one; `sku`: by account and usage " +
          "type only; `none`: the export is not hourly.",
      ),
    measuredEndpoints: wholeNumber
      .nullable()
      .describe("Endpoints whose metrics were given and matched; null: none were given."),
    targetUtilization: amount.gt(0).max(1).describe("Utilization at which measured fleets are sized."),
    findings: HeadroomFinding.array().describe("Largest dollars first."),
    worlds: HeadroomWorlds.nullable().describe(
      "Null where no finding changes what plans cover, or scenarios are not sampled.",
    ),
    notes: anyText.array().describe("What could not be told, and why."),
  })
  .meta({
    id: "headroom",
    description: "Savings that come before a commitment: what was found, and what it does to the answer.",
  });
export type Headroom = z.infer<typeof Headroom>;

export const HeadroomDocument = z
  .object({
    schema: z.literal("sageplan/headroom/1").describe("Name and version of this format."),
    provenance: Provenance,
    currency,
    ...Headroom.omit({ worlds: true }).shape,
  })
  .meta({
    $id: "urn:sageplan:schema:headroom:1",
    title: "What `sageplan headroom --json` prints",
    description: "Savings that come before a commitment. Money at On-Demand rates, USD.",
  });
export type HeadroomDocument = z.infer<typeof HeadroomDocument>;
