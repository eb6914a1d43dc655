/** The purchases of a result → their cash flows. */
import { cashFlowOfPurchase } from "./cash-flow.ts";
import type { CashFlow } from "../domain/documents/cash-flow.ts";
import { OFFERINGS, offeringLabel } from "../domain/offering.ts";
import type { Portfolio } from "../domain/portfolio.ts";
import { purchasesOf } from "./purchases.ts";
import type { PurchaseProblem } from "../problem/problem.ts";

/** The subject of the result first, then each offering alone. */
export function cashFlowsOf(
  problem: PurchaseProblem,
  subject: Portfolio,
  singles: readonly Portfolio[],
): CashFlow[] {
  const flow = (kind: CashFlow["kind"], label: string, portfolio: Portfolio): CashFlow => ({
    kind,
    label,
    purchases: purchasesOf(portfolio, problem),
    ...cashFlowOfPurchase(problem, portfolio),
  });
  return [
    flow("answer", "the answer", subject),
    ...OFFERINGS.map((offering, k) => flow("offering", offeringLabel(offering), singles[k]!)),
  ];
}
