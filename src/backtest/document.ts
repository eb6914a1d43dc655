/** A walk through the history → the document: its series, its notes, its decisions. */
import { turnOf } from "../domain/sharing.ts";
import type { BacktestDecision } from "../domain/documents/backtest.ts";
import { SageplanError } from "../domain/error.ts";
import { isoHour } from "../domain/hour.ts";
import { offeringLabel, TERM_HOURS, type Offering } from "../domain/offering.ts";
import type { RatesInUse } from "../domain/rate-table.ts";
import type { ProblemData } from "../problem/problem.ts";
import type { Decision, Series } from "./decide.ts";
import type { Walk } from "./walk.ts";

/** What the offering can cover of the history: usage of the accounts that the buyer shares with. */
export function seriesOf(
  { pastDemand: demand, buyer, sharing }: ProblemData,
  rates: RatesInUse,
  offering: Offering,
): Series {
  const { ratio } = rates.byOffering.get(offeringLabel(offering))!;
  const ratioOf = Float64Array.from(demand.items, ({ account, sku }) =>
    turnOf(sharing, buyer, account) !== null ? ratio[sku]! : Number.NaN,
  );
  return { name: "history", family: "history", demand, ratioOf };
}

export function requireDecision({ at, historyHours, horizonHours }: Walk, hourCount: number): void {
  if (at.length > 0) return;
  throw new SageplanError(
    "wrong-call",
    `The history has ${hourCount} hours, and one decision takes ${historyHours} before it and ${horizonHours} after it. ` +
      "Add older exports, or shorten --window and --horizon.",
  );
}

/** Fewer decisions say little about how often something happens. */
const FEW = 20;

export function backtestNotes(
  { pastOwned, sharing, buyer }: ProblemData,
  granularityHours: number,
  { horizonHours, at }: Walk,
  { term }: Offering,
): string[] {
  const notes: string[] = [];
  if (horizonHours < TERM_HOURS[term]) {
    notes.push(
      `Each purchase is judged by ${horizonHours} hours, not by the ${TERM_HOURS[term]} of its term: the history holds no more.`,
    );
  }
  if (at.length < FEW) {
    notes.push(
      `${at.length} decisions, on hours that overlap: too few to tell how often a loss comes. Read the figures as examples.`,
    );
  }
  if (granularityHours > 1) {
    notes.push(
      "The export is not hourly: its hours were spread evenly, so every saving here is an upper bound.",
    );
  }
  if (pastOwned.length > 0)
    notes.push("Plans that are owned are left out: each decision is the first purchase.");
  if (sharing.mode === "off")
    notes.push(`Plans are not shared between accounts, so only account ${buyer} counts.`);
  return notes;
}

export function decisionOf(
  { at, spendUsd, hindsight, rules, ours }: Decision,
  from: number,
): BacktestDecision {
  return {
    at: isoHour(from + at),
    spendUsd,
    hindsight,
    choices: [
      ...ours.map(({ riskAversion, commitmentUsdPerHour, saved }) => ({
        rule: "sageplan",
        riskAversion,
        commitmentUsdPerHour,
        saved,
      })),
      ...rules.map((rule) => ({ riskAversion: null, ...rule })),
    ],
  };
}
