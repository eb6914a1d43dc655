import { randomUUID } from "node:crypto";
import { rename, rm, stat } from "node:fs/promises";
import { dirname, extname, join, resolve } from "node:path";
import { currencyOf } from "./domain/currency.ts";
import { requireSpend } from "./domain/billing.ts";
import { SageplanError } from "./domain/error.ts";
import { isoHour } from "./domain/hour.ts";
import type { Effects } from "./domain/progress.ts";
import type { CallOf } from "./domain/options/verbs.ts";
import { withBilling } from "./ingest/billing.ts";
import { requireTableForMonths } from "./ingest/remote/options.ts";
import { cannotWrite, writeTable, type Normalized } from "./ingest/write-table.ts";

export type NormalizeOptions = CallOf<"normalize">;

/**
 * Writes the hourly spend table: every SageMaker usage line, eligible or not, exact to the last digit.
 * @throws SageplanError `wrong-call` for a daily or monthly export, whose hours are not known
 */
export async function normalize(options: NormalizeOptions, effects: Effects = {}): Promise<Normalized> {
  requireTableForMonths(options);
  const out = resolve(options.out);
  const folder = dirname(out);
  if (!/\.(?:csv|parquet)$/i.test(out)) {
    throw new SageplanError(
      "wrong-call",
      `--out ${options.out}: the table is written as .csv or .parquet; end its name so.`,
    );
  }
  if ((await stat(out).catch(() => null))?.isFile() === false) {
    throw new SageplanError(
      "cannot-write",
      `--out ${options.out} is a folder, a pipe, a socket or a device: name a file.`,
    );
  }
  if (!(await stat(folder).catch(() => null))?.isDirectory()) {
    throw new SageplanError(
      "cannot-write",
      `--out ${options.out}: there is no folder ${folder}. Make it first.`,
    );
  }
  return withBilling(
    options,
    effects,
    async (billing, engine) => {
      const spend = requireSpend(billing);
      if (spend.granularityHours > 1) {
        throw new SageplanError(
          "wrong-call",
          "The export is not hourly, and a table of hours can't be made from days without inventing them. " +
            "`sageplan recommend` takes it and labels its figures as bounds; for the table, export with hourly granularity.",
        );
      }
      if (billing.inputs.some(({ path }) => path === out)) {
        throw new SageplanError(
          "wrong-call",
          `--out ${options.out} is one of the exports that are read; name another file.`,
        );
      }
      const unfinished = join(folder, `.${randomUUID()}${extname(out)}`);
      try {
        const rows = await writeTable(engine, billing, options.out, unfinished);
        effects.signal?.throwIfAborted();
        await rename(unfinished, out).catch((cause: unknown) => cannotWrite(options.out, cause));
        const [from, to] = [isoHour(spend.from), isoHour(spend.from + spend.hourCount)];
        return { out, rows, from, to, currency: currencyOf(billing), findings: billing.findings };
      } finally {
        await rm(unfinished, { force: true });
      }
    },
    [folder],
  );
}
