/** What earlier reviews told and what was decided since. All within a transaction. */
import type { Hindsight, ReviewRecord } from "../domain/documents/review.ts";
import type { Hour } from "../domain/hour.ts";
import type { StoreEngine } from "../engine/query-engine.ts";
import { record, recordAt, recordBefore } from "./memory.ts";

/** A review of usage that ended at `usageUntil`. */
interface EarlierReview {
  usageUntil: Hour;
  told: ReviewRecord;
}

/** The newest review of usage that ended before `until`, and the decision that was told of it; null: none. */
export async function reviewBefore(
  engine: StoreEngine,
  until: Hour,
): Promise<{ before: EarlierReview | null; decision: string | null }> {
  const before = await recordBefore<ReviewRecord>(engine, "review", until);
  const told = before && (await recordAt<Hindsight>(engine, "decision", before.usageUntil));
  return { before, decision: told?.decision ?? null };
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
