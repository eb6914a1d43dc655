/** What must hold of futures as a whole before their hours are summed. */
import type { Cell, QueryEngine } from "../../engine/query-engine.ts";
import { SageplanError } from "../../domain/error.ts";
import { isoHour, type Hour, type HourSpan } from "../../domain/hour.ts";
import { decimalText, sumPico } from "../../domain/money.ts";
import { firstFault, viewNumbered } from "../exports/row-faults.ts";
import { emptyFutures } from "./file.ts";
import type { Source } from "../exports/export-select.ts";
import { sqlFile } from "../files/sql-file.ts";

/** A scenario as its rows tell it. */
export interface ToldScenario {
  name: string;
  rows: number;
  faults: number;
  firstHour: number;
  lastHour: number;
  /** In 10⁻¹²; the least and the greatest that its rows say. */
  leastProbability: bigint;
  greatestProbability: bigint;
}

/** Where the engine and a fault find the rows. */
export interface FuturesRead {
  engine: QueryEngine;
  source: Source;
  path: string;
}

const ONE = 1_000_000_000_000n;
/** 10⁻⁶: three scenarios of 0.333333 each are meant to be all. */
const SUM_TOLERANCE = 1_000_000n;
const LONGEST_YEARS = 10;
const LONGEST_HOURS = LONGEST_YEARS * 8_766;
/** 600 MB of hour numbers and growth alone. */
const MOST_SCENARIO_HOURS = 50_000_000;
/** 2.4 GB of dollars and usage. */
const MOST_ROWS = 100_000_000;

/**
 * Sound rows, at least one; one probability for each scenario; a sum of 1; a span and a size that can be meant.
 * @returns the span that the rows lie in
 * @throws SageplanError `empty-file`; `bad-value` naming what was found, where, and what to do
 */
export async function requireSoundFutures(
  read: FuturesRead,
  scenarios: readonly ToldScenario[],
): Promise<HourSpan> {
  if (scenarios.length === 0) throw emptyFutures(read.path, "has a header and no rows");
  const faults = scenarios.reduce((sum, scenario) => sum + scenario.faults, 0);
  if (faults > 0) {
    throw new SageplanError(
      "bad-value",
      `${await firstFault(read.engine, "futures", read.source)}${faults > 1 ? ` (${faults} rows can't be read)` : ""}. ` +
        "Correct it where the file is made.",
    );
  }
  const torn = scenarios.find((scenario) => scenario.leastProbability !== scenario.greatestProbability);
  if (torn) throw await twoProbabilities(read, torn.name);
  requireSumOfOne(read.path, scenarios);
  const span = {
    from: scenarios.reduce((least, { firstHour }) => Math.min(least, firstHour), Infinity),
    to: scenarios.reduce((greatest, { lastHour }) => Math.max(greatest, lastHour), -Infinity) + 1,
  };
  if (span.to - span.from > LONGEST_HOURS) throw await tooLong(read, span);
  requireSize(read.path, scenarios, span);
  return span;
}

async function twoProbabilities(read: FuturesRead, name: string): Promise<SageplanError> {
  await viewNumbered(read.engine, "futures", read.source);
  const said = await read.engine.rows(sqlFile("futures_probabilities"), [name]);
  const [first, second] = said.map(
    (row) => `${decimalText(row.probability as bigint)}${rowText(row.source_row)}`,
  );
  return new SageplanError(
    "bad-value",
    `${read.path}, column probability: scenario ${JSON.stringify(name)} has ${said.length} probabilities, ${first} and ${second}, ` +
      "expected one. It is the scenario's probability, not the row's: write the same on each of its rows.",
  );
}

function requireSumOfOne(path: string, scenarios: readonly ToldScenario[]): void {
  const sum = sumPico(scenarios.map(({ leastProbability }) => leastProbability));
  const off = sum > ONE ? sum - ONE : ONE - sum;
  if (off <= SUM_TOLERANCE) return;
  const shown = scenarios
    .slice(0, 4)
    .map(({ name, leastProbability }) => `${JSON.stringify(name)} ${decimalText(leastProbability)}`);
  throw new SageplanError(
    "bad-value",
    `${path}, column probability: the ${scenarios.length === 1 ? "one scenario adds" : `${scenarios.length} scenarios add`} up to ` +
      `${decimalText(sum)} (${shown.join(", ")}${scenarios.length > shown.length ? ", …" : ""}), expected 1 within 0.000001. ` +
      `Correct them; scenarios that are equally probable each have ${decimalText(ONE / BigInt(scenarios.length))}.`,
  );
}

async function tooLong(read: FuturesRead, span: HourSpan): Promise<SageplanError> {
  await viewNumbered(read.engine, "futures", read.source);
  const place = async (hour: Hour): Promise<string> => {
    const [row] = await read.engine.rows(sqlFile("futures_row_of_hour"), [hour]);
    return `${isoHour(hour)}${rowText(row?.source_row)}`;
  };
  const first = await place(span.from);
  const last = await place(span.to - 1);
  return new SageplanError(
    "bad-value",
    `${read.path}, column usage_hour: its hours reach from ${first} to ${last}, more than ${LONGEST_YEARS} years, so one of these ` +
      "dates is probably wrong. Correct it; scenarios need not reach beyond a plan's term of 3 years.",
  );
}

/** Rows of a CSV with multi-line records have no numbers. */
const rowText = (row: Cell | undefined): string => (typeof row === "number" ? ` (row ${row})` : "");

const grouped = (count: number): string => count.toLocaleString("en-US");

function requireSize(path: string, scenarios: readonly ToldScenario[], span: HourSpan): void {
  const hours = span.to - span.from;
  const rows = scenarios.reduce((sum, scenario) => sum + scenario.rows, 0);
  const scenarioHours = scenarios.length * hours;
  if (scenarioHours <= MOST_SCENARIO_HOURS && rows <= MOST_ROWS) return;
  const found =
    scenarioHours > MOST_SCENARIO_HOURS
      ? `${grouped(scenarios.length)} scenarios of ${grouped(hours)} hours are ${grouped(scenarioHours)} scenario-hours, at most ` +
        `${grouped(MOST_SCENARIO_HOURS)} are read`
      : `it has ${grouped(rows)} rows, at most ${grouped(MOST_ROWS)} are read`;
  throw new SageplanError(
    "bad-value",
    `${path}: ${found}. Keep fewer scenarios (a few hundred usually say as much), fewer hours, or add up what shares a usage type.`,
  );
}
