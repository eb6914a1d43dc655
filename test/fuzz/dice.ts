/** Draws of a seeded generator: the same seed, kind and number make the same case, on every machine. */
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

export class Dice {
  readonly #random: RandomGenerator;

  constructor(seed: number, kind: string, number: number) {
    // FNV-1a: cases of neighbouring numbers must not look alike.
    let hash = 0x811c9dc5;
    for (const character of `${seed} ${kind} ${number}`)
      hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
    this.#random = xoroshiro128plus(hash);
  }

  /** A whole number from 0 to `count` - 1. */
  below(count: number): number {
    return uniformInt(this.#random, 0, count - 1);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  shuffled<T>(list: readonly T[]): T[] {
    const copy = [...list];
    for (let n = copy.length - 1; n > 0; n -= 1) {
      const other = this.below(n + 1);
      [copy[n], copy[other]] = [copy[other]!, copy[n]!];
    }
    return copy;
  }
}
