/**
 * Whatever happens to a review, the store is as it was or as the review leaves it, and the next one goes on: real processes, killed
 * at any instant, on disks that are full or can't be written, with stores that are damaged or held by another.
 *
 * Kills are spread over the length of a call, aimed at what can be seen of its files from outside, and, where strace can be had, put
 * at the very system calls that write. What a killed process wrote is with the kernel: a loss of power is not tested here.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { afterAll, describe, expect, test } from "vitest";
import {
  after,
  commandOf,
  contentOf,
  FIRST,
  LARGE,
  leave,
  look,
  NEXT,
  pooled,
  RESTATED,
  roomFor,
  seen,
  start,
  startIn,
  stateOf,
  storeAfter,
  WORK,
  type Ended,
  type Reviewed,
  type Room,
  type Running,
  type Sight,
} from "./reviews.ts";

afterAll(() => rmSync(WORK, { recursive: true, force: true }));

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const isDone = ({ code }: Ended): boolean => code === 0 || code === 10;

/** How a review that nothing disturbs looks from outside. */
interface Course {
  totalMs: number;
  /** Bytes of all lines that it keeps of what it reads. */
  lines: number;
  /** Bytes of the log when it is whole. */
  wal: number;
  /** From the last line read to the first byte of the log: taking in, computing, recording. */
  thinkingMs: number;
  /** Bytes of the store's file when the log begins. */
  grownTo: number;
}

async function courseOf(review: Reviewed): Promise<Course> {
  const room = await roomFor(review);
  const course: Course = { totalMs: 0, lines: 0, wal: 0, thinkingMs: 0, grownTo: 0 };
  const started = performance.now();
  const running = startIn(room, review);
  let readAt = 0;
  await seen(running, room, ({ lines, wal, size }) => {
    const now = performance.now();
    if (lines > course.lines) {
      course.lines = lines;
      readAt = now;
    }
    if (wal !== null && course.thinkingMs === 0) {
      course.thinkingMs = now - readAt;
      course.grownTo = size;
    }
    course.wal = Math.max(course.wal, wal ?? 0);
    return false;
  });
  expect(isDone(await running.ended)).toBe(true);
  course.totalMs = performance.now() - started;
  leave(room);
  return course;
}

const EMPTY_STORE_BYTES = 12_288;

/** What a dead review was at, told by the files that it left. */
function phaseOf(review: Reviewed, course: Course, room: Room): string {
  const { lines, wal, written, size } = look(room);
  const grew = room.start.size === 0 ? size > EMPTY_STORE_BYTES : written !== room.start.written;
  if (lines === 0 && wal === null) {
    if (grew) return "8 stored, tidying up";
    return size > room.start.size ? "1 store made" : "0 starting";
  }
  if (wal !== null) {
    if (grew && review !== LARGE) return "6 checkpoint";
    return wal < course.wal ? "4 commit, log half written" : "5 commit, log whole";
  }
  if (lines < course.lines) return "2 reading";
  if (!grew) return "3 taking in, computing or recording";
  return review === LARGE ? "3 taking in, lines in the file" : "7 log removed";
}

interface Killed {
  review: Reviewed;
  room: Room;
  phase: string;
}

/** Returns when the review is to be killed. */
type Until = (running: Running, room: Room, course: Course) => Promise<unknown>;

async function killed(review: Reviewed, course: Course, until: Until): Promise<Killed> {
  const room = await roomFor(review);
  const running = startIn(room, review);
  await until(running, room, course);
  running.child.kill("SIGKILL");
  const { signal } = await running.ended;
  return { review, room, phase: signal === null ? "9 ended before" : phaseOf(review, course, room) };
}

const sight =
  (sees: (seen: Sight, course: Course, room: Room) => boolean): Until =>
  (running, room, course) =>
    seen(running, room, (now) => sees(now, course, room));

const allRead = sight(({ lines }, course) => lines >= course.lines);

/** So far through what lies between the last line read and the log. */
const thinking =
  (share: number): Until =>
  async (running, room, course) => {
    await allRead(running, room, course);
    await Promise.race([sleep(share * course.thinkingMs), running.ended]);
  };

const READING = [sight(({ lines }) => lines > 0), sight(({ lines }, course) => lines > 0.6 * course.lines)];
const THINKING = [0.02, 0.15, 0.4, 0.6, 0.8, 0.9, 0.96].map(thinking);
const COMMIT = [
  sight(({ wal }) => wal !== null),
  sight(({ wal }) => (wal ?? 0) > 0),
  sight(({ wal }, course) => (wal ?? 0) > 0.5 * course.wal),
  sight(({ wal }, course) => (wal ?? 0) >= course.wal),
];
const CHECKPOINT = [
  sight(({ wal, written }, _, room) => wal !== null && written !== room.start.written),
  sight(({ wal, written, lines }, course, room) => lines >= course.lines && wal === null && written !== room.start.written && room.start.size > 0),
];
const GROWTH = [0.01, 0.4, 0.9].map((share) =>
  sight(({ size }, course, room) => size > room.start.size + share * (course.grownTo - room.start.size)),
);

