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
    | { kind: "shutdown"; match: Match }
    /** To another family (`ml.g6`) or region (`USW2`), evenly from `from` to `to`; each dollar becomes `spendRatio`. */
    | { kind: "migration"; match: Match; target: string; spendRatio: number }
    /** Usage follows the week's rhythm of all usage, down to this share. */
    | { kind: "autoscaling"; match: Match; minimum: number }
    /** By a yearly rate, or at once by a factor. */
    | { kind: "growth"; match: Match; yearly: number | null; times: number | null }
  );

export const matches = (
  { usageType, account, region }: Match,
  sku: Sku,
  itemAccount: string | null,
): boolean =>
  (account === null || itemAccount === null || account === itemAccount) &&
  (region === null || region === sku.region) &&
  globOf(usageType).test(sku.usageType);

const globOf = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split("*")
      .map((part) => part.replaceAll(/[$()+.?[\\\]^{|}]/g, String.raw`\$&`))
      .join(".*")}$`,
  );
