/** What a purchase problem is made from. */
import type { Agreement } from "../domain/documents/inspection.ts";
import type { Billing } from "../domain/billing.ts";
import type { History } from "../domain/documents/history.ts";
import type { Recommendation } from "../domain/documents/recommendation.ts";
import type { Eligibility } from "../domain/eligibility.ts";
import type { InputFile } from "../domain/documents/provenance.ts";
import type { RatesInUse } from "../domain/rate-table.ts";
import type { Situation } from "../domain/situation.ts";
import type { HourlySpend } from "../domain/usage.ts";

export interface Scene {
  billing: Billing;
  /** The hours that count. */
  spend: HourlySpend;
  rates: RatesInUse;
  /** All hours that were read, and the rates for them. */
  all: { spend: HourlySpend; rates: RatesInUse };
  eligibility: Eligibility[];
  history: History;
  situation: Situation;
  /** The spend of the user's own futures, on the same list of items; null when the past repeats. */
  supposed: HourlySpend | null;
  futuresInput: InputFile | null;
  /** AWS's own rows against each other, and our replay of the owned plans against them: over all that was read. */
  agreements: Agreement[];
  discount: Recommendation["negotiatedDiscount"];
}
