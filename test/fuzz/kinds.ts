/** The kinds of cases: what is made of a sound input, and the call that must cope with it. */
import { gzipSync } from "node:zlib";
import { stringify } from "yaml";
import * as base from "./bases.ts";
import { hurtBinary, hurtText } from "./bytes.ts";
import { mutated, reshaped } from "./csv-mutations.ts";
import { billedOfBytes, billedPico, type Spelling } from "./csv-oracle.ts";
import { csvText, type Table } from "./csv-text.ts";
import type { Dice } from "./dice.ts";
import { mutatedJson } from "./json-mutations.ts";
import { hostileCall, VERBS } from "./option-calls.ts";
import { oddTypes, parquetOf, unlikeParts } from "./parquet.ts";
import { rewritten } from "./preserving.ts";
import * as real from "./real-files.ts";

export interface Call {
  files: Record<string, Buffer>;
  argv: string[];
}

export interface Case extends Call {
  /** What the export bills, where an independent reading can tell. */
  billed?: bigint | null;
  /** What the export billed before it was hurt: that, a refusal, or a finding of what is missing or twice. */
  whole?: bigint | null;
  /** The same where damage may change it, but not to nothing. */
  lost?: bigint | null;
  /** A call whose document must be the same. */
  like?: Call;
}

type Make = (dice: Dice) => Case | Promise<Case>;
type Format = keyof typeof base.EXPORTS;

const INSPECT = ["inspect", "in", "--json"];
const csv = (table: Table): Buffer => Buffer.from(csvText(table));
const inside = (files: Record<string, Buffer>): Record<string, Buffer> =>
  Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`in/${name}`, bytes]));

const cells =
  (format: Format, zip = false): Make =>
  (dice) => {
    const { table, spelling } = base.EXPORTS[format];
    const other = mutated(table, dice);
    const files = zip ? { "in/a.csv.gz": gzipSync(csvText(other)) } : { "in/a.csv": csv(other) };
    return { files, argv: INSPECT, billed: billedPico(other, spelling) };
  };

/** A file that is all there is to inspect. */
const alone =
  (name: string, bytes: (dice: Dice) => Buffer | Promise<Buffer>): Make =>
  async (dice) => ({ files: { [`in/${name}`]: await bytes(dice) }, argv: INSPECT });

const SPELLINGS: readonly Spelling[] = base.FORMATS.map((format) => base.EXPORTS[format].spelling);

/** One whose bytes or shape are hurt, held against another reader of CSV where that can read it. */
const hurtAlone =
  (name: string, from: (dice: Dice) => Table, hurt: (table: Table, dice: Dice) => Buffer): Make =>
  (dice) => {
    const table = from(dice);
    const bytes = hurt(table, dice);
    const billed = billedOfBytes(bytes, SPELLINGS);
    return {
      files: { [`in/${name}`]: bytes },
      argv: INSPECT,
      billed,
      lost: billed === null ? soundOf(table) : null,
    };
  };

const soundOf = (table: Table): bigint | null => billedOfBytes(csv(table), SPELLINGS);

const shape = (format: Format): Make =>
  hurtAlone(
    "a.csv",
    () => base.EXPORTS[format].table,
    (table, dice) => csv(reshaped(table, dice)),
  );

const same =
  (format: Format): Make =>
  (dice) => {
    const { table, spelling } = base.EXPORTS[format];
    return {
      files: inside(rewritten(table, dice).files),
      argv: INSPECT,
      billed: billedPico(table, spelling),
      like: { files: { "in/a.csv": csv(table) }, argv: INSPECT },
    };
  };

const anyTable = (dice: Dice): Table => base.EXPORTS[dice.pick(base.FORMATS)].table;
const anyExport = (dice: Dice): Buffer => csv(anyTable(dice));
const HISTORY = { "in/a.csv": csv(base.EXPORTS.normalized.table) };
const RECOMMEND = ["recommend", "in", "--term", "1yr", "--payment", "no-upfront", "--json"];
const REPEATED = [...RECOMMEND, "--futures", "history"];

