/** What a reader must know beside the answer: pure functions from what was weighed to findings. */
import type { OwnedPlan } from "./domain/commitment.ts";
import { OFFERINGS, TERM_HOURS, offeringLabel, type Offering } from "./domain/offering.ts";
import type { Assumed } from "./domain/assumed.ts";
import type { DeclaredEvent } from "./domain/event.ts";
import type { Finding } from "./domain/finding.ts";
import { isoHour } from "./domain/hour.ts";
import type { OfferingRates } from "./domain/rates.ts";
import type { Situation } from "./domain/situation.ts";
import { onDemandRates } from "./ingest/rates-in-use.ts";
import type { Scene } from "./scene.ts";
import type { Prospect } from "./prospect.ts";
import { isOwnedAt } from "./situation.ts";
import { RATE_CHANGE, named, totalUsd, usdBySku } from "./findings.ts";

/** Fifty-two weeks are a year. */
const NEARLY_ALL = 0.99;

/** Findings about a purchase, `[offering]` $/h; `turnedDown` is the offering to speak of when nothing is bought. */
export function answerFindings(
  { scene, offers }: Prospect,
  commitments: Float64Array,
  turnedDown: number,
): Finding[] {
  const { spend, eligibility, history, discount, situation, futuresInput } = scene;
  const largest = commitments.reduce((best, usd, k) => (usd > commitments[best]! ? k : best), turnedDown);
  const offering = OFFERINGS[largest]!;
  /** What the figures rest on: all that is bought, or what was turned down. */
  const bought = [...commitments.keys()].filter((k) => commitments[k]! > 0);
  const restingOn = bought.length > 0 ? bought : [turnedDown];
  const sources = restingOn.map((k) => offers[k]!.rates.source);
  const usd = weighedUsdBySku(scene);
  const usdWhere = (fits: (sku: number) => boolean): number =>
    spend.skus.reduce((sum, _, n) => sum + (eligibility[n]!.eligible === "yes" && fits(n) ? usd[n]! : 0), 0);
  const illustrativeUsd = usdWhere((n) => sources.some((source) => source[n] === "illustrative"));
  const findings: Finding[] = [];
  if (illustrativeUsd > 0) {
    findings.push({
      code: "illustrative-rates",
      message:
        "ILLUSTRATIVE RATES: for this much of the spend no Savings Plans rate was given or seen in the bill, so rates shipped with " +
        "sageplan were used. They are not AWS's. Do not buy on them: pass --rates with the JSON of `aws savingsplans " +
        "describe-savings-plans-offering-rates` or AWS's price list.",
      usd: illustrativeUsd,
      source: "shipped illustrative card",
    });
  }
  const unrated = spend.skus.flatMap((_, n) =>
    eligibility[n]!.eligible === "yes" && sources.some((source) => source[n] === null) && usd[n]! > 0
      ? [n]
      : [],
  );
  if (unrated.length > 0) {
    const without = restingOn.find((_, place) => sources[place]![unrated[0]!] === null)!;
    findings.push({
      code: "missing-rate",
      message:
        `${named(spend, unrated)}: eligible, but there is no rate for it under ${offeringLabel(OFFERINGS[without]!)}: it stays On-Demand ` +
        `in every figure. Add its rows to the rate card${scene.supposed ? ", and its operation and usage_hours to the futures" : ""}.`,
      usd: totalUsd(usd, unrated),
      source: spend.skus[unrated[0]!]!.usageType,
    });
  }
  if (situation.pastRepeats)
    findings.push({
      code: "past-repeats",
      message:
        "The past is taken to repeat exactly over the whole term, which is AWS's own assumption too. The figures measure the past; " +
        "they say nothing of the risk that usage falls, moves or is priced lower.",
      usd: 0,
      source: "--futures history",
    });
  if (situation.pastRepeats && commitments[largest]! > 0 && offering.term === "3yr") {
    findings.push({
      code: "three-years-win-on-paper",
      message:
        "A 3-year plan is deeper on every SKU, so with a past that repeats it always wins. It wins in life only if usage holds for " +
        "36 months: a 1-year plan can be decided again after 12.",
      usd: 0,
      source: "",
    });
  }
  const { pastRepeats, assumed, span } = situation;
  if (assumed)
    findings.push(
      assumedFinding(assumed, history.hours),
      ...eventFindings(situation.events, futuresInput?.path ?? ""),
    );
  const termHours = TERM_HOURS[offering.term];
  const promise = (hours: number): string =>
    `${hours} hours (${(hours / 24).toFixed(1)} days) for a promise of ${termHours} hours`;
  if ((pastRepeats || assumed) && history.hours < 30 * 24) {
    const message = `The history has ${promise(history.hours)}.`;
    findings.push({ code: "short-history", message, usd: 0, source: "" });
  }
  if (!pastRepeats && span.to - span.from < NEARLY_ALL * termHours) {
    const message = `The futures span ${promise(span.to - span.from)}: nothing is supposed of what follows, and the figures are of the futures' hours only.`;
    findings.push({ code: "short-futures", message, usd: 0, source: "" });
  }
  if (history.missingHours > 0) {
    findings.push({
      code: "missing-hours",
      message: `${history.missingHours} of ${history.hours} hours have no SageMaker usage at all; they count as hours of zero use. If deliveries are missing, add them.`,
      usd: 0,
      source: "",
    });
  }
  if (discount.share > 0) {
    const from =
      discount.source === "bill" ? "the bill's discount rows or net costs" : "--negotiated-discount";
    findings.push({
      code: "negotiated-discount-applied",
      message: `A negotiated discount of ${(discount.share * 100).toFixed(2)} %, from ${from}, was applied to On-Demand and Savings Plans charges alike. Commitments stand before discount.`,
      usd: 0,
      source: "",
    });
  }
  return [
    ...findings,
    ...sharingFindings(scene),
    ...restingOn.flatMap((k) => cardFindings(scene, offers[k]!.rates)).slice(0, 1),
    ...futuresRateFindings(scene, offers[restingOn[0]!]!.rates),
    ...ownedPlanFindings(scene, offering),
    ...futuresFindings(scene, commitments),
    ...broughtWithoutRate(scene, offers[restingOn[0]!]!.rates),
  ];
}

