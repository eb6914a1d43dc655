/** A history decided month by month → its part of the document. */
import type { MonthlyBacktest, MonthlyPolicy } from "../../domain/documents/backtest.ts";
import { SageplanError } from "../../domain/error.ts";
import { MONTH_HOURS, type Offering } from "../../domain/offering.ts";
import { DAY_HOURS } from "../../domain/paths.ts";
import type { Series } from "../decide.ts";
import { monthsOf, TERM_STEPS, type Book, type Months } from "./months.ts";

/** Three to look back on, and a term of twelve. */
const MONTHS_WANTED = 15;

/**
 * In AWS's months where the history has fifteen of them; else in fifteenths of it, and the term shrinks with them.
 * @throws SageplanError `wrong-call` for a term that no history holds, and for a history of less than fifteen days
 */
export function monthsIn(series: Series, { term }: Offering): Months {
  if (term === "3yr") {
    throw new SageplanError(
      "wrong-call",
      "--monthly builds a book of 1-year plans: of plans of three years none would end within a history. Leave --term out.",
    );
  }
  const monthHours = Math.min(MONTH_HOURS, Math.floor(series.demand.hourCount / MONTHS_WANTED));
  if (monthHours < DAY_HOURS) {
    throw new SageplanError(
      "wrong-call",
      `The history has ${series.demand.hourCount} hours, and --monthly needs ${MONTHS_WANTED * DAY_HOURS}: fifteen months of a day each. Add older exports.`,
    );
  }
  return monthsOf(series, monthHours);
}

export function monthlyDocument(
  months: Months,
  books: readonly (Book & { riskAversion: number | null })[],
): MonthlyBacktest {
  const { monthHours, count, first, spendUsd } = months;
  const hindsightUsd = books.find(({ rule }) => rule === "hindsight")!.savedUsd;
  return {
    monthHours,
    months: count - first,
    onDemandUsd: spendUsd,
    policies: books.map(
      ({ rule, label, riskAversion, bought, savedUsd, savedUsdByMonth }): MonthlyPolicy => ({
        rule,
        label,
        riskAversion,
        boughtUsdPerHour: [...bought.subarray(first)],
        savedUsd,
        saved: spendUsd > 0 ? savedUsd / spendUsd : 0,
        captured: hindsightUsd > 0 ? savedUsd / hindsightUsd : null,
        monthsBelowZero: savedUsdByMonth.filter((usd) => usd < -DUST * spendUsd).length,
      }),
    ),
    notes:
      monthHours < MONTH_HOURS
        ? [
            `The history is shorter than fifteen months, so a month here is ${monthHours} hours and a plan lasts ${TERM_STEPS} of them: ` +
              "read it as a picture of the rules, not as what a year would bring.",
          ]
        : [],
  };
}

/** A saving below zero by less than this share of spend is a rounding. */
const DUST = 1e-9;
