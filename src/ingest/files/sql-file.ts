import { readFileSync } from "node:fs";

/** The text of `sql/<name>.sql`: one SELECT. */
export const sqlFile = (name: string): string =>
  readFileSync(new URL(`../sql/${name}.sql`, import.meta.url), "utf8").trim();
