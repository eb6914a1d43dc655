import { z } from "zod";
import { PAYMENT_OPTIONS, TERMS } from "../offering.ts";
import {
  currency,
  fraction,
  instantText,
  notNegative,
  positiveWhole,
  belowOne,
  anyText,
  wholeNumber,
} from "./fields.ts";
import { CashFlow } from "./cash-flow.ts";
import { Certificate } from "./certificate.ts";
import { Comparison } from "./comparison.ts";
import { Finding } from "./finding.ts";
import { Headroom } from "./headroom.ts";
import { History, OwnedPlanSummary } from "./history.ts";
import { Ladder } from "./ladder.ts";
import { Alternative, CurvePoint, Expected, ForecastMonth, FrontierPoint, Risk } from "./outcome.ts";
import { OverTime } from "./over-time.ts";
import { Provenance } from "./provenance.ts";
import { Purchase, QueuedPurchase } from "./purchase.ts";
import { ShapeBounds } from "./shape-bounds.ts";
import { Stress } from "./stress.ts";
import { ElsewherePurchase, Worth } from "./worth.ts";

export const Objective = z
  .object({
    riskAversion: fraction.describe("Weight of CVaR, 0…1."),
    tail: belowOne.describe("CVaR averages the worst 1 − tail of the scenarios."),
    minUtilization: fraction.describe("Mean utilization of the new purchases, at least; 0: no limit. Share."),
    maxCommitmentUsdPerHour: notNegative
      .nullable()
      .describe("All new purchases together, at most, USD per hour at Savings Plans rates; null: no limit."),
    maxUpfrontUsd: notNegative.nullable().describe("Cash paid at the start, at most, USD; null: no limit."),
    discountRate: belowOne.describe("Yearly cost of capital. Share."),
  })
  .describe(
    "What was minimised: (1 − risk aversion) · mean loss + risk aversion · CVaR of the loss, " +
      "loss = −net saving; and within which limits.",
  );
export type Objective = z.infer<typeof Objective>;

export const Information = z
  .object({
    evpiUsd: notNegative.describe(
      "Expected value of perfect information: what knowing the scenario before buying would save, USD.",
    ),
    vssUsd: notNegative.describe(
      "Value of the stochastic solution: what the answer to the mean scenario would cost more, USD.",
    ),
  })
  .describe(
    "Worth of knowing more, risk-neutral and within the limits, USD over the horizon; 0 when " +
      "there is one scenario.",
  );
export type Information = z.infer<typeof Information>;