/** Usage that events bring and that the offering has no rate for. */
function broughtWithoutRate({ spend, situation, futuresInput }: Scene, { ratio }: OfferingRates): Finding[] {
  if (situation.events.length === 0) return [];
  const used = new Set(spend.item.map((item) => spend.items[item]!.sku));
  const unrated = spend.skus.flatMap((_, n) => (used.has(n) || ratio[n]! > 0 ? [] : [n]));
  if (unrated.length === 0) return [];
  return [
    {
      code: "event-without-rate",
      message:
        `${named(spend, unrated)}: brought by an event, and there is no rate for it: it stays On-Demand in every figure, so the answer is ` +
        "too low. Add its rows to the rate card, with on_demand_rate_usd.",
      usd: 0,
      source: futuresInput?.path ?? "",
    },
  ];
}

/** What the user declared, so that a result shows what it rests on. */
const eventFindings = (events: readonly DeclaredEvent[], source: string): Finding[] =>
  events.map((event) => {
    const about = event.kind === "launch" ? event.sku.usageType : event.match.usageType;
    const likely =
      event.probability < 1 ? `, in ${(event.probability * 100).toFixed(0)} % of the futures` : "";
    const until = event.to === null ? "" : ` to ${isoHour(event.to)}`;
    const message = `Declared: ${event.kind} of ${about} from ${isoHour(event.from)}${until}${likely}.`;
    return { code: "declared-event", message, usd: 0, source };
  });

