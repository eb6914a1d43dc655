/**
 * AWS restates a whole billing period with every delivery (CUR guide, "Cost and Usage Reports versions"), so a delivery replaces
 * what the store has of the same accounts' same period. The same bytes again change nothing; an older version changes nothing.
 */
import type { StoreEngine } from "../engine/query-engine.ts";
import { usdOf } from "../domain/money.ts";
import type { Taken } from "../domain/review.ts";

/** A delivery whose lines stand in `line` under its number. */
export interface Brought {
  number: number;
  /** Assembly id or execution folder; empty when the layout tells none. */
  version: string;
  /** Of all its files' bytes. */
  fingerprint: string;
  /** All that reading it told, to be had back. */
  told: unknown;
}

interface Stored {
  delivery: number;
  version: string;
  fingerprint: string;
  accounts: number;
}

/** Moves `line` into the store. Within a transaction. */
export async function takeDeliveries(engine: StoreEngine, brought: readonly Brought[]): Promise<Taken[]> {
  const [newest] = await engine.rows("SELECT COALESCE(MAX(delivery), -1) AS number FROM store.delivery");
  let number = Number(newest?.number);
  const taken: Taken[] = [];
  for (const delivery of brought) {
    number++;
    const periods = await engine.rows(
      "SELECT DISTINCT billing_period FROM line WHERE delivery = ? ORDER BY billing_period",
      [delivery.number],
    );
    for (const row of periods)
      taken.push(await takePeriod(engine, delivery, number, String(row.billing_period)));
  }
  return taken;
}

async function takePeriod(
  engine: StoreEngine,
  brought: Brought,
  number: number,
  billingPeriod: string,
): Promise<Taken> {
  const mine = [brought.number, billingPeriod];
  const [sums] = await engine.rows(
    `SELECT CAST(SUM(row_count) AS BIGINT) AS lines, ${USAGE_USD} AS on_demand_usd FROM line WHERE delivery = ? AND billing_period = ?`,
    mine,
  );
  const stored = (await engine.rows(SAME_ACCOUNTS, [...mine, billingPeriod])) as unknown as Stored[];
  const before = stored.length === 0 ? null : await usageUsd(engine, stored, billingPeriod);
  const told = {
    billingPeriod,
    version: brought.version,
    rows: Number(sums?.lines),
    onDemandUsd: usdOf(sums?.on_demand_usd as bigint),
    onDemandUsdBefore: before,
  };
  if (stored.length === 1 && stored[0]!.fingerprint === brought.fingerprint)
    return { ...told, state: "known" };
  const newer = stored.find(
    (each) => isDated(each.version) && isDated(brought.version) && each.version > brought.version,
  );
  if (newer) return { ...told, state: "older", onDemandUsd: before!, version: newer.version };
  for (const { delivery } of stored) {
    for (const table of ["line", "delivery"]) {
      await engine.change(`DELETE FROM store.${table} WHERE delivery = ? AND billing_period = ?`, [
        delivery,
        billingPeriod,
      ]);
    }
  }
  await engine.change(
    "INSERT INTO store.line SELECT CAST(? AS INTEGER) AS delivery, * EXCLUDE (delivery) FROM line WHERE delivery = ? AND billing_period = ?",
    [number, ...mine],
  );
  await engine.change("INSERT INTO store.delivery VALUES (?, ?, ?, ?, ?)", [
    number,
    billingPeriod,
    brought.version,
    brought.fingerprint,
    JSON.stringify(brought.told),
  ]);
  return { ...told, state: stored.length > 0 ? "restated" : "new" };
}

/** Execution folders begin with the time of their making. */
const isDated = (version: string): boolean => /^\d{4}-?\d{2}-?\d{2}T/.test(version);

const USAGE_USD =
  "CAST(COALESCE(SUM(on_demand_usd) FILTER (WHERE line_item_type IN ('Usage', 'SavingsPlanCoveredUsage')), 0) AS DECIMAL(38, 12))";

/** What the store has of the period's accounts. */
const SAME_ACCOUNTS = `
  SELECT delivery, ANY_VALUE(version) AS version, ANY_VALUE(fingerprint) AS fingerprint, COUNT(*) AS accounts
  FROM (SELECT DISTINCT payer_account_id, account_id FROM line WHERE delivery = ? AND billing_period = ?) AS mine
  JOIN (SELECT DISTINCT delivery, payer_account_id, account_id FROM store.line WHERE billing_period = ?) AS stored
    USING (payer_account_id, account_id)
  JOIN store.delivery USING (delivery)
  GROUP BY delivery
  ORDER BY delivery`;

async function usageUsd(
  engine: StoreEngine,
  stored: readonly Stored[],
  billingPeriod: string,
): Promise<number> {
  let usd = 0;
  for (const { delivery } of stored) {
    const [row] = await engine.rows(
      `SELECT ${USAGE_USD} AS on_demand_usd FROM store.line WHERE delivery = ? AND billing_period = ?`,
      [delivery, billingPeriod],
    );
    usd += usdOf(row?.on_demand_usd as bigint);
  }
  return usd;
}

/**
 * Makes `line` the store's lines of usage before `until`, deliveries numbered from 0; returns what was told of each, in that order.
 */
export async function viewLines(engine: StoreEngine, until: number): Promise<unknown[]> {
  const seen = `usage_hour < TIMESTAMP '1970-01-01 00:00:00' + ${Math.trunc(until)} * INTERVAL '1' HOUR`;
  await engine.drop("line");
  await engine.view(
    "seen_delivery",
    `SELECT delivery AS stored, CAST(ROW_NUMBER() OVER (ORDER BY delivery) - 1 AS INTEGER) AS delivery
     FROM (SELECT DISTINCT delivery FROM store.line WHERE ${seen}) AS used`,
  );
  await engine.view(
    "line",
    `SELECT seen_delivery.delivery, stored_line.* EXCLUDE (delivery)
     FROM store.line AS stored_line JOIN seen_delivery ON seen_delivery.stored = stored_line.delivery
     WHERE stored_line.${seen}`,
  );
  const rows = await engine.rows(
    `SELECT seen.delivery, ANY_VALUE(stored.told) AS told
     FROM seen_delivery AS seen JOIN store.delivery AS stored ON stored.delivery = seen.stored
     GROUP BY seen.delivery ORDER BY seen.delivery`,
  );
  return rows.map(({ told }) => JSON.parse(String(told)) as unknown);
}