export const Recommendation = z
  .object({
    schema: z
      .enum(["sageplan/recommendation/2", "sageplan/simulation/2"])
      .describe(
        "Name and version of this format. `simulation`: `purchases`, `expected`, `risk` and `curve` " +
          "are about the user's own commitments, the certificate tells how far they are from the best, " +
          "and the alternative of kind `answer` is what `recommend` says.",
      ),
    provenance: Provenance,
    currency,
    payerAccounts: anyText
      .array()
      .describe("The management accounts that pay for the usage; empty when the exports do not say."),
    history: History,
    /** Under `history` futures the lookback itself, under `file` the file's hours, under `bootstrap` those after it. */
    horizon: z
      .object({
        from: instantText.describe("First hour. ISO 8601, UTC."),
        to: instantText.describe("The hour after the last. ISO 8601, UTC."),
        hours: wholeNumber.describe("Hours from `from` to `to`."),
        futures: z
          .enum(["history", "file", "bootstrap"])
          .describe(
            "Which scenarios were supposed. `history`: the past repeats exactly; `file`: the user's own; " +
              "`bootstrap`: sampled from the history.",
          ),
        scenarios: positiveWhole.describe("How many."),
        hoursSettled: wholeNumber.describe(
          "Hours of each scenario that were settled; fewer than `hours`: each stands for its share of them.",
        ),
      })
      .describe("The hours that the figures span."),
    objective: Objective,
    terms: z
      .object({
        term: z.enum([...TERMS, "any"]).describe("`--term`."),
        paymentOption: z.enum([...PAYMENT_OPTIONS, "any"]).describe("`--payment`."),
      })
      .describe("What may be bought."),
    negotiatedDiscount: z
      .object({
        share: belowOne.describe("Discount on every rate. Share, 0 up to but not 1."),
        source: z.enum(["option", "bill", "none"]).describe("Where it came from."),
      })
      .describe("EDP or private pricing."),
    ownedPlans: OwnedPlanSummary.array().describe("Plans held already."),
    purchases: Purchase.array().describe(
      "What to buy; empty: nothing, and `reason` says why. In a simulation the user's own commitments.",
    ),
    queued: QueuedPurchase.array().describe(
      "What to queue for later starts: the ends of owned plans, and a year or two after each. It can be decided again " +
        "until then.",
    ),
    elsewhere: ElsewherePurchase.array().describe(
      "Where sharing is off or within groups: what to buy now in accounts that `purchases` do not reach, eight at " +
        "most, each decided alone and without a queue. Not in `expected` and `risk`. Empty under a limit, and in a simulation.",
    ),
    commitmentStandardErrorShare: notNegative
      .nullable()
      .describe(
        "Standard error of what is bought and queued in all, an upper estimate: about what another seed moves it by. " +
          "Share of it; null where nothing is sampled, where nothing is bought, under a limit, and in a simulation.",
      ),
    worth: Worth,
    reason: anyText.describe("Why this is the answer; may be empty when something is bought."),
    expected: Expected,
    risk: Risk,
    bounds: ShapeBounds.nullable().describe(
      "Where the data is daily or monthly, the bounds of what is saved; null: its hours are known, " +
        "or the scenarios are the user's own.",
    ),
    certificate: Certificate,
    curve: CurvePoint.array().describe(
      "The trade-off along the total commitment, the mix of offerings held.",
    ),
    frontier: FrontierPoint.array().describe(
      "The efficient frontier: the best purchase along rising risk aversion. Money in USD over the " +
        "horizon.",
    ),
    information: Information,
    overTime: OverTime.nullable().describe(
      "1-year against 3-year plans where both may be bought and scenarios of 36 months are sampled " +
        "(not under a limit on utilization); else null. The policy whose first decision is the " +
        "answer: the certificate of the result is then the policy's, while `expected` and `risk` are " +
        "of the answer as if nothing followed it. Money in USD over the horizon, settled by AWS's " +
        "rule but for EVPI and VSS.",
    ),
    alternatives: Alternative.array().describe(
      "Buy nothing; AWS's own recommendation; the answer; the risk-neutral answer; then each " +
        "offering alone. All settled on the same scenarios.",
    ),
    cashFlow: CashFlow.array().describe(
      "Cash by month of the term, USD after any negotiated discount: of what the document is " +
        "about, then of each offering at its own best commitment.",
    ),
    forecast: ForecastMonth.array().describe(
      "What is foreseen for each of the first twelve months. Later reviews hold it against what came.",
    ),
    stress: Stress.array().describe(
      "What becomes of it in a few bad scenarios; none where the past repeats.",
    ),
    ladder: Ladder.nullable().describe("`--ladder`; null: not asked for, or nothing is bought."),
    comparison: Comparison.nullable().describe(
      "`--compare-aws`: AWS's own recommendation held against this one; null: not asked for.",
    ),
    headroom: Headroom.nullable().describe(
      "Savings that would shrink the usage that the commitment stands on; null in a simulation.",
    ),
    findings: Finding.array().describe("Oddities."),
  })
  .meta({
    $id: "urn:sageplan:schema:recommendation:2",
    title: "What `sageplan recommend --json` and `sageplan simulate --json` print",
    description:
      "The commitment to buy, or in a simulation the user's own; what it saves, how it can go " +
      "wrong, and the alternatives.",
  });
export type Recommendation = z.infer<typeof Recommendation>;
