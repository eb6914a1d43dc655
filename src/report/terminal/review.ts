import type { Review } from "../../domain/documents/review.ts";
import { reviewPage } from "../document/review-page.ts";
import type { Style } from "../document/style.ts";
import { pageText } from "./page-text.ts";

/** A review for a person at a terminal. */
export const reviewText = (review: Review, style: Style): string => pageText(reviewPage(review), style);
