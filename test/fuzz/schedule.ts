/** Which case comes next: the kinds in turn, each as often as its share, so that a short run sees them all. */
import type { Asked } from "./messages.ts";

export function* scheduled(
  kinds: Readonly<Record<string, { share: number }>>,
  cases: number,
  seed: number,
): Generator<Asked, undefined> {
  const shares = Object.values(kinds).reduce((sum, { share }) => sum + share, 0);
  const turns = Object.entries(kinds).map(([kind, { share }]) => ({
    kind,
    every: shares / share,
    number: 0,
  }));
  for (let n = 0; n < cases; n += 1) {
    const due = ({ every, number }: (typeof turns)[number]): number => every * (number + 0.5);
    const turn = turns.reduce((a, b) => (due(b) < due(a) ? b : a));
    yield { kind: turn.kind, number: turn.number, seed };
    turn.number += 1;
  }
}
