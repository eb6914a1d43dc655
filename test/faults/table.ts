/**
 * What can go wrong around a run, what sageplan does then, and what is left. Each row is run by `faults.proof.ts`, in a folder of its own with a
 * bill and a rate card, in a mount namespace of its own; `docs/faults.md` is printed from it. The store of `review` has a harder test of its own.
 */
export interface Fault {
  fault: string;
  /** Bash. `$SAGEPLAN` is the built command line; the exit code is the row's. */
  script: string;
  exit: number;
  /** What standard error says; null: nothing. */
  told: RegExp | null;
  /** For the reader. */
  survives: string;
}

const RECOMMEND = "$SAGEPLAN recommend exports --rates rates.csv --term 1yr --scenarios 20 --json";
const OUTPUTS =
  "$SAGEPLAN recommend exports --rates rates.csv --term 1yr --scenarios 20 --html disk/a.html --xlsx disk/a.xlsx --csv disk";
const LONG = OUTPUTS.replace("--term 1yr --scenarios 20", "--scenarios 2000");
const SAME = `${RECOMMEND} > out.json && cmp out.json reference.json`;
const NOTHING_LEFT = "nothing half-written, no temporary file";

const sameUnder = (fault: string, environment: string): Fault => ({
  fault,
  script: `env ${environment} ${SAME}`,
  exit: 0,
  told: null,
  survives: "the same bytes",
});

/** Dates come from this instead of the clock. */
const clockAt = (iso: string): string =>
  `NODE_OPTIONS='--import data:text/javascript,Date.now=()=>${Date.parse(iso)}'`;

/** A signal after so many seconds. `wait` tells how the run ended. */
const signalled = (signal: string, seconds: number): string =>
  `mkdir disk; ${LONG} > out.txt & sleep ${seconds}; kill -${signal} $!; wait $!; code=$?; ` +
  `ls -A disk; test -z "$(ls -A disk)" || exit 90; exit $code`;

export const FAULTS: readonly Fault[] = [
  {
    fault: "standard output is full",
    script: `${RECOMMEND} > /dev/full`,
    exit: 3,
    told: /standard output|ENOSPC|no space/i,
    survives: "nothing was written",
  },
  {
    fault: "who reads standard output stops reading",
    script: `${RECOMMEND} | head -c 10 > /dev/null; exit \${PIPESTATUS[0]}`,
    exit: 0,
    told: null,
    survives: "as other programs do: no complaint",
  },
  {
    fault: "the disk of the outputs is full",
    script: `mkdir disk; mount -t tmpfs -o size=64k none disk; ${OUTPUTS}; code=$?; test -z "$(ls -A disk)" || exit 90; exit $code`,
    exit: 3,
    told: /disk\/.* can't be written|no space|ENOSPC/i,
    survives: NOTHING_LEFT,
  },
  {
    fault: "the disk of the outputs is read-only",
    script: `mkdir disk; mount -t tmpfs -o ro none disk; ${OUTPUTS}`,
    exit: 3,
    told: /disk.*(?:read-only|EROFS)/i,
    survives: "nothing was written",
  },
  {
    fault: "the disk of an output that was there before is full",
    script: `mkdir disk; mount -t tmpfs -o size=64k none disk; echo before > disk/a.html; ${OUTPUTS}; code=$?; test "$(cat disk/*)" = before || exit 90; exit $code`,
    exit: 3,
    told: /no space|ENOSPC|can't be written/i,
    survives: "the output as it was before",
  },
  {
    fault: "no room for temporary files",
    script: `mkdir disk; mount -t tmpfs -o size=4k,nr_inodes=1 none disk; TMPDIR=disk ${RECOMMEND}`,
    exit: 3,
    told: /temporary/i,
    survives: "nothing was written",
  },
  {
    fault: "TMPDIR does not exist",
    script: `TMPDIR=$PWD/none ${RECOMMEND}`,
    exit: 3,
    told: /temporary.*TMPDIR|TMPDIR.*temporary/i,
    survives: "nothing was written",
  },
  {
    fault: "an export that may not be read",
    script: "ln -s /proc/self/mem exports/b.csv; $SAGEPLAN inspect exports",
    exit: 3,
    told: /b\.csv|mem/,
    survives: "nothing was written",
  },
  {
    fault: "SIGINT while it reads",
    script: signalled("INT", 0.4),
    exit: 130,
    told: /interrupted/i,
    survives: NOTHING_LEFT,
  },
  {
    fault: "SIGINT while it decides",
    script: signalled("INT", 3),
    exit: 130,
    told: /interrupted/i,
    survives: NOTHING_LEFT,
  },
  {
    fault: "SIGTERM while it decides",
    script: signalled("TERM", 3),
    exit: 130,
    told: /interrupted/i,
    survives: NOTHING_LEFT,
  },
  {
    fault: "kill −9 while it decides, then once more",
    script: `${signalled("KILL", 3).replace("exit $code", "test $code = 137 || exit 91")}; ${SAME}`,
    exit: 0,
    // The shell's word.
    told: /Killed/,
    survives: "no output; a private temporary folder stays; the next run gives the same bytes",
  },
  {
    fault: "64 open files at most",
    script: `ulimit -n 64; ${RECOMMEND}`,
    exit: 4,
    told: /ulimit -n 1024/,
    survives: "nothing was written",
  },
  {
    fault: "one processor",
    script: `taskset -p -c 0 $$ > /dev/null; ${SAME}`,
    exit: 0,
    told: null,
    survives: "the same bytes",
  },
  sameUnder("no HOME", "HOME="),
  sameUnder("the clock before the data, 1999", clockAt("1999-12-31T23:59:59Z")),
  sameUnder("the clock behind 2038", clockAt("2038-01-19T03:14:09Z")),
  sameUnder("TZ=Asia/Kolkata", "TZ=Asia/Kolkata"),
  sameUnder("TZ=America/New_York, over the hour that comes twice", "TZ=America/New_York"),
  sameUnder("TZ=Pacific/Kiritimati", "TZ=Pacific/Kiritimati"),
  sameUnder("LC_ALL=de_DE.UTF-8", "LC_ALL=de_DE.UTF-8 LANG=de_DE.UTF-8"),
  sameUnder("LC_ALL=tr_TR.UTF-8", "LC_ALL=tr_TR.UTF-8 LANG=tr_TR.UTF-8"),
  sameUnder("LC_ALL=ar_EG.UTF-8", "LC_ALL=ar_EG.UTF-8 LANG=ar_EG.UTF-8"),
];
