/** One question, asked page by page until its answer is whole. */
import { SageplanError } from "../domain/error.ts";
import type { ApiCall } from "./calls.ts";
import type { Asker } from "./clients.ts";
import { attemptsOf, isGarbled, isOldToken } from "./faults.ts";
import { keepNextPage, keepPages, pagesKept, questionOf, writeAnswer, type KeptPage } from "./kept.ts";
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
  let pages = pagesKept(call.file, question);
  let resumedPages = pages.length;
  // A page that was cut when it was written goes.
  if (resumedPages > 0) keepPages(call.file, question, pages);
  for (;;) {
    const next = pages.at(-1)?.next ?? null;
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
      resumedPages = 0;
      continue;
    }
    const got: KeptPage = { page, next: nextTokenOf(operation, page) };
    requireNewToken(call, pages, got);
    pages.push(got);
    if (pages.length === 1) keepPages(call.file, question, pages);
    else keepNextPage(call.file, got);
    onPage(pages.length);
  }
  const whole = joinedPages(
    operation,
    pages.map(({ page }) => page),
  );
  writeAnswer(call.file, question, asPrinted(whole));
  return { isWhole: true, resumedPages };
}

/** An answer that sends back to a page that was had would never end. */
function requireNewToken(call: ApiCall, pages: readonly KeptPage[], { next }: KeptPage): void {
  if (next === null || !pages.some((each) => each.next === next)) return;
  throw new SageplanError(
    "aws-failure",
    `${call.service} ${call.operation} gave the token of page ${pages.length + 1} a second time, so its pages would never end. ` +
      "Look at the endpoint that answers (AWS_ENDPOINT_URL?); pages that were fetched are kept.",
  );
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
