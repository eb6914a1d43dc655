/**
 * Rate cards, inventories, reviews and decisions, each under the hour from which it counts. All within a transaction.
 */
import type { StoreEngine } from "../engine/query-engine.ts";
import type { Hour } from "../domain/hour.ts";

export type RememberedKind = "rate_card" | "inventory";

/** What counts at `hour`: the newest that was told by then; null when nothing was. */
export async function recall<T>(engine: StoreEngine, kind: RememberedKind, hour: Hour): Promise<T | null> {
  const [row] = await engine.rows(
    `SELECT told FROM store.${kind} WHERE since <= ? ORDER BY since DESC LIMIT 1`,
    [hour],
  );
  return row ? (JSON.parse(String(row.told)) as T) : null;
}

/** From `since` on. What counts already is not told again. */
export async function remember(
  engine: StoreEngine,
  kind: RememberedKind,
  since: Hour,
  fingerprint: string,
  told: unknown,
): Promise<void> {
  const [known] = await engine.rows(
    `SELECT fingerprint FROM store.${kind} WHERE since <= ? ORDER BY since DESC LIMIT 1`,
    [since],
  );
  if (known?.fingerprint === fingerprint) return;
  await engine.change(`DELETE FROM store.${kind} WHERE since = ?`, [since]);
  await engine.change(`INSERT INTO store.${kind} VALUES (?, ?, ?)`, [
    since,
    fingerprint,
    JSON.stringify(told),
  ]);
}

export type Recorded = "review" | "decision";

/** The newest record of usage that ended before `usageUntil`, null when there is none. */
export async function recordBefore<T>(
  engine: StoreEngine,
  kind: Recorded,
  usageUntil: Hour,
): Promise<{ usageUntil: Hour; told: T } | null> {
  const [row] = await engine.rows(
    `SELECT usage_until, told FROM store.${kind} WHERE usage_until < ? ORDER BY usage_until DESC LIMIT 1`,
    [usageUntil],
  );
  return row ? { usageUntil: Number(row.usage_until), told: JSON.parse(String(row.told)) as T } : null;
}

/** All records of usage that ended before `usageUntil`, oldest first. */
export async function recordsBefore<T>(
  engine: StoreEngine,
  kind: Recorded,
  usageUntil: Hour,
): Promise<{ usageUntil: Hour; told: T }[]> {
  const rows = await engine.rows(
    `SELECT usage_until, told FROM store.${kind} WHERE usage_until < ? ORDER BY usage_until`,
    [usageUntil],
  );
  return rows.map((row) => ({
    usageUntil: Number(row.usage_until),
    told: JSON.parse(String(row.told)) as T,
  }));
}

/** The record of usage that ended then. */
export async function recordAt<T>(engine: StoreEngine, kind: Recorded, usageUntil: Hour): Promise<T | null> {
  const [row] = await engine.rows(`SELECT told FROM store.${kind} WHERE usage_until = ?`, [usageUntil]);
  return row ? (JSON.parse(String(row.told)) as T) : null;
}

/** Under the end of the usage that it saw; one that was made anew takes the place of the first. */
export async function record(
  engine: StoreEngine,
  kind: Recorded,
  usageUntil: Hour,
  told: unknown,
): Promise<void> {
  const text = JSON.stringify(told);
  const [known] = await engine.rows(`SELECT told FROM store.${kind} WHERE usage_until = ?`, [usageUntil]);
  if (known?.told === text) return;
  await engine.change(`DELETE FROM store.${kind} WHERE usage_until = ?`, [usageUntil]);
  await engine.change(`INSERT INTO store.${kind} VALUES (?, ?)`, [usageUntil, text]);
}
