/** Any result, told apart by its schema: as a summary, and as a page. */
import type { Backtest } from "../../domain/documents/backtest.ts";
import type { HeadroomDocument } from "../../domain/documents/headroom.ts";
import type { Inspection } from "../../domain/documents/inspection.ts";
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import type { Review } from "../../domain/documents/review.ts";
import type { Summary } from "../../domain/summary.ts";
import { backtestPage } from "./backtest-page.ts";
import { backtestSummary } from "./backtest-summary.ts";
import { documentPage } from "./document-page.ts";
import { headroomPage } from "./headroom-page.ts";
import { headroomSummary } from "./headroom-summary.ts";
import { inspectionPage } from "./inspection-page.ts";
import { inspectionSummary } from "./inspection-summary.ts";
import { reviewPage } from "./review-page.ts";
import { reviewSummary } from "./review-summary.ts";
import type { DocumentPage } from "./section.ts";
import { summaryPage } from "./summary.ts";
import type { SummaryPage } from "./summary-page.ts";

type Other = Inspection | HeadroomDocument | Review | Backtest;
/** What a verb returns. */
export type AnyDocument = Recommendation | Other;

export function summaryOfAny(document: Summary | Other): SummaryPage {
  switch (document.schema) {
    case "sageplan/inspection/1":
      return inspectionSummary(document);
    case "sageplan/headroom/1":
      return headroomSummary(document);
    case "sageplan/review/1":
      return reviewSummary(document);
    case "sageplan/backtest/2":
      return backtestSummary(document);
    default:
      return summaryPage(document);
  }
}

export function pageOfAny(document: AnyDocument): DocumentPage {
  switch (document.schema) {
    case "sageplan/inspection/1":
      return inspectionPage(document);
    case "sageplan/headroom/1":
      return headroomPage(document);
    case "sageplan/review/1":
      return reviewPage(document);
    case "sageplan/backtest/2":
      return backtestPage(document);
    default:
      return documentPage(document);
  }
}
