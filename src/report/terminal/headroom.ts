import type { HeadroomDocument } from "../../domain/documents/headroom.ts";
import { headroomPage } from "../document/headroom-page.ts";
import type { Style } from "../document/style.ts";
import { pageText } from "./page-text.ts";

/** What could shrink before a commitment, for a person at a terminal. */
export const headroomText = (h: HeadroomDocument, style: Style): string => pageText(headroomPage(h), style);
