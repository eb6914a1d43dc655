/** Readers of option values: each returns what the verb takes, or says what is expected. */
import { InvalidArgumentError } from "commander";
import type { Pull } from "../index.ts";

const DATE = /^(\d{4}-\d\d-\d\d)(?:T(\d\d)(?::00(?::00(?:\.0+)?)?)?Z)?$/;

/** A day, or an hour in UTC, as `2026-07-01T05:00:00Z`. */
export function instantValue(text: string): string {
  const [, day, hour = "00"] = DATE.exec(text) ?? [];
  const iso = `${day}T${hour}:00:00.000Z`;
  const time = Date.parse(iso);
  // Date.parse takes 31 February for 3 March.
  if (day === undefined || Number.isNaN(time) || new Date(time).toISOString() !== iso) {
    throw new InvalidArgumentError("Expected a day (2026-07-01) or an hour in UTC (2026-07-01T05:00:00Z).");
  }
  return iso.replace(".000Z", "Z");
}

/** Plain digits with a dot: no sign, exponent, separator or unit. NaN for anything else. */
const plain = (text: string): number => (/^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN);

const belowOne = (share: number): boolean => share >= 0 && share < 1;
const atMostOne = (share: number): boolean => share >= 0 && share <= 1;

/** A reader of numbers that fit, and the sentence for those that do not. */
const numberValue =
  (fits: (value: number) => boolean, expected: string) =>
  (text: string): number => {
    const value = plain(text);
    if (!fits(value)) throw new InvalidArgumentError(expected);
    return value;
  };

export const discountValue = numberValue(
  belowOne,
  "Expected a share from 0 up to, but not, 1: 0.12 for 12%.",
);

export const riskAversionValue = numberValue(
  atMostOne,
  "Expected a weight from 0 (only the mean saving counts) to 1 (only the worst futures count).",
);

export const tailValue = numberValue(
  belowOne,
  "Expected a share from 0 up to, but not, 1: 0.9 looks at the worst tenth of the futures.",
);

export const utilizationValue = numberValue(
  atMostOne,
  "Expected a share from 0 to 1: 0.8 for 80% of the new commitment.",
);

export const discountRateValue = numberValue(
  belowOne,
  "Expected a yearly rate from 0 up to, but not, 1: 0.08 for 8% a year.",
);

export const commitmentLimitValue = numberValue(
  (usdPerHour) => usdPerHour >= 0,
  "Expected dollars per hour at Savings Plans rates, 0 or more, in plain digits: 12.5.",
);

export const upfrontLimitValue = numberValue(
  (usd) => usd >= 0,
  "Expected dollars, 0 or more, in plain digits: 10000.",
);

export const ladderValue = numberValue(
  (count) => Number.isInteger(count) && count >= 2 && count <= 12,
  "Expected a whole number of monthly tranches from 2 to 12.",
);

/** A size that the query engine understands. */
export function memoryValue(text: string): string {
  if (!/^(?!0+(\.0+)?\s*[KMGT])\d+(\.\d+)?\s*[KMGT]i?B$/i.test(text)) {
    throw new InvalidArgumentError("Expected a size such as 512MB or 4GB.");
  }
  return text;
}

export function tablePathValue(text: string): string {
  if (!/\.(csv|parquet)$/i.test(text)) {
    throw new InvalidArgumentError("Expected a file name that ends in .csv or .parquet.");
  }
  return text;
}

/** `bootstrap`, `history`, or the path of a file of futures. */
export function futuresValue(text: string): string {
  if (text === "") {
    throw new InvalidArgumentError("Expected bootstrap, history, or the path of a file of futures.");
  }
  return text;
}

const MOST_SCENARIOS = 2_000;

export const scenariosValue = numberValue(
  (count) => Number.isInteger(count) && count >= 10 && count <= MOST_SCENARIOS,
  `Expected a whole number from 10 to ${MOST_SCENARIOS}.`,
);

export const seedValue = numberValue(
  (seed) => Number.isInteger(seed) && seed < 2 ** 31,
  "Expected a whole number from 0 to 2147483647.",
);

/** A span of days or months. */
export function horizonValue(text: string): string {
  const [, count, unit] = /^(\d{1,4})(d|mo)$/.exec(text) ?? [];
  const months = Number(count) / (unit === "d" ? 365 / 12 : 1);
  if (!(months > 0 && months <= 36)) {
    throw new InvalidArgumentError("Expected days or months, 36 months at most: 60d or 12mo.");
  }
  return text;
}

/** A yearly rate that may be negative. */
export function growthValue(text: string): number {
  const rate = text.startsWith("-") ? -plain(text.slice(1)) : plain(text);
  if (!(rate > -1 && rate <= 10)) {
    throw new InvalidArgumentError(
      "Expected a yearly rate above -1: 0.25 for 25% a year, -0.1 for 10% less.",
    );
  }
  return rate;
}

export const leastSavingValue = numberValue(
  belowOne,
  "Expected a share from 0 up to, but not, 1: 0.01 for 1% of what eligible usage costs.",
);

export const waitValue = numberValue(
  (seconds) => Number.isInteger(seconds) && seconds <= 86_400,
  "Expected whole seconds from 0 to 86400.",
);

export const atLeastOneValue = numberValue(
  (count) => Number.isInteger(count) && count >= 1,
  "Expected a whole number, 1 or more.",
);

export function httpValue(text: string): string {
  if (!/^https?:\/\/[^\s/]+(\/\S*)?$/.test(text)) {
    throw new InvalidArgumentError("Expected an address, as https://prices.example.com.");
  }
  return text;
}

const QUESTIONS = [
  "rates",
  "plans",
  "price-list",
  "usage",
  "utilization",
  "coverage",
  "recommendation",
] as const satisfies readonly Pull[];

/** What `pull` takes. */
export const PULLED = ["all", ...QUESTIONS];

export function pullsValue(text: string, before: Pull[] = []): Pull[] {
  const named = QUESTIONS.filter((each) => text === "all" || each === text);
  if (named.length === 0) throw new InvalidArgumentError(`Expected one of ${PULLED.join(", ")}.`);
  return [...new Set([...before, ...named])];
}

export function s3Value(text: string): string {
  if (!/^s3:\/\/[^\s/]+(\/\S*)?$/.test(text)) {
    throw new InvalidArgumentError("Expected a place in S3, as s3://bucket/prefix/.");
  }
  return text;
}

/** `headroom=likely` → which of headroom's findings are taken to be done. */
export function assumeValue(text: string): "none" | "likely" | "all" {
  const [, world] = /^headroom=(none|likely|all)$/.exec(text) ?? [];
  if (world === undefined) {
    throw new InvalidArgumentError("Expected headroom=none, headroom=likely or headroom=all.");
  }
  return world as "none" | "likely" | "all";
}

export const safeLossValue = numberValue(
  belowOne,
  "Expected a probability from 0 up to, but not, 1: 0.05 for 5%.",
);

export const targetUtilizationValue = numberValue(
  (share) => share > 0 && share <= 1,
  "Expected a share above 0, up to 1: 0.6 for 60% busy.",
);
