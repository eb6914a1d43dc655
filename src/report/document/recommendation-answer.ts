/** The answer of a recommendation, in sentences. */
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { isEstimate, offeringName, totalCommitment, totalUpfront } from "./answer.ts";
import type { AnswerText } from "./caveats.ts";
import { clean } from "./clean.ts";
import { moneyIn } from "./money.ts";
import { overTimeText } from "./over-time.ts";
import { unboughtText, worthText } from "./worth.ts";

export function recommendationAnswer(r: Recommendation): AnswerText {
  const { purchases, queued, reason } = r;
  const bought = purchases.length + queued.length;
  const worth = bought === 0 ? unboughtText(r) : worthText(r, whatIt(r), verbs(r));
  const told = purchases.length === 0 ? [nowText(r), worth] : [worth, nowText(r)];
  return { headline: headlineOf(r), sentences: [clean(reason), ...told, overTimeText(r)] };
}

/** What buying now is worth by itself, where more is to come. */
function nowText(r: Recommendation): string {
  const { purchases, queued, worth } = r;
  if (queued.length === 0) return "";
  if (purchases.length === 0)
    return "Nothing has to be bought today: what is queued starts as plans end, and can be called off until then.";
  const { netSavingsUsd } = worth.now;
  return `Of that, ${moneyIn(r).cents(netSavingsUsd)} on average is what buying now adds to queueing alone.`;
}

const areSeveral = ({ purchases, queued }: Recommendation): boolean => purchases.length + queued.length > 1;

const whatIt = (r: Recommendation): string => (areSeveral(r) ? "Together they" : "It");

const verbs = (r: Recommendation): readonly [string, string] =>
  areSeveral(r) ? ["save", "lose"] : ["saves", "loses"];

function headlineOf(r: Recommendation): string[] {
  const { purchases } = r;
  const { cents, perHour } = moneyIn(r);
  if (purchases.length === 0)
    return [r.queued.length === 0 ? "Buy nothing" : "Buy nothing now", ...queueLine(r)];
  const verb = isEstimate(r) ? "Estimate only:" : "Buy";
  const each = purchases.map(
    (purchase) =>
      `${verb} a ${offeringName(purchase)} SageMaker AI Savings Plan of ${perHour(purchase.commitmentUsdPerHour)}/h`,
  );
  if (purchases.length === 1) return [...each, ...queueLine(r)];
  const upfront = totalUpfront(purchases);
  const cash = upfront > 0 ? `, ${cents(upfront)} upfront` : "";
  return [...each, `In all: ${perHour(totalCommitment(purchases))}/h${cash}`, ...queueLine(r)];
}

/** What is queued for the owned plans that end. */
function queueLine(r: Recommendation): string[] {
  const renewing = r.queued.filter(({ renews }) => renews.length > 0);
  if (renewing.length === 0) return [];
  const { perHour } = moneyIn(r);
  const first = renewing[0]!.start.slice(0, 10);
  const last = renewing.at(-1)!.start.slice(0, 10);
  const when = first === last ? first : `${first} to ${last}`;
  return [`Queue ${perHour(totalCommitment(renewing))}/h for the plans that end: ${when}`];
}
