/**
 * What can go wrong around a run, what sageplan does then, and what is left. Each row is run by `faults.proof.ts`, in a folder of its own with a
 * bill and a rate card, in a mount namespace of its own; `docs/reference/faults.md` is printed from it. The store of `review` has a harder test of its own.
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

/** Root without its privilege to read and write what its owner may not. */
const BOUND = "setpriv --bounding-set -dac_override,-dac_read_search --inh-caps -all";

const NORMALIZE = "$SAGEPLAN normalize exports --out";

/** The exports under another name; what is told of them names them, so paths are left out of the comparison. */
const named = (what: string, name: string): Fault => ({
  fault: `a folder's name with ${what}`,
  script:
    `name=${name}; mkdir -- "./$name"; cp exports/* "./$name/"; ` +
    `${RECOMMEND.replace("exports", '"./$name" --markdown "./$name/answer.md"')} > out.json 2> notes || exit 90; ` +
    `test -s "./$name/answer.md" || exit 91; grep -q "2026-10.csv" out.json || exit 92; ` +
    `cmp <(sed '1,/"history"/d; /[.]csv"/d' out.json) <(sed '1,/"history"/d; /[.]csv"/d' reference.json)`,
  exit: 0,
  told: null,
  survives: "the same figures; the Markdown lies there",
});

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
    fault: "a billing export that its reader has no right to",
    script: `chmod 0 exports/2026-10.csv; ${BOUND} ${RECOMMEND}`,
    exit: 3,
    told: /2026-10\.csv can't be read: EACCES/,
    survives: "nothing was written",
  },
  {
    fault: "a parquet export that its reader has no right to",
    script: `mkdir p; ${NORMALIZE} p/hours.parquet > made.txt; chmod 0 p/hours.parquet; ${BOUND} $SAGEPLAN inspect p`,
    exit: 3,
    told: /hours\.parquet can't be read: EACCES/,
    survives: "nothing was written",
  },
  {
    fault: "a folder of exports that its reader has no right to",
    script: `chmod 0 exports; ${BOUND} ${RECOMMEND}; code=$?; chmod 755 exports; exit $code`,
    exit: 3,
    told: /exports can't be listed.*EACCES/,
    survives: "nothing was written",
  },
  {
    fault: "a folder for outputs that its writer has no right to",
    script: `mkdir disk; chmod 555 disk; ${BOUND} ${OUTPUTS}; code=$?; test -z "$(ls -A disk)" || exit 90; exit $code`,
    exit: 3,
    told: /disk.*EACCES/,
    survives: "nothing was written",
  },
  {
    fault: "a billing export that is written to while it is read",
    script: `(while :; do touch exports/2026-10.csv; done) & writer=$!; ${RECOMMEND}; code=$?; kill $writer; exit $code`,
    exit: 3,
    told: /2026-10\.csv was changed while it was read.*Wait until/,
    survives: "nothing was written: a checksum is of what was summed",
  },
  {
    fault: "a manifest that is a pipe",
    script: "mkfifo exports/a-Manifest.json; timeout 20 $SAGEPLAN inspect exports",
    exit: 3,
    told: /a-Manifest\.json is a pipe/,
    survives: "nothing was written",
  },
  {
    fault: "a link that leads to itself",
    script: "ln -s b.csv exports/b.csv; $SAGEPLAN inspect exports",
    exit: 3,
    told: /b\.csv can't be followed.*ELOOP/,
    survives: "nothing was written",
  },
  {
    fault: "SIGINT while it waits for a rate card from a pipe that nobody writes to",
    script: `mkfifo card; ${RECOMMEND.replace("rates.csv", "card")} & sleep 1.5; kill -INT $!; wait $!`,
    exit: 130,
    told: null,
    survives: NOTHING_LEFT,
  },
  {
    fault: "an output that is a pipe or a device",
    script: `mkfifo a.md; ${RECOMMEND} --markdown a.md; code=$?; test -p a.md || exit 90; exit $code`,
    exit: 3,
    told: /a\.md is a pipe, a socket or a device/,
    survives: "the pipe, not replaced by a file; nothing was written",
  },
  ...["csv", "parquet"].map((kind) => ({
    fault: `the disk of normalize's .${kind} is full`,
    script: `mkdir disk; mount -t tmpfs -o size=4k none disk; head -c 4096 /dev/zero > disk/full; ${NORMALIZE} disk/hours.${kind}; code=$?; test "$(ls -A disk)" = full || exit 90; exit $code`,
    exit: 3,
    told: /--out disk\/hours\.\w+ can't be written: No space left/,
    survives: NOTHING_LEFT,
  })),
  {
    fault: "the disk of normalize's table is read-only",
    script: `mkdir disk; mount -t tmpfs -o ro none disk; ${NORMALIZE} disk/hours.csv`,
    exit: 3,
    told: /--out disk\/hours\.csv can't be written/,
    survives: "nothing was written",
  },
  {
    fault: "files may be only so large (ulimit -f)",
    script: `trap "" XFSZ; ulimit -f 4; ${NORMALIZE} hours.csv; code=$?; ls -A | grep -q hours && exit 90; exit $code`,
    exit: 3,
    told: /can't be written: File too large|no room for temporary files/,
    survives: NOTHING_LEFT,
  },
  {
    fault: "standard error is full",
    script: `${RECOMMEND} --markdown a.md 2> /dev/full > out.json && cmp out.json reference.json`,
    exit: 0,
    told: null,
    survives: "the same bytes",
  },
  {
    fault: "standard input and standard error are closed",
    script: `${RECOMMEND} <&- 2>&- > out.json && cmp out.json reference.json`,
    exit: 0,
    told: null,
    survives: "the same bytes",
  },
  named("spaces and quotes", String.raw`"it's my \"bill\""`),
  named("a line break", String.raw`$'two\nlines'`),
  named("percent signs", "100%25%s"),
  named("a leading dash", "--json"),
  named("what a glob takes for a pattern", "'[a-z]*{b,c}?'"),
  named("an accent in one character", String.raw`$'caf\u00e9'`),
  named("an accent in two", String.raw`$'cafe\u0301'`),
  named("all the letters that a name may have", `$(printf 'n%.0s' {1..255})`),
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
  {
    fault: "little memory (--memory 256MB)",
    script: `${RECOMMEND} --memory 256MB > out.json && cmp <(grep -v memory out.json) reference.json`,
    exit: 0,
    told: null,
    survives: "the same bytes, but for the option that provenance repeats",
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
