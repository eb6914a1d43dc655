/** The summary of a recommendation or a simulation: the answer, what it saves, how it can go wrong, in thirty lines. */
import type { Alternative } from "../../domain/documents/outcome.ts";
import type { Purchase } from "../../domain/documents/purchase.ts";
import type { Summary } from "../../domain/summary.ts";
import { alternativeOf, hasRisk, isEstimate, isSimulation, offeringName, totalCommitment } from "./answer.ts";
import { percent } from "./format.ts";
import { peopleMoneyIn } from "./people.ts";
import { warningsOf, type SummaryPage } from "./summary-page.ts";
import { monthly, planName, summaryRows } from "./summary-rows.ts";
import { marked, right, type Cells } from "./table.ts";

export function summaryPage(r: Summary): SummaryPage {
  return {
    headline: headlineOf(r),
    tone: isEstimate(r) ? "caution" : "good",
    rows: summaryRows(r),
    tables: [comparedCells(r)],
    ...warningsOf(r),
    next: nextOf(r),
  };
}

function headlineOf(r: Summary): string[] {
  const { purchases } = r;
  const { anHour } = peopleMoneyIn(r);
  if (isSimulation(r)) {
    const each = purchases.map(
      (purchase) => `${offeringName(purchase)} ${anHour(purchase.commitmentUsdPerHour)}`,
    );
    return [`Your commitments: ${each.join(" + ") || "nothing"}`];
  }
  if (purchases.length === 0)
    return [r.queued.length > 0 ? "Buy nothing now" : "Buy nothing", ...queueLines(r)];
  const verb = isEstimate(r) ? "Estimate only" : "Buy now";
  return [
    ...purchases.map(
      (each) =>
        `${verb}: ${offeringName(each)} SageMaker AI Savings Plan, ${anHour(each.commitmentUsdPerHour)}`,
    ),
    ...queueLines(r),
  ];
}

/** What is queued for the owned plans that end. */
function queueLines(r: Summary): string[] {
  const renewing = r.queued.filter(({ renews }) => renews.length > 0);
  if (renewing.length === 0) return [];
  const plans = renewing.flatMap(({ renews }) => renews);
  const [first, last] = [renewing[0]!, renewing.at(-1)!];
  const when = first.start.slice(0, 10) + (first === last ? "" : ` to ${last.start.slice(0, 10)}`);
  const what = plans.length === 1 ? `plan ${planName(plans[0]!)} ends` : `${plans.length} plans end`;
  return [`Queue: ${peopleMoneyIn(r).anHour(totalCommitment(renewing))} for ${when}, when ${what}`];
}

function comparedCells(r: Summary): Cells {
  const { amount, anHour } = peopleMoneyIn(r);
  const risky = hasRisk(r);
  const what = (purchases: readonly Purchase[]): string =>
    purchases.length === 0 ? "–" : anHour(totalCommitment(purchases));
  const row = (
    name: string,
    bought: string,
    expected: Pick<Alternative["expected"], "netSavingsUsd">,
    risk: Pick<Alternative["risk"], "cvarLossUsd" | "probabilityOfLoss">,
  ): string[] => [
    name,
    bought,
    amount(monthly(r, expected.netSavingsUsd)),
    ...(risky ? [amount(monthly(r, -risk.cvarLossUsd)), percent(risk.probabilityOfLoss)] : []),
  ];
  const of = (kind: Alternative["kind"], name: string): string[][] => {
    const found = alternativeOf(r, kind);
    return found ? [row(name, what(found.purchases), found.expected, found.risk)] : [];
  };
  return marked({
    head: [
      { title: "  A month" },
      right("Bought now"),
      right("Saving"),
      ...(risky ? [right(`Worst ${percent(1 - r.risk.tail, 0)}`), right("Loss")] : []),
    ],
    rows: [
      ...of("nothing", "  Buy nothing"),
      ...of("aws-rule", "  AWS's rule"),
      ...(isSimulation(r)
        ? [...of("answer", "  sageplan"), row("▶ Yours", what(r.purchases), r.expected, r.risk)]
        : of("answer", "▶ This answer")),
      ...(isSimulation(r) || r.overTime === null
        ? []
        : [row("  … with later decisions", "", r.overTime.policy, r.overTime.policy)]),
    ],
  });
}

function nextOf(r: Summary): string[] {
  const more = "More: --details (reasons, alternatives, cash by month), --json, --xlsx, --html.";
  const rates = "Get AWS's rates first: sageplan pull price-list, then add --rates FILE.";
  if (isEstimate(r)) return [rates, more];
  if (isSimulation(r) || r.purchases.length === 0) return [more];
  return ["To buy: --details=buy prints the AWS commands; sageplan never buys.", more];
}
