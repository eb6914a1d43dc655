import { setImmediate } from "node:timers/promises";
import { curveOf, expectedOf, optimum, riskOf, settleWith } from "./evaluate.ts";
import { answerFindings, dataFindings } from "./findings.ts";
import { hourlyUseOf, purchaseOf, rateShares, summaryOf } from "./parts.ts";
import { replay } from "./replay.ts";
import { eligibilities, historyOf, historySpan, situationOf, type HistoryOptions } from "./situation.ts";
import { choose, reasonFor, type Weighed } from "./choice.ts";
import { packageVersion } from "./version.ts";
import { costUsd } from "./domain/kpi.ts";
import { isoHour } from "./domain/hour.ts";
import type { HourlyUse } from "./domain/hourly-use.ts";
import { OFFERINGS, offeringLabel, type PaymentOption, type Term } from "./domain/offering.ts";
import type { Effects } from "./domain/progress.ts";
import type { Recommendation } from "./domain/recommendation.ts";
import { requireSpend, withBilling, type BillingOptions } from "./ingest/billing.ts";
import { readRateFiles } from "./ingest/rate-files.ts";
import { ratesInUse } from "./ingest/rates-in-use.ts";
import { shownPath } from "./ingest/shown-path.ts";

export interface RecommendOptions extends BillingOptions, HistoryOptions {
  /** Rate cards; without them what the bill shows, then the shipped illustrative card. */
  rates?: readonly string[] | undefined;
  /** Offerings that may be bought. Defaults: any term, no upfront. */
  term?: Term | "any" | undefined;
  payment?: PaymentOption | "any" | undefined;
  /** `history`: the past repeats exactly. The only one in this version. */
  futures?: "history" | undefined;
  /** Share that an enterprise agreement takes off; default: what the bill shows. */
  negotiatedDiscount?: number | undefined;
}

const TAIL = 0.9;

/**
 * The commitment that would have saved the most over the history, around the plans already owned, for each of the six
 * offerings; the best of those that may be bought is the answer. Deterministic.
 * @throws SageplanError; see `domain/error.ts` for codes and exit codes
 */
export async function recommend(
  options: RecommendOptions,
  effects: Effects = {},
): Promise<{ recommendation: Recommendation; hourlyUse: HourlyUse }> {
  const { term = "any", payment = "no-upfront" } = options;
  const card = options.rates?.length ? await readRateFiles(options.rates) : null;
  return withBilling(options, effects, async (billing) => {
    const spend = requireSpend(billing);
    const rates = ratesInUse(spend, billing.observedRates, card);
    const eligibility = eligibilities(spend, rates);
    const span = historySpan(spend, options);
    const history = historyOf(spend, eligibility, span);
    const replayed = replay(
      billing,
      spend,
      rates,
      eligibility.map(({ eligible }) => eligible === "yes"),
    );
    const share = options.negotiatedDiscount ?? billing.negotiatedDiscount;
    const discountSource = options.negotiatedDiscount !== undefined ? "option" : share > 0 ? "bill" : "none";
    const situation = situationOf(billing, spend, rates, span, {
      sharing: replayed.sharing,
      negotiatedDiscount: share,
    });

    const asItIs = settleWith(situation, {
      rates: rates.byOffering.get("1yr no-upfront")!,
      commitmentUsdPerHour: 0,
    });
    const nothingBoughtUsd = costUsd(asItIs.all);
    const weighed: Weighed[] = [];
    for (const [n, offering] of OFFERINGS.entries()) {
      effects.onProgress?.({
        step: "Weighing offerings",
        done: n,
        total: OFFERINGS.length,
        unit: "offerings",
      });
      // A turn of the event loop, so that an interruption is heard.
      await setImmediate();
      effects.signal?.throwIfAborted();
      const table = rates.byOffering.get(offeringLabel(offering))!;
      const best = await optimum(situation, table);
      const candidate = { rates: table, commitmentUsdPerHour: best.commitmentUsdPerHour };
      const settled = settleWith(situation, candidate);
      const expected = expectedOf(situation, offering, candidate, settled, nothingBoughtUsd);
      const allowed =
        (term === "any" || offering.term === term) &&
        (payment === "any" || offering.paymentOption === payment);
      weighed.push({ offering, ...best, candidate, settled, expected, allowed });
    }
    const chosen = choose(weighed);
    const buys = chosen.commitmentUsdPerHour > 0;
    const { offering, expected, candidate } = chosen;
    const risk = riskOf(expected, buys ? offering : null, TAIL);
    const purchases = buys ? [purchaseOf(offering, chosen.commitmentUsdPerHour, span)] : [];
    const nothing = expectedOf(
      situation,
      offering,
      { ...candidate, commitmentUsdPerHour: 0 },
      asItIs,
      nothingBoughtUsd,
    );
    const none = { file: 0, bill: 0, illustrative: 0 };
    const answer = { offering, rates: candidate.rates, buys };
    const discount = { share, source: discountSource } as const;
    const agreements = [...billing.agreements, ...(replayed.agreement ? [replayed.agreement] : [])];
    const recommendation: Recommendation = {
      schema: "sageplan/recommendation/1",
      provenance: {
        version: packageVersion(),
        inputs: billing.inputs.map((input) => ({ ...input, path: shownPath(input.path) })),
        options: { ...options, term, payment, futures: "history" },
        seed: 1,
      },
      payerAccounts: billing.payerAccounts,
      history,
      horizon: { from: isoHour(span.from), to: isoHour(span.to), hours: history.hours, futures: "history" },
      terms: { term, paymentOption: payment },
      negotiatedDiscount: discount,
      ownedPlans: billing.ownedPlans.map((plan, n) =>
        summaryOf(plan, situation, asItIs.settlement.usedUsd[n]!, n),
      ),
      purchases,
      reason: reasonFor(chosen, situation),
      expected,
      risk,
      certificate: chosen.certificate,
      curve: curveOf(situation, offering, candidate.rates, chosen.commitmentUsdPerHour, nothingBoughtUsd),
      alternatives: [
        {
          label: "buy nothing",
          purchases: [],
          expected: nothing,
          risk: riskOf(nothing, null, TAIL),
          certificate: null,
          allowed: true,
          rateShares: none,
        },
        ...weighed.map((each) => ({
          label: offeringLabel(each.offering),
          purchases:
            each.commitmentUsdPerHour > 0 ? [purchaseOf(each.offering, each.commitmentUsdPerHour, span)] : [],
          expected: each.expected,
          risk: riskOf(each.expected, each.commitmentUsdPerHour > 0 ? each.offering : null, TAIL),
          certificate: each.certificate,
          allowed: each.allowed,
          rateShares: rateShares(situation, each.candidate.rates),
        })),
      ],
      findings: [
        ...answerFindings(billing, spend, eligibility, history, answer, discount),
        ...dataFindings(billing, spend, eligibility, agreements),
      ],
    };
    return { recommendation, hourlyUse: hourlyUseOf(situation, chosen.settled, chosen.commitmentUsdPerHour) };
  });
}
