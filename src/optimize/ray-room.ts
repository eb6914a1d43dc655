/** What a walk along the growth of an hour needs (`ray.ts` has the formulation), made once for many hours. */
import { ascendingOrder } from "./ascending.ts";

/** Room to walk in, for all hours in which the same plans are active. */
export interface Ray {
  planCount: number;
  /** `[kind · (plans + 1) + plan]`, "uncovered" being the last. */
  ratio: Float64Array;
  /** `[k · (plans + 1) + j]` The kinds by rising r_j ÷ r_k, and these quotients; those that k may cover. */
  order: Int32Array[];
  quotient: Float64Array[];
  /** `[plan]`, "uncovered" being the last. */
  mu: Float64Array;
  /** `[kind]` USD; 0 where the hour has no such usage. */
  d: Float64Array;
  /** `[kind]` The plans that price it lowest, as bits. */
  mask: Int32Array;
  /** The kinds with more than one such plan. */
  tied: Int32Array;
  tiedCount: number;
  /** `[plan]` Σ r·d of the kinds that it alone prices lowest; Σ d of those left uncovered. */
  use: Float64Array;
  /**
   * `[k · (plans + 1) + j]` Where in `order` the next kind stands that passes from k to j, and the
   * factor at which it does.
   */
  nextKind: Int32Array;
  nextFactor: Float64Array;
  /** Out: `[node]` From this growth on, up to the next node's, V(μ) and μ are best. */
  nodeCount: number;
  nodeGrowth: Float64Array;
  nodePriced: Float64Array;
  /** `[node · plans + plan]` */
  nodeMu: Float64Array;
}

/** `ratioByKind[kind · planCount + plan]`; Infinity: may not be covered. */
export function makeRay(planCount: number, ratioByKind: Float64Array): Ray {
  const kinds = planCount > 0 ? ratioByKind.length / planCount : 0;
  const width = planCount + 1;
  const ratio = new Float64Array(kinds * width).fill(1);
  for (let kind = 0; kind < kinds; kind++) {
    for (let k = 0; k < planCount; k++) ratio[kind * width + k] = ratioByKind[kind * planCount + k]!;
  }
  const order: Int32Array[] = [];
  const quotient: Float64Array[] = [];
  for (let k = 0; k < planCount; k++) {
    for (let j = 0; j < width; j++) {
      const covered = Int32Array.from({ length: kinds }, (_, kind) => kind).filter(
        (kind) => j !== k && ratio[kind * width + k]! < Infinity && ratio[kind * width + j]! < Infinity,
      );
      const quotients = Float64Array.from(
        covered,
        (kind) => ratio[kind * width + j]! / ratio[kind * width + k]!,
      );
      const rising = ascendingOrder(quotients);
      order.push(Int32Array.from(rising, (n) => covered[n]!));
      quotient.push(Float64Array.from(rising, (n) => quotients[n]!));
    }
  }
  return {
    planCount,
    ratio,
    order,
    quotient,
    mu: new Float64Array(width).fill(1),
    d: new Float64Array(kinds),
    mask: new Int32Array(kinds),
    tied: new Int32Array(kinds),
    tiedCount: 0,
    use: new Float64Array(width),
    nextKind: new Int32Array(planCount * width),
    nextFactor: new Float64Array(planCount * width),
    nodeCount: 0,
    nodeGrowth: new Float64Array(64),
    nodePriced: new Float64Array(64),
    nodeMu: new Float64Array(64 * planCount),
  };
}
