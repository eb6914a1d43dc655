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
