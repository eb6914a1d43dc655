/** A process that makes cases and runs them through the built command line, one after the other, until its parent has no more. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import type { Io } from "../../src/cli/io.ts";
import { Dice } from "./dice.ts";
import { escapeOf } from "./judge.ts";
import type { Call, Case } from "./kinds.ts";
import type { Asked, Done } from "./messages.ts";

const [, , kindsModule] = process.argv;
const { KINDS } = (await import(pathToFileURL(kindsModule!).href)) as typeof import("./kinds.ts");
const dist = new URL("../../dist/", import.meta.url);
const { run } = (await import(new URL("cli/run.js", dist).href)) as typeof import("../../src/cli/run.ts");
const load = (): ReturnType<Io["load"]> => import(new URL("index.js", dist).href);

const { signal } = new AbortController();

async function called({ files, argv }: Call): Promise<{ code: number; out: string; err: string }> {
  for (const name of readdirSync(".")) rmSync(name, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(name), { recursive: true });
    writeFileSync(name, bytes);
  }
  // Beside the input, for whoever looks into an escape.
  writeFileSync("argv.txt", JSON.stringify(argv));
  const text = { out: "", err: "" };
  const sink = (name: keyof typeof text): Io["out"] => ({ write: (chunk: string) => (text[name] += chunk) });
  const io: Io = {
    out: sink("out"),
    err: sink("err"),
    env: {},
    signal,
    load,
  };
  return { code: await run(argv, io), ...text };
}

/** Sound inputs are few and come again. */
const plainly = new Map<string, string>();

async function likeOf({ like }: Case): Promise<string | undefined> {
  if (!like) return undefined;
  const key = `${Buffer.concat(Object.values(like.files)).toString()} ${like.argv.join(" ")}`;
  const known = plainly.get(key) ?? (await called(like)).out;
  plainly.set(key, known);
  return known;
}

async function outcomeOf({ kind, number, seed }: Asked): Promise<Done> {
  const made = await KINDS[kind]!.make(new Dice(seed, kind, number));
  const like = await likeOf(made);
  const started = performance.now();
  const { code, out, err } = await called(made);
  const milliseconds = performance.now() - started;
  const { billed, whole, lost } = made;
  const why = escapeOf({
    code,
    out,
    err,
    milliseconds,
    ...(billed !== undefined && { billed }),
    ...(whole !== undefined && { whole }),
    ...(lost !== undefined && { lost }),
    ...(like !== undefined && { like }),
  });
  return {
    code,
    milliseconds,
    compared:
      code === 0 && (like !== undefined || [billed, whole, lost].some((each) => typeof each === "bigint")),
    // Of the whole process, so far: also what a case took and gave back.
    peakBytes: process.resourceUsage().maxRSS * 1024,
    ...(why !== null && { escape: `${why}: ${err.slice(0, 300)}` }),
  };
}

process.on("message", (asked: Asked) => {
  void outcomeOf(asked).then((done) => process.send!(done));
});
// A parent that was stopped must not leave its workers behind.
process.on("disconnect", () => process.exit());
process.send!("ready");
