/**
 * What a purchase saves when the hours of a day (or month) are not known, only their sum. USD over the horizon, mean of
 * the futures, after any negotiated discount.
 */
export interface ShapeBounds {
  /** Hours that one amount of the data spans: 24 or a month's. */
  periodHours: number;
  /** Of the purchase that the document is about; no shape of the days saves less, or more. */
  lowerNetSavingsUsd: number;
  upperNetSavingsUsd: number;
  /** If all use of each period fell evenly into so many of its hours, the same ones for everything; descending. */
  concentrated: { hours: number; netSavingsUsd: number }[];
  /**
   * The fewest hours of a period over which its use may be spread for the purchase not to lose;
   * null: it loses even when spread evenly.
   */
  breakEvenHours: number | null;
  /** What the bounds suppose, for a person. */
  assumed: string;
}
