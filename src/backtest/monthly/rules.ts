/** What others would buy each month, from the history and from what is held: $/h at Savings Plans rates. */
import { demandSpan } from "../../domain/demand-span.ts";
import { DAY_HOURS } from "../../domain/paths.ts";
import { bestOver, easedMedianOf } from "../rules.ts";
import type { Months } from "./months.ts";
import { TERM_STEPS } from "./months.ts";

/** What is known when it is decided. */
export interface Known {
  months: Months;
  /** The month that begins. */
  month: number;
  /** `[month]` Bought before. */
  bought: Float64Array;
  /** $/h of the plans that are still active. */
  heldUsdPerHour: number;
}

export interface MonthlyRule {
  name: string;
  label: string;
  buys: (known: Known) => number;
}

/** AWS looks at 7, 30 or 60 days; where months are shorter, a month in place of 30 days, at least a week. */
const WEEK_DAYS = 7;
const MONTH_DAYS = 30;

function bestOfLast(days: number, { months, month }: Known): number {
  const { series, monthHours } = months;
  const history = demandSpan(series.demand, 0, month * monthHours);
  const scaled = (days / MONTH_DAYS) * Math.max(WEEK_DAYS, Math.min(MONTH_DAYS, monthHours / DAY_HOURS));
  return bestOver(scaled)(history, series.ratioOf);
}

const monthly = (known: Known): number => bestOfLast(30, known);
const lower = (known: Known): number => Math.min(monthly(known), bestOfLast(90, known));

const gapTo = (level: (known: Known) => number) => (known: Known) => level(known) - known.heldUsdPerHour;

function eased({ months: { series, monthHours }, month }: Known): number {
  return easedMedianOf(demandSpan(series.demand, 0, month * monthHours), series.ratioOf);
}

export const MONTHLY_RULES: readonly MonthlyRule[] = [
  {
    name: "aws-30d-yearly",
    label: "AWS's rule, last 30 days, once a year",
    buys: (known) => ((known.month - known.months.first) % TERM_STEPS === 0 ? monthly(known) : 0),
  },
  { name: "aws-30d-top-up", label: "AWS's rule, last 30 days, topped up", buys: gapTo(monthly) },
  { name: "lower-30d-90d-top-up", label: "lower of the last 30 and 90 days, topped up", buys: gapTo(lower) },
  {
    name: "half-gap",
    label: "half of the gap to AWS's rule, last 30 days",
    buys: (known) => gapTo(monthly)(known) / 2,
  },
  {
    name: "ladder-12",
    label: "a twelfth of AWS's rule, last 30 days, each month",
    buys: (known) => Math.min(monthly(known) / TERM_STEPS, gapTo(monthly)(known)),
  },
  {
    name: "median-1d-30d-top-up",
    label: "median of AWS's rule over 1 to 30 days, eased, topped up",
    buys: gapTo(eased),
  },
];
