/** Kinds of columns, by what their numbers mean. */
import type { CsvColumn } from "./format.ts";

/** Sums of money, in USD to the cent. */
export const moneyColumn = (name: string): CsvColumn => ({ name, decimals: 2 });
/** Commitments, in USD per hour, as finely as AWS takes them. */
export const perHourColumn = (name: string): CsvColumn => ({ name, decimals: 5 });
/** Money of a single hour: fine enough that a year of it still adds up to the cent. */
export const ofHourColumn = (name: string): CsvColumn => ({ name, decimals: 6 });
/** Shares of 1. */
export const shareColumn = (name: string): CsvColumn => ({ name, decimals: 6 });
export const wholeColumn = (name: string): CsvColumn => ({ name, decimals: 0 });
export const textColumn = (name: string): CsvColumn => ({ name });
