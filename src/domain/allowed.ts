import type { PaymentOption, Term } from "./offering.ts";

export interface Allowed {
  term: Term | "any";
  payment: PaymentOption | "any";
}
