/** A slow, obvious reading of a legacy CUR: what its SageMaker rows bill, in picodollars; null where a row does not say plainly. */
export function billedPico(table: readonly (readonly string[])[]): bigint | null {
  const [header = [], ...rows] = table;
  const product = header.indexOf("lineItem/ProductCode");
  const cost = header.indexOf("lineItem/UnblendedCost");
  if (product < 0 || cost < 0) return null;
  let sum = 0n;
  for (const row of rows) {
    if (row[product] !== "AmazonSageMaker") continue;
    const [, whole, fraction = ""] = /^(\d+)(?:\.(\d{1,12}))?$/.exec(row[cost]!) ?? [];
    if (whole === undefined) return null;
    sum += BigInt(whole + fraction.padEnd(12, "0"));
  }
  return sum;
}
