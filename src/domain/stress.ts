/** Bad futures that are plainly asked about; `domain/documents/stress.ts` says what each is. */
export const STRESSES = ["less-usage", "half-gone", "lower-prices", "gone"] as const;
export type StressKind = (typeof STRESSES)[number];
