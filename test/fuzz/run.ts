/**
 * `npm run suite -- fuzz [--cases N] [--seed S]`: broken and odd inputs through every reader, in two processes. Each case ends in a sound result
 * or a clear refusal, or it is an escape and the exit code 1. `--only KIND` runs one kind, with `--case K` one case of it.
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { KINDS } from "./kinds.ts";
import { LONGEST_MS } from "./judge.ts";
import type { Asked, Done } from "./messages.ts";
import { runCases, type Escape } from "./runner.ts";
import { scheduled } from "./schedule.ts";
import { Tally } from "./tally.ts";

const WORKERS = 2;
const PROGRESS = 1_000;
const MOST_BYTES = 1.5 * 2 ** 30;

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "20000" },
    seed: { type: "string", default: "1" },
    only: { type: "string" },
    case: { type: "string" },
  },
});
const seed = Number(values.seed);
const only = values.only;
const cases: Iterator<Asked> =
  only !== undefined && values.case !== undefined
    ? [{ kind: only, number: Number(values.case), seed }].values()
    : scheduled(only === undefined ? KINDS : { [only]: KINDS[only]! }, Number(values.cases), seed);

const started = performance.now();
const seconds = (): number => Math.round((performance.now() - started) / 1_000);
const tally = new Tally();
const escapes: Escape[] = [];
const next = (): Asked | undefined => {
  const { done, value } = cases.next();
  return done === true ? undefined : value;
};
const watch = {
  kinds: fileURLToPath(new URL("kinds.ts", import.meta.url)),
  limits: { milliseconds: LONGEST_MS, bytes: MOST_BYTES },
  onDone(asked: Asked, done: Done): void {
    tally.add(asked, done);
    if (tally.total % PROGRESS === 0) console.log(`${tally.total} cases, ${seconds()} s`);
  },
  onEscape(escape: Escape): void {
    const { kind, number, why, folder } = escape;
    escapes.push(escape);
    console.log(
      `ESCAPE ${kind} ${number}: ${JSON.stringify(why)}\n` +
        `  again: npm run suite -- fuzz --seed ${seed} --only ${kind} --case ${number}\n  input: ${folder}`,
    );
  },
};
await Promise.all(Array.from({ length: WORKERS }, () => runCases(next, watch)));
console.log(tally.text());
console.log(`${tally.total} cases, seed ${seed}, ${seconds()} s, ${escapes.length} escapes`);
process.exitCode = escapes.length > 0 ? 1 : 0;