/** A file beside the export, named by an option. */
const beside =
  (name: string, argv: string[], bytes: (dice: Dice) => Buffer): Make =>
  (dice) => ({ files: { ...HISTORY, [name]: bytes(dice) }, argv });

/** JSON is YAML too, and holds what YAML's writer would not nest as deep: `spelled` is the document as its writer has it. */
const documentOf =
  (document: unknown, spelled = JSON.stringify(document)) =>
  (dice: Dice): Buffer =>
    dice.below(4) === 0 ? hurtText(Buffer.from(spelled), dice) : Buffer.from(mutatedJson(document, dice));

const tableOf =
  (table: Table) =>
  (dice: Dice): Buffer => {
    const what = dice.below(4);
    if (what === 0) return hurtText(csv(table), dice);
    return csv(what === 1 ? reshaped(table, dice) : mutated(table, dice));
  };

/** An export of any kind, hurt in any way, for a verb that goes beyond reading it. */
const decide =
  (verb: string): Make =>
  (dice) => ({
    files: { "in/a.csv": tableOf(base.EXPORTS[dice.pick(base.FORMATS)].month)(dice) },
    argv: [verb, "in", ...VERBS[verb]!.argv, "--json"],
  });

const packed = new Map<string, Buffer>();

/** Some 300 KB that inflate to 300 MB of one character, with the start of an export before them or without. */
function bomb(dice: Dice): Buffer {
  const fill = dice.pick(["\0", "\n", "x", ",", '"']);
  // To count 300 million lines is honest work, of seconds.
  const megabytes = fill === "\n" ? 100 : 300;
  const made = packed.get(fill) ?? gzipSync(Buffer.alloc(megabytes * 2 ** 20, fill), { level: 1 });
  packed.set(fill, made);
  return dice.below(2) === 0 ? made : Buffer.concat([gzipSync(anyExport(dice)), made]);
}

