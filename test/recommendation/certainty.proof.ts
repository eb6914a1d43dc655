import { expect, test } from "vitest";
import { recommendSummary } from "../../src/index.ts";
import type { Summary } from "../../src/domain/summary.ts";

const SEEDS = Array.from({ length: 10 }, (_, n) => n + 1);

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const inAll = ({ purchases, queued }: Summary): number =>
  [...purchases, ...queued].reduce((usd, each) => usd + each.commitmentUsdPerHour, 0);

/** Largest distance from the mean, in the errors that each answer states of itself. */
function farthest(
  answers: readonly Summary[],
  figure: (r: Summary) => number,
  error: (r: Summary) => number | null,
): number {
  const middle = average(answers.map(figure));
  return Math.max(...answers.map((r) => Math.abs(figure(r) - middle) / error(r)!));
}

test.each(["1yr", "any"] as const)(
  "--term %s: over ten seeds figures stay within twice their stated errors, the commitment within a twenty-fifth",
  async (term) => {
    const answers: Summary[] = [];
    for (const seed of SEEDS) {
      answers.push(await recommendSummary({ exports: ["fixtures/ml-company/cur2-parquet"], term, seed }));
    }
    const middle = average(answers.map(inAll));
    expect(Math.max(...answers.map((r) => Math.abs(inAll(r) / middle - 1)))).toBeLessThan(0.04);
    const commitmentError = (r: Summary): number => r.commitmentStandardErrorShare! * inAll(r);
    expect(farthest(answers, inAll, commitmentError)).toBeLessThan(2);
    const { risk: first } = answers[0]!;
    const figures = [
      ["cvarLossUsd", "cvarStandardErrorUsd"],
      ["netSavingsUsdP5", "netSavingsP5StandardErrorUsd"],
    ] as const satisfies (readonly [keyof typeof first, keyof typeof first])[];
    for (const [figure, error] of figures) {
      expect(
        farthest(
          answers,
          ({ risk }) => risk[figure],
          ({ risk }) => risk[error],
        ),
      ).toBeLessThan(2);
    }
    expect(
      farthest(
        answers,
        ({ expected }) => expected.netSavingsUsd,
        ({ risk }) => risk.netSavingsStandardErrorUsd,
      ),
    ).toBeLessThan(2.5);
  },
);
