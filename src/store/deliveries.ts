/**
 * AWS restates a whole billing period with every delivery (CUR guide, "Cost and Usage Reports versions"), so a delivery
 * replaces what the store has of the same accounts' same period. The same bytes again change nothing; an older version
 * changes nothing.
 *
 * A review of an earlier instant must not see what was delivered later. A period is seen since it was first brought, or
 * since its own end, whichever is earlier; so a store that was filled at once can be reviewed as of any month.
 */
import type { StoreEngine } from "../engine/query-engine.ts";
import { hoursOfPeriod } from "../domain/billing-period.ts";
import { groupBy } from "../domain/group.ts";
import type { Hour } from "../domain/hour.ts";
import { usdOf } from "../domain/money.ts";
import type { Taken } from "../domain/documents/review.ts";

/** A delivery whose lines stand in `line` under its number. */
export interface BroughtDelivery {
  number: number;
  /** Assembly id or execution folder; empty when the layout tells none. */
  version: string;
  /** Of all its files' bytes. */
  fingerprint: string;
  /** Its billing periods, those without SageMaker lines too: that they were delivered is known then. */
  billingPeriods: readonly string[];
  /** All that reading it told, to be had back. */
  told: unknown;
}

interface Stored {
  delivery: number;
  since: number;
  version: string;
  fingerprint: string;
}

/** Takes the rows of `line` into the store, at hour `asOf`. Within a transaction. */
export async function takeDeliveries(
  engine: StoreEngine,
  brought: readonly BroughtDelivery[],
  asOf: Hour,
): Promise<Taken[]> {
  const [newest] = await engine.rows("SELECT COALESCE(MAX(delivery), -1) AS number FROM store.delivery");
  let number = Number(newest?.number);
  const taken: Taken[] = [];
  for (const delivery of brought) {
    number++;
    const rows = await engine.rows("SELECT DISTINCT billing_period FROM line WHERE delivery = ?", [
      delivery.number,
    ]);
    const periods = new Set([...rows.map((row) => String(row.billing_period)), ...delivery.billingPeriods]);
    for (const billingPeriod of [...periods].sort()) {
      taken.push(await takePeriod(engine, delivery, number, billingPeriod, asOf));
    }
  }
  return taken;
}

