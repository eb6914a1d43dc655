/**
 * The indices of `keys` in ascending order of key; equal keys keep their order. Keys must be ≥ 0 and finite.
 *
 * Non-negative doubles sort like the 64-bit integers that their bits spell, so four counting passes of 16 bits do: a
 * year of hours has 876,000 breakpoints, which take 0.2–0.4 s here and 1.1 s with a comparator. (Node runs on
 * little-endian machines only.)
 */
export function ascendingOrder(keys: Float64Array): Uint32Array {
  // Adding 0 turns −0 into 0, whose bits would otherwise sort last.
  const positive = keys.slice();
  let order = new Uint32Array(keys.length);
  for (let n = 0; n < keys.length; n++) {
    positive[n]! += 0;
    order[n] = n;
  }
  const digits = new Uint16Array(positive.buffer);
  let next = new Uint32Array(keys.length);
  const place = new Uint32Array(0x1_0000);
  for (let digit = 0; digit < 4; digit++) {
    place.fill(0);
    for (let n = digit; n < digits.length; n += 4) place[digits[n]!]!++;
    let sum = 0;
    for (let value = 0; value < place.length; value++) {
      const count = place[value]!;
      place[value] = sum;
      sum += count;
    }
    for (let rank = 0; rank < order.length; rank++) {
      const n = order[rank]!;
      next[place[digits[4 * n + digit]!]!++] = n;
    }
    [order, next] = [next, order];
  }
  return order;
}