/** What sampled futures suppose, in the figures of this history. */
function assumedFinding(
  { regimeDays, driftPerWeek, driftIsGiven, endsPerWeek, birthsPerWeek, levelScale }: Assumed,
  historyHours: number,
): Finding {
  const yearly = (perWeek: number): string => ((1 - (1 - perWeek) ** 52) * 100).toFixed(1);
  const drift = `${driftPerWeek < 0 ? "−" : "+"}${(Math.abs(Math.expm1(driftPerWeek)) * 100).toFixed(2)} % a week`;
  return {
    code: "futures-assumed",
    message:
      `Sampled from ${(historyHours / 24).toFixed(0)} days: the present way of use is ${regimeDays.join(", ")} days old, each as likely, or as ` +
      `new as the last 6 to 24 hours; its level is right to about ${(levelScale * 100).toFixed(0)} %, with a heavy tail, and walks on; it drifts by ` +
      `${drift}${driftIsGiven ? " (--growth)" : ", less each week"}; in a year ${yearly(endsPerWeek)} % of the SKUs end and ` +
      `${yearly(birthsPerWeek)} % double. On-Demand prices of accelerated families are cut by 30 % once in twenty years.`,
    usd: 0,
    source: "--futures bootstrap",
  };
}

/** `[sku]` On-Demand dollars of what is weighed: the history, or the mean of the futures, which can use what it never did. */
function weighedUsdBySku({ spend, supposed, situation }: Scene): Float64Array {
  if (supposed === null) return usdBySku(spend);
  const { probability, hourCount } = situation.futures;
  const onDemandUsd = supposed.onDemandUsd.map(
    (usd, n) => usd * probability[Math.floor(supposed.hour[n]! / hourCount)]!,
  );
  return usdBySku({ ...supposed, onDemandUsd });
}

/** Without sharing a plan serves one account: the rest of the spend is out of its reach. */
function sharingFindings({ situation: { sharing, buyer, past } }: Scene): Finding[] {
  if (sharing) return [];
  const { demand } = past;
  const usd = demand.items.reduce((sum, { account }, item) => {
    const entries = demand.onDemandUsd.subarray(demand.start[item], demand.start[item + 1]);
    return account === buyer ? sum : entries.reduce((total, each) => total + each, sum);
  }, 0);
  return [
    {
      code: "sharing-is-off",
      message:
        `AWS's rows show that plans are not shared between accounts. The answer is for account ${buyer}, which spends the most, and must ` +
        "be bought in it; this much eligible spend lies in other accounts, out of its reach. Run sageplan on each account's own export.",
      usd,
      source: buyer,
    },
  ];
}

/** A card made at other On-Demand rates than the bill's skews every saving %. */
function cardFindings(
  { spend, eligibility }: Scene,
  { ratio, savingsPlanRateUsd, source }: OfferingRates,
): Finding[] {
  const billed = onDemandRates(spend);
  const differing = spend.skus.flatMap((_, n) => {
    const stated = savingsPlanRateUsd[n]! / ratio[n]!;
    const differs = Math.abs(stated - billed[n]!) > RATE_CHANGE * billed[n]!;
    return source[n] === "file" && eligibility[n]!.eligible === "yes" && differs ? [n] : [];
  });
  if (differing.length === 0) return [];
  const first = differing[0]!;
  return [
    {
      code: "on-demand-rates-differ",
      message:
        `The rate card's On-Demand rate differs from the bill's for ${named(spend, differing)} (first: ` +
        `$${(savingsPlanRateUsd[first]! / ratio[first]!).toFixed(4)} against $${billed[first]!.toFixed(4)} an hour); the card's was used. ` +
        "Get a current card, or leave its on_demand_rate_usd empty.",
      usd: totalUsd(usdBySku(spend), differing),
      source: spend.skus[first]!.usageType,
    },
  ];
}

/**
 * Plans that begin, end or lack rates: what a reader must know of what is owned already. In the user's own futures plans begin
 * and end on their dates, so that only what lies beyond those hours is told.
 */
