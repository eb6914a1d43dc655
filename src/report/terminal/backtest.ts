import type { Backtest } from "../../domain/documents/backtest.ts";
import { backtestPage } from "../document/backtest-page.ts";
import type { Style } from "../document/style.ts";
import { pageText } from "./page-text.ts";

/** A backtest for a person at a terminal. */
export const backtestText = (backtest: Backtest, style: Style): string =>
  pageText(backtestPage(backtest), style);
