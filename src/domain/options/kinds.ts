/** Kinds of option values: how each is written on the command line, its bounds, and what is refused. */
import { SageplanError } from "../error.ts";
import { isSpan } from "../horizon.ts";

export interface Kind<T> {
  /** Between the brackets of the help, `<share>`. Null: a switch, which takes no value. */
  unit: string | null;
  /** TypeScript's word for it: the library takes values as they are, the command line reads them. */
  type: string;
  choices?: readonly string[];
  /** Takes every word up to the next option. */
  isList?: boolean;
  /** What the option alone stands for; a value then follows `=`, for a word after it is no value. */
  alone?: string;
  /** Without it a text is taken as it is. `before`: of a list. @throws SageplanError `wrong-call` */
  read?(text: string, before?: T): T;
}

export const refusal = (expected: string): SageplanError => new SageplanError("wrong-call", expected);

export interface Bounds {
  least?: number;
  above?: number;
  most?: number;
  below?: number;
  isWhole?: boolean;
}

/** Plain digits with a dot: no exponent, separator or unit, and a sign only where the bounds allow one. */
export function number(unit: string, bounds: Bounds, expected: string): Kind<number> {
  const { least = -Infinity, above = -Infinity, most = Infinity, below = Infinity, isWhole = false } = bounds;
  const plain = Math.max(least, above) < 0 ? /^-?\d*\.?\d+$/ : /^\d*\.?\d+$/;
  const read = (text: string): number => {
    const value = plain.test(text) ? Number(text) : Number.NaN;
    const fits = value >= least && value > above && value <= most && value < below;
    if (!fits || (isWhole && !Number.isInteger(value))) throw refusal(expected);
    return value;
  };
  return { unit, type: "number", read };
}

/** A part of one, itself left out: `0.12` for 12 %. */
export const share = (expected: string): Kind<number> => number("share", { least: 0, below: 1 }, expected);

export const plainText = (unit: string): Kind<string> => ({ unit, type: "string" });

export const textLike = (unit: string, pattern: RegExp, expected: string): Kind<string> => ({
  unit,
  type: "string",
  read(given) {
    if (!pattern.test(given)) throw refusal(expected);
    return given;
  },
});

export const list = (unit: string): Kind<readonly string[]> => ({
  unit,
  type: "readonly string[]",
  isList: true,
});

/** A list on the command line; of a call one text too. */
export const oneOrMore = (unit: string): Kind<string | readonly string[]> => ({
  unit,
  type: "string | readonly string[]",
  isList: true,
});

export const choice = <const T extends string>(unit: string, of: readonly T[]): Kind<T> => ({
  unit,
  type: of.map((each) => `"${each}"`).join(" | "),
  choices: of,
});

export const flag: Kind<boolean> = { unit: null, type: "boolean" };

const INSTANT = /^(\d{4}-\d\d-\d\d)(?:T(\d\d)(?::00(?::00(?:\.0+)?)?)?Z)?$/;

/** A day, or an hour in UTC; read as `2026-07-01T05:00:00Z`. */
export const utcInstant: Kind<string> = {
  unit: "time",
  type: "string",
  read(given) {
    const [, day, hour = "00"] = INSTANT.exec(given) ?? [];
    const iso = `${day}T${hour}:00:00.000Z`;
    const time = Date.parse(iso);
    // Date.parse takes 31 February for 3 March.
    if (day === undefined || Number.isNaN(time) || new Date(time).toISOString() !== iso) {
      throw refusal("Expected a day (2026-07-01) or an hour in UTC (2026-07-01T05:00:00Z).");
    }
    return iso.replace(".000Z", "Z");
  },
};

/** Days or months, 36 months at most. */
export const span: Kind<string> = {
  unit: "span",
  type: "string",
  read(given) {
    if (!isSpan(given)) throw refusal("Expected days or months, 36 months at most: 60d or 12mo.");
    return given;
  },
};

export const address: Kind<string> = textLike(
  "url",
  /^https?:\/\/[^\s/]+(\/\S*)?$/,
  "Expected an address, as https://prices.example.com.",
);
