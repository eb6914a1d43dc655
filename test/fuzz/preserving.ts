/** The same export, written otherwise: none of these may change what is read from it. */
import { gzipSync } from "node:zlib";
import { corrected } from "../ingest/corrected-rows.ts";
import { csvText, type Table } from "./csv-text.ts";
import type { Dice } from "./dice.ts";

type Files = Record<string, Buffer>;

const csv = (text: string): Files => ({ "a.csv": Buffer.from(text) });

const REWRITINGS: Readonly<Record<string, (table: Table, dice: Dice) => Files>> = {
  "byte order mark": (table) => csv(`\ufeff${csvText(table)}`),
  CRLF: (table) => csv(csvText(table, { end: "\r\n" })),
  "all quoted": (table) => csv(csvText(table, { all: true })),
  "no last line end": (table) => csv(csvText(table).slice(0, -1)),
  "columns in another order": (table, dice) => {
    const order = dice.shuffled([...table[0]!.keys()]);
    return csv(csvText(table.map((row) => order.map((n) => row[n]!))));
  },
  "rows in another order": ([header, ...rows], dice) => csv(csvText([header!, ...dice.shuffled(rows)])),
  gzip: (table) => ({ "a.csv.gz": gzipSync(csvText(table)) }),
  "gzip of several members": (table, dice) => {
    const bytes = Buffer.from(csvText(table));
    const [a, b] = [dice.below(bytes.length), dice.below(bytes.length)].sort((x, y) => x - y) as [
      number,
      number,
    ];
    const members = [bytes.subarray(0, a), bytes.subarray(a, b), bytes.subarray(b)];
    return { "a.csv.gz": Buffer.concat(members.map((member) => gzipSync(member))) };
  },
  "in parts": ([header, ...rows], dice) => {
    const at = 1 + dice.below(rows.length - 1);
    const part = (some: Table): Buffer => Buffer.from(csvText([header!, ...some]));
    return { "a-1.csv": part(rows.slice(0, at)), "a-2.csv": part(rows.slice(at)) };
  },
  "UTF-16": (table) => ({ "a.csv": Buffer.from(`\ufeff${csvText(table)}`, "utf16le") }),
  "UTF-16, the high byte first": (table) => ({
    "a.csv": Buffer.from(`\ufeff${csvText(table)}`, "utf16le").swap16(),
  }),
  "lone CR": (table) => csv(csvText(table, { end: "\r" })),
  "a gzip called .csv": (table) => ({ "a.csv": gzipSync(csvText(table)) }),
  "plain, called .csv.gz": (table) => ({ "a.csv.gz": Buffer.from(csvText(table)) }),
  "in folders called KEY=VALUE": (table, dice) => ({
    [`${dice.pick(table[0]!).replaceAll(/[^\w]/g, "_")}=other/region=prod/a.csv`]: Buffer.from(
      csvText(table),
    ),
  }),
  "parts of other programs": ([header, ...rows], dice) => {
    const at = 1 + dice.below(rows.length - 1);
    const names = dice.pick([
      ["part-00000-6f1c.csv", "part-00001-6f1c.csv"],
      ["data_0.csv", "data_1.csv"],
      ["000000000000.csv.gz", "000000000001.csv.gz"],
    ]);
    return Object.fromEntries(
      [rows.slice(0, at), rows.slice(at)].map((some, n) => {
        const text = csvText([header!, ...some]);
        return [names[n]!, names[n]!.endsWith(".gz") ? gzipSync(text) : Buffer.from(text)];
      }),
    );
  },
  "beside AWS's status table": (table) => ({
    ...csv(csvText(table)),
    "cost_and_usage_data_status/cost_and_usage_data_status.parquet": Buffer.from("PAR1"),
    "._a.csv": Buffer.from("Mac OS X"),
  }),
  "more usage, and corrections that take it back": (table, dice) =>
    csv(csvText(corrected(table, () => dice.below(4)))),
  "one more column": ([header, ...rows]) =>
    csv(csvText([[...header!, "unrelated"], ...rows.map((row) => [...row, "a, b"])])),
};

export function rewritten(table: Table, dice: Dice): { how: string; files: Files } {
  const how = dice.pick(Object.keys(REWRITINGS));
  return { how, files: REWRITINGS[how]!(table, dice) };
}