/** Spread evenly, each somewhere in its stretch. */
function delays(count: number, seed: number): Until[] {
  const random = xoroshiro128plus(seed);
  return Array.from({ length: count }, (_, n) => {
    const share = (n + uniformFloat64(random)) / count;
    return (running: Running, _room: Room, course: Course) =>
      Promise.race([sleep(share * course.totalMs), running.ended]);
  });
}

/** Before or after, and the next review brings it to after. */
async function goesOn({ review, room, phase }: Killed): Promise<string> {
  const state = await stateOf(room, review);
  const next = await startIn(room, review).ended;
  const end = isDone(next) ? await stateOf(room, review) : next.stderr;
  leave(room);
  return `${review.name}: ${phase}: ${typeof state === "string" ? state : "neither"}, then ${typeof end === "string" ? end : "neither"}`;
}

const GOOD = /: (before|after), then after$/;

function tally(title: string, outcomes: readonly string[]): void {
  const counts = new Map<string, number>();
  for (const outcome of outcomes) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const lines = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([what, n]) => `  ${n} × ${what}`);
  process.stdout.write(`${title}: ${outcomes.length}\n${lines.join("\n")}\n`);
}

describe("kill −9", () => {
  test("at any delay, and where its files show what it is at", async () => {
    const kills: Killed[] = [];
    for (const [review, aims] of [
      [FIRST, [sight(({ size }) => size > 0), ...READING, ...THINKING, ...COMMIT, ...CHECKPOINT]],
      [NEXT, [...READING, ...THINKING, ...COMMIT, ...COMMIT, ...CHECKPOINT, ...CHECKPOINT]],
      [RESTATED, [...THINKING.slice(0, 2), ...COMMIT, ...CHECKPOINT]],
      [LARGE, [...GROWTH, ...COMMIT.slice(1, 3)]],
    ] as const) {
      const course = await courseOf(review);
      for (const until of aims) kills.push(await killed(review, course, until));
      if (review === LARGE) continue;
      kills.push(...(await pooled(delays(8, 20_261_125), (until) => killed(review, course, until))));
    }
    const outcomes = await pooled(kills, goesOn);
    tally("Killed by what was seen from outside", outcomes);
    expect(outcomes.filter((outcome) => !GOOD.test(outcome))).toEqual([]);
    expect(kills.filter(({ phase }) => !phase.startsWith("9")).length).toBeGreaterThanOrEqual(50);
    const phases = new Set(kills.map(({ phase }) => phase[0]));
    for (const phase of ["2", "3", "4"]) expect(phases).toContain(phase);
    expect(phases.has("5") || phases.has("6") || phases.has("7")).toBe(true);
  }, 900_000);

  const probe = spawnSync("strace", ["-f", "--seccomp-bpf", "-e", "trace=fsync", "-e", "inject=fsync:signal=SIGKILL", "true"]);

  test.skipIf(probe.status !== 0)(
    "at every call that writes the log, the file, the disk, or a name",
    async () => {
      // The count is a thread's own: the commit is one's, the checkpoint another's.
      const kills: (Killed & { call: string })[] = [];
      const course = { totalMs: 0, lines: 0, wal: 0, thinkingMs: 0, grownTo: 0 };
      const killAt = async ([review, call]: readonly [Reviewed, string]): Promise<void> => {
        for (let nth = 1; nth <= 40; nth++) {
          const room = await roomFor(review);
          const inject = ["-e", `trace=${call}`, "-e", `inject=${call}:signal=SIGKILL:when=${nth}`];
          const paths = call === "write" ? ["-P", room.store, "-P", `${room.store}.wal`] : [];
          const strace = ["strace", "-f", "-qq", "--seccomp-bpf", "-o", "/dev/null", ...paths, ...inject];
          const { code } = await start([...strace, ...commandOf(review, room.store)], { TMPDIR: room.temporary }).ended;
          kills.push({ review, room, phase: `${call} ${nth}`, call });
          if (code === 0 || code === 10) {
            kills.pop();
            leave(room);
            return;
          }
        }
      };
      const reviews = [NEXT, FIRST];
      const calls = ["write", "pwrite64", "fsync", "unlink", "link"];
      await pooled(
        reviews.flatMap((review) => calls.map((call) => [review, call] as const)),
        killAt,
      );
      void course;
      const outcomes = await pooled(kills, goesOn);
      tally("Killed at a system call", outcomes);
      expect(outcomes.filter((outcome) => !GOOD.test(outcome))).toEqual([]);
      expect(kills.length).toBeGreaterThanOrEqual(20);
    },
    900_000,
  );
});
