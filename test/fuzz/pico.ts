/** A decimal number as a whole number of picodollars; null where it is none, or finer than that. */
export function picoOf(text: string): bigint | null {
  const [, sign, whole, fraction = "", exponent = "0"] =
    /^(-?)(\d{1,40})(?:\.(\d{1,30}))?(?:[eE]([+-]?\d{1,2}))?$/.exec(text) ?? [];
  if (whole === undefined) return null;
  const scale = 12 + Number(exponent) - fraction.length;
  const digits = BigInt(whole + fraction);
  const divisor = scale < 0 ? 10n ** BigInt(-scale) : 1n;
  if (digits % divisor !== 0n) return null;
  const pico = scale < 0 ? digits / divisor : digits * 10n ** BigInt(scale);
  return sign === "-" ? -pico : pico;
}