function ownedPlanFindings({ billing, rates, situation }: Scene, offering: Offering): Finding[] {
  const { pastRepeats, span } = situation;
  const { from, to } = span;
  return billing.ownedPlans.flatMap((plan) => {
    const { arn, start, end, commitmentUsdPerHour } = plan;
    const finding = (code: string, message: string, usd = 0): Finding => ({
      code,
      message,
      usd,
      source: arn,
    });
    const found: Finding[] = [];
    const what = `The plan ${arn} of $${commitmentUsdPerHour}/h`;
    if (end === null) {
      found.push(
        finding(
          "expiry-unknown",
          `The export does not say when the plan ${arn} ends; it is taken to last. Pass --owned to say so.`,
        ),
      );
    } else if (end <= to) {
      const usd = commitmentUsdPerHour * Math.max(0, end - from);
      const message = `${what} ended on ${isoHour(end)}, before a new one would start, so it was left out: what it covered counts as uncovered.`;
      const isTold = billing.findings.some(
        ({ code, source }) => code === "owned-plan-ended" && source === arn,
      );
      if (pastRepeats && end > from && !isTold) found.push(finding("owned-plan-ended", message, usd));
    } else if (end <= situation.start + TERM_HOURS[offering.term]) {
      found.push(
        finding(
          "plan-expires",
          `${what} expires on ${isoHour(end)}, within the new term. The answer is for the time while it lasts: look again before that day.`,
        ),
      );
    }
    if (pastRepeats && start !== null && start > from && isOwnedAt(plan, to)) {
      const message = `${what} started on ${isoHour(start)}, within or after the history; it is taken to cover in all of its hours, as it will from now on.`;
      found.push(finding("owned-plan-started", message, commitmentUsdPerHour * (Math.min(start, to) - from)));
    }
    found.push(...queuedFindings(plan, situation));
    if (isCounted(plan, situation) && rates.ofOwnedPlan(plan).source.includes("illustrative")) {
      const message = `${what}: neither the bill nor a rate card shows its rates, so what it covers rests on ILLUSTRATIVE rates. Give its offering's rates with --rates.`;
      found.push(
        finding(
          "owned-plan-rates-illustrative",
          message,
          commitmentUsdPerHour * (Math.min(end ?? to, to) - from),
        ),
      );
    }
    return found;
  });
}

/** Whether the plan is active in some hour of what is weighed. */
const isCounted = (plan: OwnedPlan, { start, pastRepeats, span }: Situation): boolean =>
  isOwnedAt(plan, pastRepeats || !plan.isQueued ? start : Math.min(plan.start ?? start, span.to - 1));

/** A plan that waits for its start: counted from there, where the hours have dates. */
function queuedFindings(plan: OwnedPlan, situation: Situation): Finding[] {
  const { arn, start, commitmentUsdPerHour, isQueued } = plan;
  if (!isQueued || start === null || start <= situation.start) return [];
  const what = `The plan ${arn} of $${commitmentUsdPerHour}/h is queued, or its payment is pending, and starts on ${isoHour(start)}`;
  const finding = (code: string, message: string): Finding => ({ code, message, usd: 0, source: arn });
  if (situation.pastRepeats) {
    return [
      finding(
        "queued-plan-left-out",
        `${what}. A past that repeats has no such day, so $${commitmentUsdPerHour}/h of commitment to come is left out, as AWS's own recommendations do: ` +
          "the answer may buy what it will cover. Use sampled futures (--futures bootstrap), which count it from its start.",
      ),
    ];
  }
  return start < situation.span.to
    ? [finding("queued-plan-counted", `${what}: it costs and covers from that hour on, and nothing before.`)]
    : [finding("queued-plan-left-out", `${what}, after the futures end: it covers nothing here.`)];
}