export const KINDS: Readonly<Record<string, { share: number; make: Make }>> = {
  "cells-legacy": { share: 50, make: cells("legacy") },
  "cells-legacy-gz": { share: 20, make: cells("legacy", true) },
  "cells-cur2-gz": { share: 60, make: cells("cur2", true) },
  "cells-focus": { share: 50, make: cells("focus") },
  "cells-made": { share: 40, make: cells("made") },
  "cells-normalized": { share: 50, make: cells("normalized") },
  "shape-legacy": { share: 40, make: shape("legacy") },
  "shape-cur2": { share: 40, make: shape("cur2") },
  "shape-focus": { share: 40, make: shape("focus") },
  "shape-normalized": { share: 40, make: shape("normalized") },
  "bytes-csv": { share: 80, make: hurtAlone("a.csv", anyTable, (table, dice) => hurtText(csv(table), dice)) },
  "bytes-gz": {
    share: 80,
    make: hurtAlone("a.csv.gz", anyTable, (table, dice) => hurtBinary(gzipSync(csv(table)), dice)),
  },
  "gzip-bomb": { share: 1, make: alone("a.csv.gz", bomb) },
  "same-legacy": { share: 30, make: same("legacy") },
  "same-cur2": { share: 30, make: same("cur2") },
  "same-focus": { share: 30, make: same("focus") },
  "same-made": { share: 30, make: same("made") },
  "same-normalized": { share: 30, make: same("normalized") },
  "parquet-bytes": {
    share: 80,
    make: alone("a.parquet", async (dice) => hurtBinary(await parquetOf(anyTable(dice)), dice)),
  },
  "parquet-types": { share: 50, make: alone("a.parquet", (dice) => oddTypes(anyTable(dice), dice)) },
  "parquet-mixed": {
    share: 20,
    make: async (dice) => ({
      files: inside(await unlikeParts(anyTable(dice), dice)),
      argv: INSPECT,
    }),
  },
  manifest: {
    share: 40,
    make: (dice) => ({
      files: {
        "in/acme/data/BILLING_PERIOD=2026-10/a-00001.csv": csv(base.EXPORTS.cur2.table),
        "in/acme/metadata/BILLING_PERIOD=2026-10/a-Manifest.json": documentOf({
          account: "111122223333",
          billingPeriod: { start: "20261001T000000.000Z", end: "20261101T000000.000Z" },
          assemblyId: "1f7e9c02-48ab-4d13-b6e5-90c7d2a3f816",
          reportKeys: ["acme/data/BILLING_PERIOD=2026-10/a-00001.csv"],
          dataFiles: ["s3://acme/data/BILLING_PERIOD=2026-10/a-00001.csv"],
        })(dice),
      },
      argv: INSPECT,
    }),
  },
  "rates-csv": {
    share: 50,
    make: beside("r.csv", [...REPEATED, "--rates", "r.csv"], tableOf(base.RATES_CSV)),
  },
  "rates-json": {
    share: 50,
    make: beside("r.json", [...REPEATED, "--rates", "r.json"], documentOf(base.RATES_JSON)),
  },
  "rates-list": {
    share: 30,
    make: beside("r.json", [...REPEATED, "--rates", "r.json"], documentOf(base.PRICE_LIST)),
  },
  owned: { share: 60, make: beside("o.json", [...REPEATED, "--owned", "o.json"], documentOf(base.OWNED)) },
  metrics: {
    share: 30,
    make: beside("m.json", ["headroom", "in", "--metrics", "m.json", "--json"], documentOf(base.METRICS)),
  },
  events: {
    share: 50,
    make: beside(
      "e.yaml",
      [...RECOMMEND, "--scenarios", "10", "--horizon", "60d", "--events", "e.yaml"],
      documentOf(base.EVENTS, stringify(base.EVENTS)),
    ),
  },
  futures: { share: 50, make: beside("f.csv", [...RECOMMEND, "--futures", "f.csv"], tableOf(base.FUTURES)) },
  "cost-explorer-json": { share: 40, make: alone("u.json", documentOf(base.ASKED)) },
  "cost-explorer-csv": { share: 40, make: alone("costs.csv", tableOf(base.CONSOLE)) },
  "compare-aws": {
    share: 40,
    make: beside("aws.json", [...REPEATED, "--compare-aws", "aws.json"], documentOf(base.ADVICE)),
  },
  simulate: { share: 30, make: decide("simulate") },
  backtest: { share: 30, make: decide("backtest") },
  review: { share: 30, make: decide("review") },
  "parts-legacy": { share: 30, make: real.parts("legacy") },
  "parts-cur2": { share: 30, make: real.parts("cur2") },
  "parts-focus": { share: 30, make: real.parts("focus") },
  "currencies-legacy": { share: 10, make: real.currencies("legacy") },
  "currencies-cur2": { share: 10, make: real.currencies("cur2") },
  "currencies-focus": { share: 10, make: real.currencies("focus") },
  "zeros-legacy": { share: 10, make: real.zeros("legacy") },
  "zeros-cur2": { share: 10, make: real.zeros("cur2") },
  "zeros-focus": { share: 10, make: real.zeros("focus") },
  "taken-back-legacy": { share: 20, make: real.takenBack("legacy") },
  "taken-back-cur2": { share: 20, make: real.takenBack("cur2") },
  "taken-back-focus": { share: 20, make: real.takenBack("focus") },
  "taken-back-made": { share: 20, make: real.takenBack("made") },
  "taken-back-normalized": { share: 20, make: real.takenBack("normalized") },
  "ended-plans": { share: 40, make: real.endedPlans },
  options: { share: 250, make: (dice) => ({ files: HISTORY, argv: hostileCall(dice) }) },
};
