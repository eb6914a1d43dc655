/** One question, asked page by page until its answer is whole. */
import type { ApiCall } from "./calls.ts";
import type { Asker } from "./clients.ts";
import { attemptsOf, isGarbled, isOldToken } from "./faults.ts";
import { keepPages, pagesKept, questionOf, writeAnswer } from "./kept.ts";
import { OPERATIONS } from "./operations.ts";
import { joinedPages, nextTokenOf, type Page } from "./pages.ts";
import { asPrinted } from "./printed.ts";
import { retried } from "./retry.ts";

/** Requests that may still be sent, and those that were. */
export interface Budget {
  left: number;
  sent: number;
}

export interface Asked {
  /** False: the budget ended before the answer did. */
  isWhole: boolean;
  resumedPages: number;
}

/** Of a garbled answer, which the SDK does not ask for again. */
const GARBLED = { firstPauseMs: 200, attempts: 4 };

/** The same question has the same hash; answers of another account, profile or partition are others. */
export const hashOf = ({ operation, parameters, day }: ApiCall, whose: object): string =>
  questionOf([operation, parameters, day ?? null, whose]);

/** @throws what the SDK throws; SageplanError `cannot-write` */
export async function ask(
  call: ApiCall,
  question: string,
  asker: Asker,
  budget: Budget,
  onPage: (pages: number) => void,
): Promise<Asked> {
  const operation = OPERATIONS[call.operation];
  const kept = pagesKept(call.file, question);
  let pages: Page[] = [...kept.pages];
  let next = kept.next;
  let resumedPages = pages.length;
  for (;;) {
    if (pages.length > 0 && next === null) break;
    if (budget.left <= 0) return { isWhole: false, resumedPages };
    const from = operation.token !== null && next !== null ? { [operation.token]: next } : {};
    let page: Page;
    try {
      page = await once(call, { ...call.parameters, ...from }, asker, budget);
    } catch (error) {
      if (resumedPages === 0 || !isOldToken(error)) throw error;
      // AWS forgets where a pull was after a while: from the beginning.
      pages = [];
      next = null;
      resumedPages = 0;
      continue;
    }
    pages.push(page);
    next = nextTokenOf(operation, page);
    keepPages(call.file, question, pages, next);
    onPage(pages.length);
  }
  writeAnswer(call.file, question, asPrinted(joinedPages(operation, pages)));
  return { isWhole: true, resumedPages };
}

const once = (call: ApiCall, parameters: object, asker: Asker, budget: Budget): Promise<Page> =>
  retried(async (isLast) => {
    try {
      const { page, requests } = await asker.ask(call.operation, parameters);
      spend(budget, requests);
      return page;
    } catch (error) {
      spend(budget, attemptsOf(error));
      if (isLast || budget.left <= 0 || !isGarbled(error)) throw error;
      return null;
    }
  }, GARBLED);

function spend(budget: Budget, requests: number): void {
  budget.left -= requests;
  budget.sent += requests;
}
