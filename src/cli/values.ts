/** Readers of option values: each returns what the verb takes, or says what is expected. */
import { InvalidArgumentError } from "commander";

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

/** A share of 1, below 1. */
export function discountValue(text: string): number {
  const share = /^\d*\.?\d+$/.test(text) ? Number(text) : NaN;
  if (!(share >= 0 && share < 1)) {
    throw new InvalidArgumentError("Expected a share from 0 up to, but not, 1: 0.12 for 12%.");
  }
  return share;
}

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

export function futuresValue(text: string): "history" {
  if (text === "history") return text;
  throw new InvalidArgumentError(
    `Sampled futures (bootstrap) and futures from a file are not in this version yet. What exists: history, the past repeats exactly.`,
  );
}
