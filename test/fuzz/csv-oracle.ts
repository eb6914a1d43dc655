/** A slow, obvious reading of an export: what its SageMaker rows bill, in picodollars; null where a row does not say plainly. */
import { isUtf8 } from "node:buffer";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { picoOf } from "./pico.ts";
import type { Table } from "./csv-text.ts";

/** Where a format says what it sells and what it bills; `less` is to be taken away. */
export interface Spelling {
  product?: string;
  cost: string;
  less?: string;
}

/** Words for nothing: FOCUS then says it by the service's name. */
const NO_PRODUCT = new Set(["", "NULL", "\\N", "nan", "NaN", "None"]);
const SAGEMAKER = new Set(["AmazonSageMaker", "MachineLearningSavingsPlans"]);

export function billedPico([header = [], ...rows]: Table, { product, cost, less }: Spelling): bigint | null {
  const at = (name: string | undefined): number => (name === undefined ? -1 : header.indexOf(name));
  const [productAt, costAt, lessAt] = [at(product), at(cost), at(less)];
  if (costAt < 0 || (product !== undefined && productAt < 0) || (less !== undefined && lessAt < 0))
    return null;
  let sum = 0n;
  for (const row of rows) {
    if (product === "x_ServiceCode" && NO_PRODUCT.has(row[productAt]!)) return null;
    if (product !== undefined && !SAGEMAKER.has(row[productAt]!)) continue;
    const billed = picoOf(row[costAt]!);
    const taken = less === undefined || row[lessAt] === "" ? 0n : picoOf(row[lessAt]!);
    if (billed === null || taken === null) return null;
    sum += billed - taken;
  }
  return sum;
}

/** The same of a file as it lies there, by another reader of CSV; null where that finds no table without fault, or no bill. */
export function billedOfBytes(bytes: Buffer, spellings: readonly Spelling[]): bigint | null {
  const text = textOf(bytes);
  if (text === null || /[\0\ufffd]/.test(text)) return null;
  let table: string[][];
  try {
    table = parse(text, { bom: true });
  } catch {
    return null;
  }
  const [header = []] = table;
  const isOnce = ({ product, cost }: Spelling): boolean =>
    [product, cost].every(
      (name) => name === undefined || header.filter((each) => each === name).length === 1,
    );
  const spelling = spellings.find(isOnce);
  return spelling === undefined ? null : billedPico(table, spelling);
}

function textOf(bytes: Buffer): string | null {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  try {
    const plain = isGzip ? gunzipSync(bytes, { maxOutputLength: 10_000_000 }) : bytes;
    if (plain[0] === 0xff && plain[1] === 0xfe)
      return new TextDecoder("utf-16le", { fatal: true }).decode(plain);
    return isUtf8(plain) ? plain.toString() : null;
  } catch {
    return null;
  }
}
