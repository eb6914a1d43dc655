/** What happens to the values of a JSON document. */
import type { Dice } from "./dice.ts";
import { HOSTILE } from "./hostile.ts";

type Holder = Record<string, unknown> | unknown[];

const isHolder = (value: unknown): value is Holder => typeof value === "object" && value !== null;

function holdersOf(value: unknown): Holder[] {
  return isHolder(value) ? [value, ...Object.values(value).flatMap(holdersOf)] : [];
}

const ODD: readonly unknown[] = [null, true, 0, -1, 1e308, 1e-300, 2 ** 53, [], {}, [[]], ...HOSTILE];

/** Stands for a value nested deeper than the call stack, which JSON.stringify can't write. */
const DEEP = "@deep@";
const DEEPLY = `${"[".repeat(20_000)}1${"]".repeat(20_000)}`;

/** The document's text with one to three values replaced, taken away or doubled. */
export function mutatedJson(document: unknown, dice: Dice): string {
  const copy: unknown = structuredClone(document);
  for (let left = dice.below(3); left >= 0; left -= 1) {
    const holders = holdersOf(copy).filter((holder) => Object.keys(holder).length > 0);
    if (holders.length > 0) change(dice.pick(holders), dice);
  }
  return JSON.stringify(copy).replaceAll(JSON.stringify(DEEP), DEEPLY);
}

function change(holder: Holder, dice: Dice): void {
  const values = holder as Record<string, unknown>;
  const key = dice.pick(Object.keys(holder));
  const what = dice.below(12);
  if (what < 8) values[key] = dice.pick(ODD);
  else if (what === 8) values[key] = DEEP;
  else if (what === 9 && Array.isArray(holder)) holder.push(structuredClone(values[key]));
  else if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else if (what === 10) values[dice.pick(HOSTILE)] = values[key];
  else delete values[key];
}
