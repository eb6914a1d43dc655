/** One small instance without an accelerator that waits for requests: serverless inference is paid by the request. */
import type { HeadroomFinding } from "../domain/documents/headroom.ts";
import type { ResourceUse } from "../domain/headroom.ts";
import { isFlat } from "./flat-fleet.ts";
import { gpusOf, sizeOf } from "./hardware.ts";
import { idleShare, isKnown, type Measured } from "./measured.ts";
import { confidenceOf, findingOf, type Seen } from "./seen.ts";
import { shapeOf, type Shape } from "./shape.ts";
import { IDLE_SHARE, SERVERLESS_GB } from "./thresholds.ts";

const PAGE = "Deploy models with Amazon SageMaker Serverless Inference";
const SMALL = new Set(["medium", "large"]);

export function serverless(seen: Seen, use: ResourceUse): HeadroomFinding | null {
  const { component, instanceType } = use.sku;
  if (component !== "Host" || !SMALL.has(sizeOf(instanceType)) || gpusOf(instanceType) !== 0) return null;
  const shape = shapeOf(use, seen.window);
  // Several of them may be one endpoint or many: only a name tells.
  if (!isFlat(shape) || Math.round(shape.count) !== 1 || use.resourceId === "") return null;
  const measured = seen.measured.get(use);
  if (measured && isKnown(measured.invocations)) return measuredSmall(seen, use, shape, measured);
  return small(seen, use, shape, {
    confidence: confidenceOf(use),
    savedShare: null,
    what:
      `One ${instanceType} round the clock for ${shape.lifeHours} hours, small enough for a serverless endpoint. What its requests would ` +
      "cost there the bill can't tell, so no dollars stand here: metrics would.",
  });
}

function measuredSmall(
  seen: Seen,
  use: ResourceUse,
  shape: Shape,
  { invocations, secondsPerRequest }: Measured,
): HeadroomFinding | null {
  const idle = idleShare(invocations);
  if (idle < IDLE_SHARE) return null;
  const known = invocations.filter((count) => !Number.isNaN(count));
  const perHour = known.reduce((sum, count) => sum + count, 0) / known.length;
  const price = gbSecondUsd(seen, use.sku.region);
  const seconds = perHour === 0 ? 0 : secondsPerRequest;
  const costUsdPerHour =
    price === null || seconds === null ? null : perHour * seconds * SERVERLESS_GB * price;
  if (costUsdPerHour !== null && costUsdPerHour >= shape.usdPerHour) return null;
  const why =
    costUsdPerHour !== null
      ? `Its requests would be paid by the second, at ${SERVERLESS_GB} GB, the most there is, and the price that your bill shows; data in and out is not counted.`
      : price === null
        ? `No dollars stand here: the price of serverless inference in ${use.sku.region} shows nowhere in your bill.`
        : "No dollars stand here: without ModelLatency the seconds of its requests are not known.";
  return small(seen, use, shape, {
    confidence: "measured",
    savedShare: costUsdPerHour === null ? null : 1 - costUsdPerHour / shape.usdPerHour,
    what:
      `One ${use.sku.instanceType} round the clock, without a request in ${Math.round(idle * 100)} % of ${known.length} measured hours. ` +
      why,
  });
}

const small = (
  seen: Seen,
  use: ResourceUse,
  { usdPerHour }: Shape,
  told: Pick<Parameters<typeof findingOf>[2], "confidence" | "savedShare" | "what">,
): HeadroomFinding =>
  findingOf(seen, use, {
    ...told,
    pattern: "serverless",
    usdPerHour,
    keptShare: 0,
    page: PAGE,
    event: (match) => ({ shutdown: match }),
  });

/** What the bill shows: `USE1-ServerlessInf:Mem-3GB` is metered in seconds of 3 GB. Null: the Region has none. */
function gbSecondUsd({ bySku }: Seen, region: string): number | null {
  for (const { sku, usageHours, onDemandUsd } of bySku) {
    const [, gigabytes] = /ServerlessInf:Mem-(\d+)GB$/.exec(sku.usageType) ?? [];
    if (gigabytes === undefined || sku.region !== region) continue;
    const seconds = usageHours.reduce((sum, each) => sum + each, 0);
    const usd = onDemandUsd.reduce((sum, each) => sum + each, 0);
    if (seconds > 0 && usd > 0) return usd / seconds / Number(gigabytes);
  }
  return null;
}
