/**
 * What a purchase problem was made from, as far as documents and findings show it. It stands beside the problem, and
 * neither holds the other: evaluation and search ask for the problem alone.
 */
import type { Agreement } from "../domain/documents/inspection.ts";
import type { Assumed } from "../domain/assumed.ts";
import type { Billing } from "../domain/billing.ts";
import type { History } from "../domain/documents/history.ts";
import type { Recommendation } from "../domain/documents/recommendation.ts";
import type { Eligibility } from "../domain/eligibility.ts";
import type { DeclaredEvent } from "../domain/event.ts";
import type { InputFile } from "../domain/documents/provenance.ts";
import type { RatesInUse } from "../domain/rate-table.ts";
import type { HourlySpend } from "../domain/usage.ts";

export interface PurchaseInputs {
  billing: Billing;
  /** The hours that count, and their rates. */
  spend: HourlySpend;
  rates: RatesInUse;
  /** All hours that were read, and the rates for them. */
  allSpend: HourlySpend;
  allRates: RatesInUse;
  /** `[sku of the spend]` */
  eligibility: Eligibility[];
  history: History;
  /** The user's own scenarios, on the same list of items; null without them. */
  futuresSpend: HourlySpend | null;
  futuresInput: InputFile | null;
  /** What sampled scenarios assume; null when nothing is sampled. */
  assumed: Assumed | null;
  /** What the user declared to come, taken into sampled scenarios. */
  events: readonly DeclaredEvent[];
  /** AWS's own rows against each other, and our replay of the owned plans against them: over all that was read. */
  agreements: Agreement[];
  discount: Recommendation["negotiatedDiscount"];
  /** Who says how plans are shared; `assumed`: nobody. */
  sharingSource: "option" | "bill" | "assumed";
}
