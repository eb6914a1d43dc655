/** Arrays in memory that threads share: sent to one they are not copied. Where there is none, as in a page, plain ones. */

type Bytes = ArrayBuffer | SharedArrayBuffer;

const bytesOf = (count: number): Bytes =>
  typeof SharedArrayBuffer === "undefined" ? new ArrayBuffer(count) : new SharedArrayBuffer(count);

export const sharedFloats = (length: number): Float64Array =>
  new Float64Array(bytesOf(length * Float64Array.BYTES_PER_ELEMENT));

export const sharedInts = (length: number): Int32Array =>
  new Int32Array(bytesOf(length * Int32Array.BYTES_PER_ELEMENT));
