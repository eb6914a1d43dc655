/** Numbers and lines for people. */
import stringWidth from "string-width";

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ",");

/** `12,345.60`: fixed decimals, thousands separators, never an exponent; `n/a` for what is not a number. */
export function decimal(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return "n/a";
  const [whole = "0", fraction] = Math.abs(value).toFixed(decimals).split(".");
  const text = fraction === undefined ? grouped(whole) : `${grouped(whole)}.${fraction}`;
  return value < 0 && /[1-9]/.test(text) ? `-${text}` : text;
}

/** A share of 1 as `12.3%`. */
export const percent = (share: number, decimals = 1): string =>
  Number.isFinite(share) ? `${decimal(share * 100, decimals)}%` : "n/a";

/** Up to this probability, how people say it: what was told so far is too rough for more (`docs/futures.md`). */
const CHANCES: readonly [most: number, words: string][] = [
  [0.01, "very unlikely"],
  [0.05, "unlikely"],
  [0.2, "possible"],
  [0.5, "a real risk"],
  [1, "likely"],
];

/** With none of N seen, a probability above 3 ÷ N would have shown in nineteen of twenty samples. */
const RULE_OF_THREE = 3;

/** `unlikely (4 of 200 futures)`: a percentage alone would be read as odds. `isSampled`: each future is as likely. */
export function chanceInWords(probability: number, futures: number, isSampled: boolean): string {
  const words = CHANCES.find(([most]) => probability <= most)?.[1] ?? "likely";
  if (!isSampled) return `${words} (${percent(probability)})`;
  const seen = Math.round(probability * futures);
  const under = shareText(Math.min(1, RULE_OF_THREE / futures));
  return seen === 0
    ? `not seen (0 of ${futures} scenarios: under ${under})`
    : `${words} (${seen} of ${futures} scenarios)`;
}

/** A share of 1 with no more digits than it has: `8%`, `2.5%`. */
export const shareText = (share: number): string => `${Number((share * 100).toFixed(3))}%`;

/** A count with its unit: `1 hour`, `2,160 hours`. */
export const count = (value: number, unit: string): string =>
  `${decimal(value, 0)} ${unit}${value === 1 ? "" : "s"}`;

/** `2026-10-01 05:00` of an ISO 8601 instant in UTC; the time is left out at midnight. */
export const instant = (iso: string): string =>
  iso.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*$/, (_, date: string, time: string) =>
    time === "00:00" ? date : `${date} ${time}`,
  );

/** Pieces of at most `room` columns; what a reader sees as one character stays whole. */
function pieces(text: string, room: number): string[] {
  const found: string[] = [];
  let piece = "";
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (piece !== "" && stringWidth(piece + segment) > room) {
      found.push(piece);
      piece = "";
    }
    piece += segment;
  }
  return [...found, piece];
}

/**
 * The pieces that a word may be broken into: none, unless it is longer than a line; then after slashes, else anywhere.
 */
const breakable = (word: string, room: number): string[] =>
  stringWidth(word) <= room
    ? [word]
    : (word.match(/[^/]*\/|[^/]+$/gu) ?? []).flatMap((part) => pieces(part, room));

/** Lines of at most `width` columns, each after `indent` (the first after `first`). */
export function wrap(text: string, width: number, indent = "", first = indent): string[] {
  const room = Math.max(20, width - stringWidth(indent));
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").filter(Boolean)) {
    for (const [n, piece] of breakable(word, room).entries()) {
      const joined = line === "" || n > 0 ? line + piece : `${line} ${piece}`;
      if (stringWidth(joined) <= room) {
        line = joined;
      } else {
        lines.push(line);
        line = piece;
      }
    }
  }
  if (line !== "") lines.push(line);
  return lines.map((content, index) => (index === 0 ? first : indent) + content);
}

/** At most `room` columns; what was cut is marked. */
export const cut = (text: string, room: number): string =>
  stringWidth(text) <= room ? text : `${pieces(text, room - 1)[0]}…`;