async function takePeriod(
  engine: StoreEngine,
  brought: BroughtDelivery,
  number: number,
  billingPeriod: string,
  asOf: Hour,
): Promise<Taken> {
  const mine = [brought.number, billingPeriod];
  const [sums] = await engine.rows(
    `SELECT CAST(SUM(row_count) AS BIGINT) AS lines, ${USAGE_USD} AS on_demand_usd FROM line WHERE delivery = ? AND billing_period = ?`,
    mine,
  );
  const rows = Number(sums?.lines ?? 0);
  const empty = (await engine.rows(WITHOUT_LINES, [billingPeriod])) as unknown as Stored[];
  const stored =
    rows === 0
      ? empty
      : ((await engine.rows(SAME_ACCOUNTS, [...mine, billingPeriod, billingPeriod])) as unknown as Stored[]);
  const before = stored.length === 0 ? null : await usageUsd(engine, stored, billingPeriod);
  const told = {
    billingPeriod,
    version: brought.version,
    rows,
    onDemandUsd: usdOf(sums?.on_demand_usd as bigint),
    onDemandUsdBefore: before,
    droppedAccounts: [],
  };
  const since = Math.min(asOf, endOf(billingPeriod), ...stored.map((each) => each.since));
  for (const { delivery } of stored.filter((each) => each.since > since)) {
    await engine.change("UPDATE store.delivery SET since = ? WHERE delivery = ? AND billing_period = ?", [
      since,
      delivery,
      billingPeriod,
    ]);
  }
  if (stored.length === 1 && stored[0]!.fingerprint === brought.fingerprint)
    return { ...told, state: "known" };
  const newer = stored.find(
    (each) => isDated(each.version) && isDated(brought.version) && each.version > brought.version,
  );
  if (newer) return { ...told, state: "older", onDemandUsd: before!, version: newer.version };
  const dropped = await droppedAccounts(engine, brought.number, stored, billingPeriod);
  // One without lines only said that its period was delivered.
  for (const { delivery } of [...stored, ...empty]) {
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
  await engine.change("INSERT INTO store.delivery VALUES (?, ?, ?, ?, ?, ?)", [
    number,
    billingPeriod,
    since,
    brought.version,
    brought.fingerprint,
    JSON.stringify(brought.told),
  ]);
  return { ...told, state: stored.length > 0 ? "restated" : "new", droppedAccounts: dropped };
}

/** `2026-10` → the first hour of November; never for a period that is spelled otherwise. */
const endOf = (billingPeriod: string): Hour => hoursOfPeriod(billingPeriod)?.to ?? Infinity;

/** Execution folders begin with the time of their making. */
const isDated = (version: string): boolean => /^\d{4}-?\d{2}-?\d{2}T/.test(version);

const USAGE_USD =
  "CAST(COALESCE(SUM(on_demand_usd) FILTER (WHERE line_item_type IN ('Usage', 'UsageCorrection', 'SavingsPlanCoveredUsage', 'SavingsPlanCoveredUsageCorrection')), 0) AS DECIMAL(38, 12))";

/** What the store has of the period that holds no line of SageMaker. */
const WITHOUT_LINES = `
  SELECT delivery, since, version, fingerprint
  FROM store.delivery AS known
  WHERE billing_period = ? AND NOT EXISTS (
    SELECT 1 FROM store.line AS stored
    WHERE stored.delivery = known.delivery AND stored.billing_period = known.billing_period)
  ORDER BY delivery`;

/** What the store has of the period's accounts. */
const SAME_ACCOUNTS = `
  SELECT delivery, ANY_VALUE(since) AS since, ANY_VALUE(version) AS version, ANY_VALUE(fingerprint) AS fingerprint
  FROM (SELECT DISTINCT payer_account_id, account_id FROM line WHERE delivery = ? AND billing_period = ?) AS mine
  JOIN (SELECT DISTINCT delivery, payer_account_id, account_id FROM store.line WHERE billing_period = ?) AS stored
    USING (payer_account_id, account_id)
  JOIN (SELECT * FROM store.delivery WHERE billing_period = ?) AS known USING (delivery)
  GROUP BY delivery
  ORDER BY delivery`;

/**
 * Accounts of the period that the store had from these deliveries and that the new one does not hold: their dollars go.
 */
async function droppedAccounts(
  engine: StoreEngine,
  brought: number,
  stored: readonly Stored[],
  billingPeriod: string,
): Promise<string[]> {
  const accounts = new Set<string>();
  for (const { delivery } of stored) {
    const rows = await engine.rows(
      `SELECT DISTINCT account_id FROM store.line WHERE delivery = ? AND billing_period = ?
       EXCEPT SELECT account_id FROM line WHERE delivery = ? AND billing_period = ?`,
      [delivery, billingPeriod, brought, billingPeriod],
    );
    for (const row of rows) accounts.add(String(row.account_id));
  }
  return [...accounts].sort();
}

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

/** What reading a delivery told, and those of its billing periods that no other has taken the place of. */
export interface KnownDelivery {
  told: unknown;
  billingPeriods: string[];
}

/**
 * Makes `line` the store's lines of usage before `until`, as far as they were seen by then, deliveries numbered from 0;
 * returns what is known of each, in that order.
 */
export async function viewLines(engine: StoreEngine, until: Hour): Promise<KnownDelivery[]> {
  const before = `usage_hour < TIMESTAMP '1970-01-01 00:00:00' + ${Math.trunc(until)} * INTERVAL '1' HOUR`;
  await engine.drop("line");
  await engine.view("known_delivery", `SELECT * FROM store.delivery WHERE since <= ${Math.trunc(until)}`);
  await engine.view(
    "seen_line",
    `SELECT stored_line.*
     FROM store.line AS stored_line
     JOIN known_delivery AS known
       ON known.delivery = stored_line.delivery AND known.billing_period = stored_line.billing_period
     WHERE stored_line.${before}`,
  );
  await engine.view(
    "seen_delivery",
    `SELECT delivery AS stored, CAST(ROW_NUMBER() OVER (ORDER BY delivery) - 1 AS INTEGER) AS delivery
     FROM (
       SELECT DISTINCT delivery FROM seen_line
       UNION
       SELECT delivery FROM known_delivery WHERE delivery NOT IN (SELECT delivery FROM store.line)
     ) AS used`,
  );
  await engine.view(
    "line",
    `SELECT seen_delivery.delivery, seen_line.* EXCLUDE (delivery)
     FROM seen_line JOIN seen_delivery ON seen_delivery.stored = seen_line.delivery`,
  );
  const rows = await engine.rows(
    `SELECT seen_delivery.delivery, known.told, known.billing_period
     FROM seen_delivery JOIN known_delivery AS known ON known.delivery = seen_delivery.stored
     ORDER BY seen_delivery.delivery, known.billing_period`,
  );
  return [...groupBy(rows, ({ delivery }) => delivery).values()].map((periods) => ({
    told: JSON.parse(String(periods[0]!.told)) as unknown,
    billingPeriods: periods.map(({ billing_period }) => String(billing_period)),
  }));
}
