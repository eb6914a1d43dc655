/** The figures of a settled purchase, in the order of the dictionary. A figure more is a row more where these come from. */
import { EXPECTED_FIGURES } from "./expected-figures.ts";
import type { Figure, FigureSpec, FiguresOf } from "./figure.ts";
import { RISK_FIGURES } from "./risk-figures.ts";

/** A table of figures that people read. */
type PlaceName = "money" | "risk" | "whatIf" | "alternatives" | "offerings" | "sheet" | "summary";

const entriesOf = <K extends string>(specs: Readonly<Record<K, FigureSpec>>): [K, FigureSpec][] =>
  Object.entries(specs) as [K, FigureSpec][];

export const FIGURES: readonly Figure[] = [
  ...entriesOf(EXPECTED_FIGURES).map(([key, spec]) => ({
    ...spec,
    key: `expected.${key}`,
    valueOf: ({ expected }: FiguresOf) => expected[key] ?? null,
  })),
  ...entriesOf(RISK_FIGURES).map(([key, spec]) => ({
    ...spec,
    key: `risk.${key}`,
    valueOf: ({ risk }: FiguresOf) => risk[key],
  })),
];

/** Without a place of their own they stand behind the others. */
const LAST = 1_000;

export const byPlace = <T extends { at?: number }>(all: readonly T[]): T[] =>
  all.toSorted((a, b) => (a.at ?? LAST) - (b.at ?? LAST));

type Placed<P extends PlaceName> = { figure: Figure; at?: number } & NonNullable<Figure[P]>;

/** The figures that this table shows, in its order. `isRisky`: there are several futures. */
export const figuresIn = <P extends PlaceName>(place: P, isRisky: boolean): Placed<P>[] =>
  byPlace(
    FIGURES.flatMap((figure) => {
      const own = figure[place];
      return own === undefined || (figure.isSpread && !isRisky) ? [] : [{ ...own, figure } as Placed<P>];
    }),
  );
