/** Reviews of a store as real processes of the built command line, that can be watched and killed from outside. */
import { spawn, type ChildProcess } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { tablesOf, type Tables } from "../store/tables.ts";

export const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const TWO_YEARS = fileURLToPath(new URL("../../fixtures/two-years/", import.meta.url));

export const WORK = join(tmpdir(), `sageplan-faults-${process.pid}`);

const delivered = (...months: string[]): string[] =>
  months.map((month) => join(TWO_YEARS, "deliveries", month));

/** A call of `sageplan review`, and the one that made the store which it finds; none: it makes it. */
export interface Reviewed {
  name: string;
  args: string[];
  store: Reviewed | null;
}

const reviewed = (name: string, store: Reviewed | null, asOf: string, exports: string[]): Reviewed => ({
  name,
  store,
  args: [
    "review",
    ...exports,
    "--as-of",
    asOf,
    "--scenarios",
    "10",
    "--term",
    "1yr",
    "--payment",
    "no-upfront",
    ...(store ? [] : ["--rates", join(TWO_YEARS, "rates.csv")]),
  ],
});

export const FIRST = reviewed("first", null, "2024-12-04", delivered("2024-11"));
export const NEXT = reviewed("next", FIRST, "2025-01-04", delivered("2024-12"));
const AUGUST = reviewed("august", null, "2025-09-04", delivered("2025-07", "2025-08"));
export const RESTATED = reviewed("restated", AUGUST, "2025-09-20", [join(TWO_YEARS, "restated", "2025-08")]);
/** So many lines that DuckDB writes them into the store's file before the commit, and commits by a checkpoint. */
export const LARGE = reviewed(
  "large",
  FIRST,
  "2026-11-04",
  delivered(...readdirSync(join(TWO_YEARS, "deliveries")).filter((month) => month > "2024-11")),
);

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  child: ChildProcess;
  ended: Promise<Ended>;
}

export function start(command: readonly string[], env: Record<string, string> = {}): Running {
  const child = spawn(command[0]!, command.slice(1), {
    env: { ...process.env, NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { child, ended };
}

export const commandOf = (review: Reviewed, store: string, ...more: string[]): string[] => [
  process.execPath,
  MAIN,
  ...review.args,
  "--store",
  store,
  ...more,
];

let rooms = 0;

/** A folder with the store as `review` finds it, and a temporary folder. */
export interface Room {
  store: string;
  temporary: string;
  /** The store as the review finds it. */
  start: Sight;
}

export async function roomFor(review: Reviewed): Promise<Room> {
  const folder = join(WORK, `room-${++rooms}`);
  const temporary = join(folder, "tmp");
  mkdirSync(temporary, { recursive: true });
  const store = join(folder, "store.duckdb");
  if (review.store) copyFileSync(await storeAfter(review.store), store);
  return { store, temporary, start: look({ store, temporary }) };
}

export const leave = ({ temporary }: Pick<Room, "temporary">): void =>
  rmSync(join(temporary, ".."), { recursive: true, force: true });

export const startIn = (room: Room, review: Reviewed, ...more: string[]): Running =>
  start(commandOf(review, room.store, ...more), { TMPDIR: room.temporary });

const made = new Map<Reviewed, Promise<string>>();

/** The file that `review` leaves when nothing disturbs it. */
export function storeAfter(review: Reviewed): Promise<string> {
  let path = made.get(review);
  if (!path) {
    path = (async () => {
      const room = await roomFor(review);
      const { code, stderr } = await startIn(room, review).ended;
      if (code !== 0 && code !== 10) throw new Error(`${review.name}: exit code ${code}: ${stderr}`);
      return room.store;
    })();
    made.set(review, path);
  }
  return path;
}

/** Nothing, for a store that was never made. */
export async function contentOf(store: string | null): Promise<Tables> {
  return store !== null && existsSync(store) ? tablesOf(store) : {};
}

const known = new Map<string, Promise<Tables>>();
const knownContent = (store: string): Promise<Tables> => {
  if (!known.has(store)) known.set(store, contentOf(store));
  return known.get(store)!;
};

export const before = async ({ store }: Reviewed): Promise<Tables> =>
  store ? knownContent(await storeAfter(store)) : {};
export const after = async (review: Reviewed): Promise<Tables> => knownContent(await storeAfter(review));

/** By DuckDB itself, on a copy: opening a store may finish what a dead process left, and the next review is to find that itself. */
export async function stateOf(
  room: Pick<Room, "store">,
  review: Reviewed,
): Promise<"before" | "after" | Tables> {
  const copy = join(WORK, `copy-${++rooms}`);
  mkdirSync(copy);
  for (const file of [room.store, `${room.store}.wal`])
    if (existsSync(file)) copyFileSync(file, join(copy, basename(file)));
  const content = await contentOf(join(copy, basename(room.store)));
  rmSync(copy, { recursive: true });
  const text = JSON.stringify(content);
  if (text === JSON.stringify(await before(review))) return "before";
  return text === JSON.stringify(await after(review)) ? "after" : content;
}

/** What can be seen of a review from outside. */
export interface Sight {
  /** Bytes of the lines that were read, as it keeps them. */
  lines: number;
  /** null: there is none. */
  wal: number | null;
  /** When the store's file was last written, and its size; 0: there is none. */
  written: number;
  size: number;
}

const statOf = (path: string) => statSync(path, { throwIfNoEntry: false });

export function look({ store, temporary }: Pick<Room, "store" | "temporary">): Sight {
  let lines = 0;
  for (const scratch of readdirSync(temporary)) {
    try {
      for (const file of readdirSync(join(temporary, scratch)))
        if (file.startsWith("lines-")) lines += statOf(join(temporary, scratch, file))?.size ?? 0;
    } catch {
      // It went while it was looked at.
    }
  }
  const file = statOf(store);
  return {
    lines,
    wal: statOf(`${store}.wal`)?.size ?? null,
    written: file?.mtimeMs ?? 0,
    size: file?.size ?? 0,
  };
}

/** Waits, looking as often as it can, until it sees it; false when the review ended first. */
export async function seen(running: Running, room: Room, sees: (sight: Sight) => boolean): Promise<boolean> {
  const { child } = running;
  while (child.exitCode === null && child.signalCode === null) {
    if (sees(look(room))) return true;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return false;
}

/** Two at a time: so many cores has a small machine. */
export async function pooled<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let n = next++; n < items.length; n = next++) results[n] = await work(items[n]!);
  };
  await Promise.all([worker(), worker()]);
  return results;
}
