/**
 * Exact money: picodollars (10⁻¹² USD) in a bigint, the scale of the DECIMAL(38,12) sums that the SQL makes.
 * Sums of these reconcile to a bill to the last digit; doubles do not.
 */
export type Picodollars = bigint;

const PICO = 1_000_000_000_000n;

/** `-12.345`: the exact decimal, without trailing zeros. */
export function decimalText(pico: Picodollars): string {
  const sign = pico < 0n ? "-" : "";
  const abs = pico < 0n ? -pico : pico;
  const fraction = (abs % PICO).toString().padStart(12, "0").replace(/0+$/, "");
  return `${sign}${abs / PICO}${fraction && `.${fraction}`}`;
}

/** The double nearest to the exact amount, in USD. */
export const usdOf = (pico: Picodollars): number => Number(decimalText(pico));

export const sumPico = (amounts: Iterable<Picodollars>): Picodollars => {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
};

/** Digits of an exact amount beyond which no bill goes; an exponent outside is a mistake. */
const MOST_EXPONENT = 30;

/**
 * Plain or exponent decimals (`-1.5`, `4.172E-7`) → picodollars, the thirteenth decimal rounded half away from zero.
 * null: no such number (`NaN`, `Infinity`, thousands separators, hexadecimal, nothing).
 */
export function picoOfText(text: string): Picodollars | null {
  const [, sign, whole, fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  if (whole === undefined || Math.abs(Number(exponent)) > MOST_EXPONENT) return null;
  const digits = BigInt(whole + fraction);
  const shift = 12 - fraction.length + Number(exponent);
  const abs = shift >= 0 ? digits * 10n ** BigInt(shift) : rounded(digits, 10n ** BigInt(-shift));
  return sign === "-" ? -abs : abs;
}

const rounded = (part: bigint, whole: bigint): bigint => (part + whole / 2n) / whole;
