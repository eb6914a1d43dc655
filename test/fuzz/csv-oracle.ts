/** A slow, obvious reading of an export: what its SageMaker rows bill, in picodollars; null where a row does not say plainly. */
import { picoOf } from "./pico.ts";
import type { Table } from "./csv-text.ts";

/** Where a format says what it sells and what it bills; `less` is to be taken away. */
export interface Spelling {
  product?: string;
  cost: string;
  less?: string;
}

const SAGEMAKER = new Set(["AmazonSageMaker", "MachineLearningSavingsPlans"]);

export function billedPico([header = [], ...rows]: Table, { product, cost, less }: Spelling): bigint | null {
  const at = (name: string | undefined): number => (name === undefined ? -1 : header.indexOf(name));
  const [productAt, costAt, lessAt] = [at(product), at(cost), at(less)];
  if (costAt < 0 || (product !== undefined && productAt < 0) || (less !== undefined && lessAt < 0))
    return null;
  let sum = 0n;
  for (const row of rows) {
    if (product !== undefined && !SAGEMAKER.has(row[productAt]!)) continue;
    const billed = picoOf(row[costAt]!);
    const taken = less === undefined || row[lessAt] === "" ? 0n : picoOf(row[lessAt]!);
    if (billed === null || taken === null) return null;
    sum += billed - taken;
  }
  return sum;
}
