/**
 * Families that a newer one follows, and what its size is called there. An instance of equal size
 * has as many vCPUs, or as many GPUs.
 */

export interface Successor {
  family: string;
  /** Sizes that are called otherwise; the others keep their name. */
  sizes?: Readonly<Record<string, string>>;
  /** Sizes that have an equal; without it all. */
  only?: readonly string[];
}

/** As many GPUs as an ml.p3 has: 1, 4, 8. */
const P3_ON_G6 = {
  family: "g6",
  sizes: { "8xlarge": "12xlarge", "16xlarge": "48xlarge" },
  only: ["2xlarge", "8xlarge", "16xlarge"],
};

/** Of several the cheapest that has a price counts. */
export const SUCCESSORS: Readonly<Record<string, readonly Successor[]>> = {
  p3: [P3_ON_G6],
  p3dn: [{ family: "p4d" }],
  m4: [{ family: "m5" }, { family: "m7i" }],
  c4: [{ family: "c5", sizes: { "8xlarge": "9xlarge" } }],
  inf1: [{ family: "inf2" }],
};

/** The same on Graviton processors; only endpoints run on them. */
export const ON_GRAVITON: Readonly<Record<string, readonly Successor[]>> = {
  m5: [{ family: "m6g" }],
  c5: [{ family: "c6g" }, { family: "c7g" }],
  r5: [{ family: "r6g" }],
};

/** `ml.p3.8xlarge` → `ml.g6.12xlarge`; null: no equal. */
export function successorType(instanceType: string, { family, sizes, only }: Successor): string | null {
  const size = instanceType.split(".").at(-1)!;
  return only && !only.includes(size) ? null : `ml.${family}.${sizes?.[size] ?? size}`;
}
