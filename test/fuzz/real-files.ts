/** What happens to sound exports between AWS and the reader: parts lost, left over or renamed, currencies, zeros, plans that ended. */
import { gzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { corrected } from "../ingest/corrected-rows.ts";
import { spelled, type MadeBill } from "../ingest/made-bill.ts";
import { EXPORTS } from "./bases.ts";
import { billedPico } from "./csv-oracle.ts";
import { csvText, type Table } from "./csv-text.ts";
import type { Dice } from "./dice.ts";
import type { Case } from "./kinds.ts";

type Format = keyof typeof EXPORTS;

const INSPECT = ["inspect", "in", "--json"];
const FOLDER = "in/acme/data/BILLING_PERIOD=2026-10";

/** Parts as AWS numbers them, each with rows. */
function partsOf([header, ...rows]: Table, dice: Dice): Table[] {
  const count = 2 + dice.below(3);
  const size = Math.ceil(rows.length / count);
  return Array.from({ length: count }, (_, n) => [header!, ...rows.slice(n * size, (n + 1) * size)]);
}

type Files = Record<string, Buffer>;
const part = (n: number): string => `${FOLDER}/acme-${String(n + 1).padStart(5, "0")}.csv`;
const bytesOf = (table: Table): Buffer => Buffer.from(csvText(table));

/** Each loses or repeats rows of one delivery, or lets them lie where nobody looks. */
const DAMAGES: readonly ((parts: Table[], files: Files, dice: Dice) => Files)[] = [
  (parts, files, dice) => without(files, part(dice.below(parts.length - 1))),
  ([first], files, dice) => {
    const rows = first!.slice(1);
    const again = dice.below(2) === 0 ? rows : rows.slice(0, 1 + dice.below(rows.length));
    return { ...files, [part(Object.keys(files).length)]: bytesOf([first![0]!, ...again]) };
  },
  (parts, files, dice) => {
    const name = part(dice.below(parts.length));
    const ending = dice.pick([".zip", ".part", ".zst", ".bz2", ".crdownload", ".xlsx", ".gz.tmp", ".tmp"]);
    return { ...without(files, name), [`${name}${ending}`]: gzipSync(files[name]!) };
  },
  (parts, files, dice) => {
    const name = part(dice.below(parts.length));
    return {
      ...files,
      [name]: dice.pick([Buffer.alloc(0), Buffer.alloc(100), Buffer.from("PK\u0003\u0004")]),
    };
  },
  (parts, files, dice) => {
    const name = part(dice.below(parts.length));
    return { ...files, [name.replace("=2026-10", "=2026-09")]: files[name]! };
  },
];

function without(files: Files, name: string): Files {
  const { [name]: _, ...others } = files;
  return others;
}

/** A delivery in parts, one of which is hurt: its whole bill, a refusal, or a finding. */
export const parts =
  (format: Format) =>
  (dice: Dice): Case => {
    const { table, spelling } = EXPORTS[format];
    const made = partsOf(table, dice);
    const files = Object.fromEntries(made.map((each, n) => [part(n), bytesOf(each)]));
    return {
      files: dice.pick(DAMAGES)(made, files, dice),
      argv: INSPECT,
      whole: billedPico(table, spelling),
    };
  };

const CURRENCY = /^(?:lineItem\/CurrencyCode|line_item_currency_code|BillingCurrency)$/;

/** A sound export in one file, some of whose rows are others, as `alter` has them. */
const altered =
  (format: Format, alter: (rows: Table, dice: Dice) => (row: readonly string[]) => readonly string[]) =>
  (dice: Dice): Case => {
    const { table, spelling } = EXPORTS[format];
    const [header, ...rows] = table;
    const other = [header!, ...rows.map(alter(table, dice))];
    return { files: { "in/a.csv": bytesOf(other) }, argv: INSPECT, billed: billedPico(other, spelling) };
  };

/** All rows in another currency, or some. */
export const currencies = (format: Format): ((dice: Dice) => Case) =>
  altered(format, ([header], dice) => {
    const at = header!.findIndex((name) => CURRENCY.test(name));
    const isAll = dice.below(2) === 0;
    const currency = dice.pick(["EUR", "CNY", "usd", "USD"]);
    return (row) => (at >= 0 && (isAll || dice.below(2) === 0) ? row.with(at, currency) : row);
  });

/** Usage billed at nothing, here and there or everywhere. */
export const zeros = (format: Format): ((dice: Dice) => Case) =>
  altered(format, ([header], dice) => {
    const at = header!.indexOf(EXPORTS[format].spelling.cost);
    const one = 1 + dice.below(4);
    return (row) => (dice.below(one) === 0 ? row.with(at, dice.pick(["0", "0.0", "0E-10"])) : row);
  });

/** Usage taken back here and there, less of it than there was, as much or more. */
export const takenBack =
  (format: keyof typeof EXPORTS) =>
  (dice: Dice): Case => {
    const { table, spelling } = EXPORTS[format];
    const [header, ...rows] = table;
    const one = 1 + dice.below(4);
    const back = rows.flatMap((row) =>
      dice.below(one) > 0
        ? []
        : corrected([header!, row], () => 1 + dice.below(3))
            .slice(1)
            .filter((_, n, { length }) => n === length - 1 && length === 2),
    );
    const other = [header!, ...rows, ...back];
    return { files: { "in/a.csv": bytesOf(other) }, argv: INSPECT, billed: billedPico(other, spelling) };
  };

const SPELLINGS = {
  "legacy CUR": EXPORTS.legacy.spelling,
  "CUR 2.0": EXPORTS.cur2.spelling,
} as const;

/** A plan bought and ended at any time, in any payment, beside other services or alone. */
export const endedPlans = (dice: Dice): Case => {
  const format = dice.pick(["legacy CUR", "CUR 2.0"] as const);
  const hours = 24 + dice.below(300);
  const start = dice.below(hours) - 30;
  const bill: MadeBill = {
    months: 1,
    instances: Array.from({ length: hours }, (_, hour) =>
      hour % 24 < 3 + dice.below(20) ? 1 + dice.below(4) : 0,
    ),
    begins: dice.below(10),
    others: dice.below(2) === 0,
    delay: dice.below(40),
    plan: {
      payment: dice.pick(["No", "Partial", "All"] as const),
      commitment: (1 + dice.below(60)) / 10,
      start,
      rowsEnd: dice.below(3) === 0 ? null : Math.max(start, 0) + 1 + dice.below(hours),
    },
    discount: dice.below(3) / 10,
  };
  const files = Object.entries(spelled(bill, format));
  const table = files.flatMap(([, text], n) => (parse(text) as string[][]).slice(n === 0 ? 0 : 1));
  return {
    files: Object.fromEntries(files.map(([name, text]) => [`in/${name}`, Buffer.from(text)])),
    argv: INSPECT,
    billed: billedPico(table, SPELLINGS[format]),
  };
};
