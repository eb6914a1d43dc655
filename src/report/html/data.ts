/** What the page's own code is given, as JSON inside the page. */
import type { Purchase } from "../../domain/documents/purchase.ts";
import type { Expected, Risk } from "../../domain/documents/outcome.ts";
import type { WhatIfFigures, WhatIfTerm } from "../../domain/what-if.ts";

export interface PageData {
  schema: "sageplan/page/1";
  /** As in `--json`. */
  currency: string;
  purchases: Purchase[];
  expected: Expected;
  risk: Risk;
  horizonHours: number;
  scenarios: number;
  discountRate: number;
  /**
   * The offering that the page opens with, as an index into OFFERINGS; the others are held at what
   * they are in `commitments`.
   */
  offering: number;
  /** `[offer]` What the document is about, $/h: what starts now by offering, then what is queued. */
  commitments: number[];
  /** What is queued, as `--commitment` takes it. */
  queue: string[];
  /** `[offering]` Where the slider ends, and by how much it steps, $/h. */
  slider: { most: number; step: number }[];
  /**
   * Base64 of the deflated model; null where it would be too large: then the page holds the figures
   * of `grid` and no others.
   */
  model: string | null;
  /** Settled along the first offering, ascending. */
  grid: { commitmentUsdPerHour: number; figures: WhatIfFigures; term: WhatIfTerm }[];
  /**
   * `[offering][percent of the hours]` So much of the offering, or more, could be used in so many of the hours, $/h.
   */
  usable: number[][];
}
