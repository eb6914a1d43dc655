/** Pages of one answer, made one. */
import type { Operation } from "./operations.ts";

export type Page = Readonly<Record<string, unknown>>;

/** What asks for the next page; null on the last. AWS ends some answers with an empty token. */
export function nextTokenOf({ token }: Operation, page: Page): string | null {
  const next = token === null ? undefined : page[token];
  return typeof next === "string" && next !== "" ? next : null;
}

/** The first page with the lists of all, without its token: what one page that held everything would be. */
export function joinedPages(operation: Operation, pages: readonly Page[]): Page {
  const first = structuredClone(pages[0] ?? {});
  const ordered = (operation.members ?? [])
    .filter((name) => name in first)
    .map((name) => [name, first[name]]);
  const answer: Record<string, unknown> = { ...Object.fromEntries(ordered), ...first };
  if (operation.token !== null) delete answer[operation.token];
  for (const path of operation.lists) {
    const lists = pages.map((page) => listAt(page, path)).filter((list) => list !== null);
    if (lists.length > 0) put(answer, path, lists.flat());
  }
  return answer;
}

function listAt(page: Page, path: readonly string[]): unknown[] | null {
  let value: unknown = page;
  for (const name of path) value = isRecord(value) ? value[name] : undefined;
  return Array.isArray(value) ? value : null;
}

function put(answer: Record<string, unknown>, path: readonly string[], list: unknown[]): void {
  const [name, ...rest] = path;
  if (rest.length === 0) {
    answer[name!] = list;
    return;
  }
  const inner = isRecord(answer[name!]) ? (answer[name!] as Record<string, unknown>) : {};
  answer[name!] = inner;
  put(inner, rest, list);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
