/** The purchases of a result → their cash flows. */
import { cashFlowOfPurchase } from "./cash-flow.ts";
import type { CashFlow } from "../domain/cash-flow.ts";
import { OFFERINGS, offeringLabel } from "../domain/offering.ts";
import { purchasesOf } from "./purchases.ts";
import type { PurchaseProblem } from "../problem/problem.ts";

/** The subject of the result first, then each offering alone. `[offering]` $/h. */
export function cashFlowsOf(
  problem: PurchaseProblem,
  subject: Float64Array,
  singles: readonly Float64Array[],
): CashFlow[] {
  const flow = (kind: CashFlow["kind"], label: string, commitments: Float64Array): CashFlow => ({
    kind,
    label,
    purchases: purchasesOf(commitments, problem),
    ...cashFlowOfPurchase(problem, commitments),
  });
  return [
    flow("answer", "the answer", subject),
    ...OFFERINGS.map((offering, k) => flow("offering", offeringLabel(offering), singles[k]!)),
  ];
}
