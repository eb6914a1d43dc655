/** The error of a figure over series: its spread when as many series are drawn anew, each with all that belongs to it. */
import { seededRandom } from "./fixtures/random.ts";

const DRAWS = 500;

/** `figuresOf`: of all that is drawn. Returns the standard error of each of its figures. */
export function errorsOverSeries<T>(
  all: readonly T[],
  seriesOf: (each: T) => string,
  figuresOf: (drawn: readonly T[]) => readonly number[],
): number[] {
  const random = seededRandom(1);
  const series = groups(all, seriesOf);
  const draws = Array.from({ length: DRAWS }, () =>
    figuresOf(series.flatMap(() => series[Math.floor(random() * series.length)]!)),
  );
  return draws[0]!.map((_, figure) => deviation(draws.map((each) => each[figure]!)));
}

/** In the order in which the keys come. */
export function groups<T>(all: readonly T[], keyOf: (each: T) => string): T[][] {
  const byKey = new Map<string, T[]>();
  for (const each of all) {
    const those = byKey.get(keyOf(each));
    if (those) those.push(each);
    else byKey.set(keyOf(each), [each]);
  }
  return [...byKey.values()];
}

export const mean = (all: readonly number[]): number => all.reduce((sum, each) => sum + each, 0) / all.length;

function deviation(all: readonly number[]): number {
  const middle = mean(all);
  return Math.sqrt(mean(all.map((each) => (each - middle) ** 2)));
}
