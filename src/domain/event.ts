import type { Hour } from "./hour.ts";
import type { Sku } from "./usage.ts";

/** Usage that an event is about: `*` in the usage type stands for anything. */
export interface Match {
  usageType: string;
  account: string | null;
  region: string | null;
}

interface Dated {
  /** First hour. */
  from: Hour;
  /** The hour after the last; null: for good. */
  to: Hour | null;
  /** Share of the futures in which it happens. */
  probability: number;
}

/**
 * Part of the usage that an event is about, such as one endpoint of several on the same instance type: this share of
 * each hour of the history. Events that name the same part are about the same usage, wherever an earlier one has moved
 * it.
 */
export interface Part {
  name: string;
  /** Above 0, up to 1. */
  share: number;
}

/** What the user knows to be coming. Money is On-Demand USD. */
export type DeclaredEvent = Dated &
  (
    | {
        kind: "launch";
        sku: Sku;
        account: string | null;
        usdPerHour: number;
        /** Usage whose rhythm it has; null: round the clock. */
        shapeOf: Match | null;
      }
    | { kind: "shutdown"; match: Match; part?: Part | undefined }
    /**
     * To another family (`ml.g6`), instance type (`ml.g6.12xlarge`) or region (`USW2`), evenly from `from` to `to`;
     * each dollar becomes `spendRatio`.
     */
    | { kind: "migration"; match: Match; part?: Part | undefined; target: string; spendRatio: number }
    /**
     * Usage follows the week's rhythm of all usage, down to this share; or `week`, the share that is kept in each of
     * the week's 168 hours, the first of which begins on Monday 00:00 UTC.
     */
    | {
        kind: "autoscaling";
        match: Match;
        part?: Part | undefined;
        minimum: number;
        week?: readonly number[] | undefined;
      }
    /** By a yearly rate, or at once by a factor. */
    | { kind: "growth"; match: Match; part?: Part | undefined; yearly: number | null; times: number | null }
  );

/** The part that an event is about; null: all that it matches. */
export const partOf = (event: DeclaredEvent): Part | null =>
  event.kind === "launch" ? null : (event.part ?? null);

export const matches = (
  { usageType, account, region }: Match,
  sku: Sku,
  itemAccount: string | null,
): boolean =>
  (account === null || itemAccount === null || account === itemAccount) &&
  (region === null || region === sku.region) &&
  matchesPattern(usageType, sku.usageType);

/** Each part between stars is looked for after the one before: linear, where a regular expression may go back for ever. */
function matchesPattern(pattern: string, text: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return text === first;
  const end = text.length - last.length;
  if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