/** Usage that the futures price otherwise than the rates in use: a price cut makes a commitment lose, and the ratios hide it. */
function futuresRateFindings(
  { supposed, eligibility, situation, futuresInput }: Scene,
  { ratio, savingsPlanRateUsd }: OfferingRates,
): Finding[] {
  if (supposed === null) return [];
  const { probability, hourCount } = situation.futures;
  let usd = 0;
  let first = -1;
  for (let row = 0; row < supposed.hour.length; row++) {
    const { sku } = supposed.items[supposed.item[row]!]!;
    const inUse = savingsPlanRateUsd[sku]! / ratio[sku]!;
    if (!(supposed.usageHours[row]! > 0.01) || !(inUse > 0) || eligibility[sku]!.eligible !== "yes") continue;
    const stated = supposed.onDemandUsd[row]! / supposed.usageHours[row]!;
    if (Math.abs(stated - inUse) <= FUTURES_RATE_CHANGE * inUse) continue;
    if (first < 0) first = row;
    usd += supposed.onDemandUsd[row]! * probability[Math.floor(supposed.hour[row]! / hourCount)]!;
  }
  if (first < 0) return [];
  const { sku } = supposed.items[supposed.item[first]!]!;
  return [
    {
      code: "futures-on-demand-rates-differ",
      message:
        `In the futures, ${supposed.skus[sku]!.usageType} costs $${(supposed.onDemandUsd[first]! / supposed.usageHours[first]!).toFixed(4)} ` +
        `an hour On-Demand (first such row), while $${(savingsPlanRateUsd[sku]! / ratio[sku]!).toFixed(4)} is the rate in use. Savings are ` +
        "shares of On-Demand dollars here, so a price cut in the futures is seen as less usage, not as a smaller saving: where " +
        "On-Demand becomes cheaper, the saving is OVERSTATED, and a plan can lose money.",
      usd,
      source: futuresInput?.path ?? "",
    },
  ];
}

/** Amounts in a file of futures are rounded; more than this is another price. */
const FUTURES_RATE_CHANGE = 0.02;

/** What of the user's own futures no plan can cover, and plans that are shorter than they are. */
function futuresFindings(scene: Scene, commitments: Float64Array): Finding[] {
  const { supposed, situation, futuresInput } = scene;
  const { futures, span } = situation;
  if (supposed === null) return [];
  const findings: Finding[] = [];
  const { probability, hourCount } = futures;
  const eligibleUsd = futures.base.onDemandUsd.reduce(
    (sum, usd, n) => sum + usd * probability[Math.floor(futures.base.hour[n]! / hourCount)]!,
    0,
  );
  const leftOutUsd = weighedUsdBySku(scene).reduce((sum, usd) => sum + usd, 0) - eligibleUsd;
  if (leftOutUsd > 0.005) {
    findings.push({
      code: "futures-left-out",
      message:
        "Part of the usage in the futures (mean over them) is not eligible, or AWS does not say whether it is, and was left out. " +
        "`sageplan inspect` tells which usage types those are; a rate card that holds rows for them settles the question.",
      usd: leftOutUsd,
      source: futuresInput?.path ?? "",
    });
  }
  const ending = OFFERINGS.filter(({ term }, k) => commitments[k]! > 0 && TERM_HOURS[term] < hourCount);
  if (ending.length > 0) {
    findings.push({
      code: "plan-ends-within-futures",
      message:
        `The futures span ${hourCount} hours, the ${offeringLabel(ending[0]!)} plan ${TERM_HOURS[ending[0]!.term]}: what comes after its ` +
        "term counts as not covered by it. A plan can be bought again then; that is not weighed.",
      usd: 0,
      source: "",
    });
  }
  if (span.from < scene.spend.from + scene.spend.hourCount) {
    findings.push({
      code: "futures-in-the-past",
      message:
        `The futures begin on ${isoHour(span.from)}, before the history ends on ${isoHour(scene.spend.from + scene.spend.hourCount)}. ` +
        "A purchase is taken to start with the futures, beside the plans owned in each of their hours.",
      usd: 0,
      source: futuresInput?.path ?? "",
    });
  }
  return findings;
}
