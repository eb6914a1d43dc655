/** Every pattern, looked for in every use. */
import type { HeadroomFinding } from "../domain/documents/headroom.ts";
import type { ResourceUse } from "../domain/headroom.ts";
import { flatFleet } from "./flat-fleet.ts";
import { graviton, previousGeneration } from "./generations.ts";
import { alwaysOnNotebook } from "./notebooks.ts";
import { scaleToZero } from "./scale-to-zero.ts";
import type { Seen } from "./seen.ts";
import { serverless } from "./serverless.ts";
import { neverOnSpot } from "./spot.ts";
import { LEAST_USD_PER_MONTH } from "./thresholds.ts";

/** Largest dollars first; those without, by what the usage costs. */
export function headroomFindings(seen: Seen): HeadroomFinding[] {
  const all = [
    ...seen.standing.flatMap((use) => [served(seen, use), alwaysOnNotebook(seen, use)]),
    ...(seen.detail === "none" ? [] : neverOnSpot(seen)),
    ...seen.bySku.flatMap((use) => [previousGeneration(seen, use), graviton(seen, use)]),
  ];
  return all
    .filter((finding) => finding !== null)
    .filter(({ onDemandUsdPerMonth }) => onDemandUsdPerMonth >= LEAST_USD_PER_MONTH)
    .sort(
      (a, b) =>
        (b.savesUsdPerMonth ?? 0) - (a.savesUsdPerMonth ?? 0) ||
        b.onDemandUsdPerMonth - a.onDemandUsdPerMonth ||
        (`${a.resource} ${a.usageType}` < `${b.resource} ${b.usageType}` ? -1 : 1),
    );
}

/**
 * An endpoint is served in one way. Serverless first, which answers as a real-time endpoint does;
 * else of what would do the one that saves the most.
 */
function served(seen: Seen, use: ResourceUse): HeadroomFinding | null {
  const others = [scaleToZero(seen, use), flatFleet(seen, use)]
    .filter((finding) => finding !== null)
    .sort((a, b) => (b.savesUsdPerMonth ?? 0) - (a.savesUsdPerMonth ?? 0));
  return serverless(seen, use) ?? others[0] ?? null;
}
