/** Below so many keys, passes over bytes are faster than passes over 16 bits. */
const FEW = 0x2000;

/**
 * The indices of `keys` in ascending order of key; equal keys keep their order. Keys must be ≥ 0 and finite.
 *
 * Non-negative doubles sort like the 64-bit integers that their bits spell, so four counting passes of 16 bits do: a
 * year of hours has 876,000 breakpoints, which take 0.2–0.4 s here and 1.1 s with a comparator. Few keys take eight
 * passes of 8 bits: a pass counts 256 values then and not 65,536. (Node runs on little-endian machines only.)
 */
export function ascendingOrder(keys: Float64Array): Uint32Array {
  // Adding 0 turns −0 into 0, whose bits would otherwise sort last.
  const positive = keys.slice();
  let order = new Uint32Array(keys.length);
  for (let n = 0; n < keys.length; n++) {
    positive[n]! += 0;
    order[n] = n;
  }
  const isFew = keys.length < FEW;
  const digits = isFew ? new Uint8Array(positive.buffer) : new Uint16Array(positive.buffer);
  const passes = isFew ? 8 : 4;
  let next = new Uint32Array(keys.length);
  const place = new Uint32Array(isFew ? 0x100 : 0x1_0000);
  for (let digit = 0; digit < passes; digit++) {
    place.fill(0);
    for (let n = digit; n < digits.length; n += passes) place[digits[n]!]!++;
    let sum = 0;
    for (let value = 0; value < place.length; value++) {
      const count = place[value]!;
      place[value] = sum;
      sum += count;
    }
    for (let rank = 0; rank < order.length; rank++) {
      const n = order[rank]!;
      next[place[digits[passes * n + digit]!]!++] = n;
    }
    [order, next] = [next, order];
  }
  return order;
}
