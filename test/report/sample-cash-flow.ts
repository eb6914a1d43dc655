/** Cash flows of hand-made results: the same saving in every hour of the term. Written without the code that they test. */
import type { CashFlow, CashFlowMonth } from "../../src/domain/documents/cash-flow.ts";
import { TERM_HOURS, TERM_MONTHS, UPFRONT_SHARE } from "../../src/domain/offering.ts";
import type { Alternative } from "../../src/domain/documents/outcome.ts";

export function flatCashFlow(
  kind: CashFlow["kind"],
  { label, purchases, expected }: Pick<Alternative, "label" | "purchases" | "expected">,
  horizonHours: number,
  yearlyRate: number,
): CashFlow {
  const paidUsd = purchases.reduce((usd, each) => usd + each.commitmentUsdPerHour, 0);
  const avoidedUsd = (expected.netSavingsUsd / horizonHours + paidUsd) * 730;
  const termMonths = Math.max(0, ...purchases.map(({ term }) => TERM_MONTHS[term]));
  const atStart = purchases.reduce(
    (usd, each) =>
      usd + each.commitmentUsdPerHour * TERM_HOURS[each.term] * UPFRONT_SHARE[each.paymentOption],
    0,
  );
  const months: CashFlowMonth[] = [];
  let cumulativeUsd = 0;
  let netPresentValueUsd = -atStart;
  let breakEvenMonth: number | null = null;
  for (let month = 1; month <= termMonths; month++) {
    const held = purchases.filter(({ term }) => month <= TERM_MONTHS[term]);
    const held$ = held.reduce((usd, each) => usd + each.commitmentUsdPerHour, 0);
    const byHour = held.reduce(
      (usd, each) => usd + each.commitmentUsdPerHour * 730 * (1 - UPFRONT_SHARE[each.paymentOption]),
      0,
    );
    // A shorter plan takes its part of the saving with it.
    const onDemandAvoidedUsd = avoidedUsd * (held$ / paidUsd);
    const cashUsd = byHour + (month === 1 ? atStart : 0);
    const netUsd = onDemandAvoidedUsd - cashUsd;
    cumulativeUsd += netUsd;
    // A hundred instants of the month.
    for (let n = 0; n < 100; n++) {
      const years = (month - 1 + (n + 0.5) / 100) / 12;
      netPresentValueUsd += ((onDemandAvoidedUsd - byHour) / 100) * (1 + yearlyRate) ** -years;
    }
    if (breakEvenMonth === null && cumulativeUsd >= -1e-6) breakEvenMonth = month;
    const hoursInFutures = Math.max(0, Math.min(730, horizonHours - (month - 1) * 730));
    months.push({ month, cashUsd, onDemandAvoidedUsd, netUsd, cumulativeUsd, hoursInFutures });
  }
  return {
    kind,
    label,
    purchases,
    cashAtStartUsd: atStart,
    months,
    undiscountedUsd: cumulativeUsd,
    netPresentValueUsd: yearlyRate === 0 ? cumulativeUsd : netPresentValueUsd,
    breakEvenMonth: cumulativeUsd > 0 ? breakEvenMonth : null,
  };
}

/** The subject, then the offerings among the alternatives. */
export const flatCashFlows = (
  subject: Pick<Alternative, "purchases" | "expected">,
  alternatives: readonly Alternative[],
  horizonHours: number,
  yearlyRate: number,
): CashFlow[] => [
  flatCashFlow("answer", { ...subject, label: "the answer" }, horizonHours, yearlyRate),
  ...alternatives
    .filter(({ kind }) => kind === "offering")
    .map((each) => flatCashFlow("offering", each, horizonHours, yearlyRate)),
];
