export interface Eligibility {
  eligible: "yes" | "no" | "unconfirmed";
  /** For a person: `real-time inference`, `storage`. */
  reason: string;
}
