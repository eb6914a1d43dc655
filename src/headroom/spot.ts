/** Training that never runs on spot instances, family by family. */
import type { HeadroomFinding } from "../domain/documents/headroom.ts";
import type { ResourceUse } from "../domain/headroom.ts";
import { familyOf } from "./hardware.ts";
import { findingOf, type Seen } from "./seen.ts";
import { useUsd } from "./uses.ts";

const PAGE = "Managed Spot Training in Amazon SageMaker AI";

export function neverOnSpot(seen: Seen): HeadroomFinding[] {
  const groups = new Map<string, ResourceUse[]>();
  const onSpot = new Set<string>();
  for (const use of seen.bySku) {
    const { component, instanceType, region } = use.sku;
    const key = `${use.account} ${region} ${familyOf(instanceType)}`;
    if (component === "TrSpt") onSpot.add(key);
    if (component === "Train") groups.set(key, [...(groups.get(key) ?? []), use]);
  }
  return [...groups].flatMap(([key, uses]) => (onSpot.has(key) ? [] : [finding(seen, uses)]));
}

function finding(seen: Seen, uses: readonly ResourceUse[]): HeadroomFinding {
  const hours = seen.window.to - seen.window.from;
  const largest = uses.reduce((most, use) => (useUsd(use) > useUsd(most) ? use : most));
  return findingOf(seen, largest, {
    pattern: "no-spot",
    usageType: largest.sku.usageType.replace(/\.[^.]+$/, ".*"),
    confidence: "inferred",
    usdPerHour: uses.reduce((sum, use) => sum + useUsd(use), 0) / hours,
    savedShare: null,
    // Savings Plans never apply to spot.
    keptShare: 0,
    what:
      `Training on ml.${familyOf(largest.sku.instanceType)} and none of it on spot instances. Jobs that write checkpoints can wait for ` +
      "them. Spot prices move and your bill shows none for this family, so no dollars stand here.",
    page: PAGE,
    event: (match) => ({ shutdown: match }),
  });
}
