/** Kinds of field that the documents are made of; each place says what it means there. */
import { z } from "zod";
import { PAYMENT_OPTIONS, TERMS } from "../offering.ts";

export const anyText = z.string();
export const trueOrFalse = z.boolean();
/** ISO 8601, UTC. */
export const instantText = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/);
export const exactDecimal = z.string().regex(/^-?\d+(\.\d+)?$/);

export const amount = z.number();
export const notNegative = z.number().min(0);
export const wholeNumber = z.int().min(0);
export const positiveWhole = z.int().min(1);
/** 0…1 */
export const fraction = z.number().min(0).max(1);
export const belowOne = z.number().min(0).lt(1);
/** A quotient of sums that should be at most 1. */
export const nearShare = (meaning: string): z.ZodNumber =>
  notNegative.describe(`${meaning} Share, 0…1 but for rounding in the last digits.`);

/** The one place that says so of every document. */
export const currency = anyText.describe(
  "Currency of all amounts, whatever their names end in: the bill's, ISO 4217.",
);

export const term = z.enum(TERMS);
export const paymentOption = z.enum(PAYMENT_OPTIONS);
