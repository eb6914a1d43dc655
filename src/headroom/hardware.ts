/**
 * What an instance type has of what utilization is counted in (EC2 guide, "Instance types"; an
 * `ml.` type is its EC2 type).
 */

const LARGER: Readonly<Record<string, number>> = { medium: 1, large: 2, xlarge: 4 };
const CORES_OF: Readonly<Record<string, number>> = {
  "t2.medium": 2,
  "t3.medium": 2,
  "c4.8xlarge": 36,
};

const partsOf = (instanceType: string): { family: string; size: string } => {
  const [, family = "", size = ""] = /^ml\.([a-z0-9-]+)\.([a-z0-9]+)$/.exec(instanceType) ?? [];
  return { family, size };
};

export const familyOf = (instanceType: string): string => partsOf(instanceType).family;
export const sizeOf = (instanceType: string): string => partsOf(instanceType).size;

/** vCPUs; null: a size that is not known. */
export function coresOf(instanceType: string): number | null {
  const { family, size } = partsOf(instanceType);
  const times = /^(\d+)xlarge$/.exec(size);
  return CORES_OF[`${family}.${size}`] ?? LARGER[size] ?? (times ? 4 * Number(times[1]) : null);
}

/** GPUs by size; a size that is not named has one. */
const GPUS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  g4dn: { "12xlarge": 4 },
  g5: { "12xlarge": 4, "24xlarge": 4, "48xlarge": 8 },
  g6: { "12xlarge": 4, "24xlarge": 4, "48xlarge": 8 },
  g6e: { "12xlarge": 4, "24xlarge": 4, "48xlarge": 8 },
  p2: { "8xlarge": 8, "16xlarge": 16 },
  p3: { "8xlarge": 4, "16xlarge": 8 },
  p3dn: { "24xlarge": 8 },
  p4d: { "24xlarge": 8 },
  p4de: { "24xlarge": 8 },
  p5: { "48xlarge": 8 },
  p5e: { "48xlarge": 8 },
  p5en: { "48xlarge": 8 },
};

/**
 * GPUs; 0 on families without an accelerator; null: accelerators that no metric tells of, or a
 * family that is not known.
 */
export function gpusOf(instanceType: string): number | null {
  const { family, size } = partsOf(instanceType);
  const known = GPUS[family];
  if (known) return known[size] ?? 1;
  return /^[acdhimrtxz]\d/.test(family) ? 0 : null;
}
