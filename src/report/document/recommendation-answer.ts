/** The answer of a recommendation, in sentences. */
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { offeringName, totalCommitment, totalUpfront } from "./answer.ts";
import type { Answer } from "./caveats.ts";
import { clean } from "./clean.ts";
import { moneyIn } from "./money.ts";
import { overTimeText } from "./over-time.ts";
import { unboughtText, worthText } from "./worth.ts";

export function recommendationAnswer(r: Recommendation): Answer {
  const { purchases, reason } = r;
  const worth = purchases.length === 0 ? unboughtText(r) : worthText(r, whatIt(r), verbs(r));
  return { headline: headlineOf(r), sentences: [clean(reason), worth, overTimeText(r)] };
}

const whatIt = ({ purchases }: Recommendation): string => (purchases.length > 1 ? "Together they" : "It");

const verbs = ({ purchases }: Recommendation): readonly [string, string] =>
  purchases.length > 1 ? ["save", "lose"] : ["saves", "loses"];

function headlineOf(r: Recommendation): string[] {
  const { purchases } = r;
  const { cents, perHour } = moneyIn(r);
  if (purchases.length === 0) return ["Buy nothing"];
  const each = purchases.map(
    (purchase) =>
      `Buy a ${offeringName(purchase)} SageMaker AI Savings Plan of ${perHour(purchase.commitmentUsdPerHour)}/h`,
  );
  if (purchases.length === 1) return each;
  const upfront = totalUpfront(purchases);
  const cash = upfront > 0 ? `, ${cents(upfront)} upfront` : "";
  return [...each, `In all: ${perHour(totalCommitment(purchases))}/h${cash}`];
}
