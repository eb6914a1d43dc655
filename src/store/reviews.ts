/** What earlier reviews told and what was decided since. All within a transaction. */
import type { Hindsight, ReviewRecord } from "../domain/documents/review.ts";
import type { Hour } from "../domain/hour.ts";
import type { StoreEngine } from "../engine/query-engine.ts";
import { record, recordAt, recordBefore, recordsBefore } from "./memory.ts";

/** A review of usage that ended at `usageUntil`. */
interface EarlierReview {
  usageUntil: Hour;
  told: ReviewRecord;
}

/** What earlier reviews left to the review of usage that ended at `until`. */
export interface Earlier {
  /** The newest of them; null: none. */
  before: EarlierReview | null;
  /** What was told of its decision. */
  decision: string | null;
  /** What came of those before it, oldest first. */
  hindsights: Hindsight[];
}

/** `decision`: what is told of the newest of them now. */
export async function reviewsBefore(engine: StoreEngine, until: Hour, decision?: string): Promise<Earlier> {
  const before = await recordBefore<ReviewRecord>(engine, "review", until);
  if (before === null) return { before, decision: null, hindsights: [] };
  const told = await recordAt<Hindsight>(engine, "decision", before.usageUntil);
  const older = await recordsBefore<Hindsight>(engine, "decision", before.usageUntil);
  return { before, decision: decision ?? told?.decision ?? null, hindsights: older.map((each) => each.told) };
}

/** Keeps the review of usage that ended at `until`, and what came of the one before. */
export async function recordReview(
  engine: StoreEngine,
  until: Hour,
  kept: ReviewRecord,
  before: EarlierReview | null,
  lastReview: Hindsight | null,
): Promise<void> {
  await record(engine, "review", until, kept);
  if (before && lastReview) await record(engine, "decision", before.usageUntil, lastReview);
}
