/** Calls with hostile values for one or two options. */
import type { Dice } from "./dice.ts";
import { HOSTILE } from "./hostile.ts";

const words = (text: string): string[] => text.split(" ");

const HISTORY = words("from to rates");
const DECISION = words(
  "from to rates term payment lookback owned negotiated-discount futures scenarios seed horizon growth events risk-aversion " +
    "tail min-utilization max-commitment max-upfront discount-rate markdown",
);
const SAMPLED = words("--term 1yr --scenarios 10 --horizon 7d");

/** Each verb that decides, with what it needs to be quick, and its options. */
export const VERBS: Readonly<Record<string, { argv: string[]; options: readonly string[] }>> = {
  inspect: { argv: [], options: words("rates owned memory engine") },
  recommend: {
    argv: SAMPLED,
    options: [
      ...DECISION,
      ...words(
        "ladder compare-aws metrics metric-data-queries target-utilization assume safe-loss csv xlsx html",
      ),
    ],
  },
  simulate: {
    argv: [...SAMPLED, "--commitment", "1yr-no-upfront=1"],
    options: [...DECISION, ...words("commitment csv xlsx html")],
  },
  headroom: {
    argv: [],
    options: [...HISTORY, ...words("metrics metric-data-queries target-utilization events-out markdown")],
  },
  backtest: {
    argv: words("--scenarios 10 --window 1d --step 1d --horizon 1d"),
    options: [...HISTORY, ...words("term payment owned window step horizon seed tail csv")],
  },
  review: {
    // Without it the clock decides what is due.
    argv: [...SAMPLED, "--as-of", "2026-11-03"],
    options: [...DECISION, ...words("store as-of decision least-saving assume safe-loss ladder")],
  },
};

/** Values that some option takes, odd for the others. */
const KNOWN = [
  "0",
  "1",
  "0.5",
  "0.999999",
  "2",
  "12",
  "7d",
  "1mo",
  "3yr",
  "any",
  "all-upfront",
  "2026-10-02",
  "history",
];

/** Names of files that are written stay in the folder: none of these values may hold `/`. */
const VALUES = [...KNOWN, ...HOSTILE.filter((value) => !value.includes("/"))];

export function hostileCall(dice: Dice): string[] {
  const verb = dice.pick(Object.keys(VERBS));
  const { argv, options } = VERBS[verb]!;
  const json = dice.below(2) === 0 ? ["--json"] : [];
  const call = [verb, dice.below(15) === 0 ? dice.pick(VALUES) : "in", ...argv, ...json];
  for (let left = dice.below(3); left >= 0; left -= 1)
    call.push(`--${dice.pick(options)}`, dice.pick(VALUES));
  return call;
}
