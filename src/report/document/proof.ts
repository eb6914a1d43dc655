/** How near the best the figures are proven to be. */
import { sameOffering } from "../../domain/offering.ts";
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { hasRisk, isSimulation, offeringAlternatives, samePurchases, tailName } from "./answer.ts";
import { clean } from "./clean.ts";
import { count, percent, shareText } from "./format.ts";
import { moneyIn } from "./money.ts";
import { limitTexts } from "./notes.ts";

/** A gap as an upper bound: rounded up. */
const atMost = (share: number): string => percent(Math.ceil(Math.max(1, share * 1e5 - 1e-6)) / 1e5, 3);

/** A part of the gap. */
const partText = (share: number): string => (share < 5e-6 ? "nothing" : percent(share, 3));

/**
 * One offering alone was swept exactly, so that no other amount of it saves more: one scenario, no limits, no cost of
 * capital, and nothing beside it in the answer.
 */
function isExact(r: Recommendation): boolean {
  const [purchase] = r.purchases;
  if (!purchase || r.purchases.length > 1 || isSimulation(r) || hasRisk(r)) return false;
  if (limitTexts(r).length > 0 || r.expected.capitalCostUsd > 0) return false;
  const alone = offeringAlternatives(r).find(({ offering }) => sameOffering(offering, purchase));
  return alone !== undefined && samePurchases(alone.alternative.purchases, r.purchases);
}

/** What the two bounds measure. */
function boundName(r: Recommendation): string {
  const { riskAversion, tail, discountRate } = r.objective;
  const capital = discountRate > 0 ? ", the cost of paying early included" : "";
  if (!hasRisk(r)) return `settled cost${capital}`;
  if (riskAversion === 0) return `mean settled cost${capital}`;
  return `risk-adjusted settled cost (${shareText(1 - riskAversion)} mean, ${shareText(riskAversion)} ${tailName(tail)}${capital})`;
}

/** The share that any purchase could better the figures by: `at most 0.3% is left on the table`. */
export function withinText(r: Recommendation, than = ""): string {
  const { relativeGap } = r.certificate;
  const what =
    r.overTime === null || isSimulation(r)
      ? "purchase of the allowed offerings"
      : "policy of buying the allowed offerings now and later, on what is known then";
  return relativeGap <= 0
    ? `No ${what} could cost less${than}`
    : `At most ${atMost(relativeGap)} is left on the table, against any ${what} and any allocation of usage to plans`;
}

export function proof(r: Recommendation): string {
  const { relativeGap, lpGap, settlementGap, lowerBound, upperBound } = r.certificate;
  const { solver, iterations, hoursSolvedAnotherWay } = r.certificate;
  const { cents } = moneyIn(r);
  const search = `Of that: solver gap ${percent(lpGap, 3)}`;
  const rest = partText(settlementGap);
  const split = isSimulation(r)
    ? ` ${search}; other amounts and the best allocation would save ${rest}.`
    : ` ${search}; AWS's allocation order costs ${rest}.`;
  const another =
    hoursSolvedAnotherWay > 0
      ? `; ${count(hoursSolvedAnotherWay, "hour")} solved another way than the rest`
      : "";
  return (
    `Proven: ${isExact(r) ? "No other amount of this offering saves more under AWS's rule. " : ""}${withinText(r)}: ` +
    `${boundName(r)} ${cents(upperBound)}, lower bound ${cents(lowerBound)}.${relativeGap > 0 ? split : ""} Solver ${clean(solver)}, ${count(iterations, "iteration")}${another}.`
  );
}
