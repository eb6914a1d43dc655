/** Draws from one seed. The generator is pure-rand's xoroshiro128+; the distributions are the textbook's. */
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";

/** Numbers in [0, 1). */
export type Random = () => number;

export function randomOf(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  return () => uniformFloat64(generator);
}

/** Standard normal (Box and Muller 1958). */
export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** √(ν ÷ χ²_ν): a normal times this is Student's t with ν degrees of freedom. */
export function studentScale(random: Random, degrees: number): number {
  let chiSquare = 0;
  for (let n = 0; n < degrees; n++) chiSquare += normal(random) ** 2;
  return Math.sqrt(degrees / chiSquare);
}
