/** What a disk, a network or an editor does to the bytes of a file. */
import type { Dice } from "./dice.ts";

const insert = (bytes: Buffer, at: number, what: string | Buffer): Buffer =>
  Buffer.concat([bytes.subarray(0, at), Buffer.from(what as string), bytes.subarray(at)]);

const flipped = (bytes: Buffer, dice: Dice): Buffer => {
  const copy = Buffer.from(bytes);
  for (let left = dice.below(8); left >= 0; left -= 1) copy[dice.below(copy.length)]! ^= 1 << dice.below(8);
  return copy;
};

const BINARY: readonly ((bytes: Buffer, at: number, dice: Dice) => Buffer)[] = [
  (bytes, _, dice) => flipped(bytes, dice),
  (bytes, at) => bytes.subarray(0, at),
  (bytes, _, dice) => bytes.subarray(0, Math.max(0, bytes.length - dice.below(16))),
  (bytes, at, dice) => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + dice.below(100))]),
  (bytes, at, dice) => insert(bytes, at, Buffer.alloc(1 + dice.below(64))),
  (bytes) => Buffer.concat([bytes, Buffer.from("trailing")]),
];

const TEXTUAL: typeof BINARY = [
  ...BINARY,
  (bytes) => Buffer.from(`\ufeff${bytes.toString()}`, "utf16le"),
  (bytes, at) => insert(bytes, at, Buffer.from([0xe9, 0xff])),
  (bytes, at) => insert(bytes, at, '"'),
  (bytes, at) => insert(bytes, at, "\u001b[2J\u0007"),
  (bytes, at) => insert(bytes, at, "\r"),
  (bytes, at) => insert(bytes, at, "\ufeff"),
  (bytes, at) => insert(bytes, at, ",".repeat(5_000)),
  () => Buffer.alloc(0),
  () => Buffer.from("\n\n\n"),
  (bytes) => Buffer.from(bytes.toString().replaceAll(",", ";")),
  (bytes) => Buffer.from(bytes.toString().replaceAll("\n", "\r")),
  (bytes) => Buffer.from(bytes.toString().replaceAll(",", "\t")),
];

const hurt = (bytes: Buffer, dice: Dice, ways: typeof BINARY): Buffer =>
  dice.pick(ways)(bytes, dice.below(bytes.length + 1), dice);

export const hurtBinary = (bytes: Buffer, dice: Dice): Buffer => hurt(bytes, dice, BINARY);
export const hurtText = (bytes: Buffer, dice: Dice): Buffer => hurt(bytes, dice, TEXTUAL);
