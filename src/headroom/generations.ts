/** Families with a successor, at equal size: what it costs there, by a price that is known. */
import type { HeadroomFinding, HeadroomPattern } from "../domain/documents/headroom.ts";
import type { ResourceUse } from "../domain/headroom.ts";
import type { Sku } from "../domain/usage.ts";
import { familyOf } from "./hardware.ts";
import { findingOf, type Seen } from "./seen.ts";
import { ON_GRAVITON, SUCCESSORS, successorType, type Successor } from "./successors.ts";
import { useUsd } from "./uses.ts";

const INFERENCE = "Inference cost optimization best practices";
const PRICING = "Amazon SageMaker AI pricing";

export const previousGeneration = (seen: Seen, use: ResourceUse): HeadroomFinding | null => {
  const successors = SUCCESSORS[familyOf(use.sku.instanceType)];
  return successors && isInstance(use.sku) ? moved(seen, use, successors, "previous-generation") : null;
};

export const graviton = (seen: Seen, use: ResourceUse): HeadroomFinding | null => {
  const successors = ON_GRAVITON[familyOf(use.sku.instanceType)];
  return successors && use.sku.component === "Host" ? moved(seen, use, successors, "graviton") : null;
};

/** Spot prices are no list prices. */
const isInstance = ({ component, instanceType }: Sku): boolean =>
  instanceType !== "" && component !== "TrSpt";

function moved(
  seen: Seen,
  use: ResourceUse,
  successors: readonly Successor[],
  pattern: Extract<HeadroomPattern, "previous-generation" | "graviton">,
): HeadroomFinding | null {
  const hours = use.usageHours.reduce((sum, each) => sum + each, 0);
  if (!(hours > 0)) return null;
  const nowUsd = useUsd(use) / hours;
  const priced = successors.flatMap((successor) => {
    const target = successorType(use.sku.instanceType, successor);
    const usd = target === null ? null : seen.priceOf(onType(use.sku, target));
    return target === null || usd === null ? [] : [{ target, usd }];
  });
  /** As it is, without digits that a division brought. */
  const rate = (usd: number): string => `${seen.sign}${Number(usd.toFixed(5))}`;
  const best = priced.toSorted((a, b) => a.usd - b.usd)[0];
  const saves = best !== undefined && best.usd < nowUsd;
  // Another processor is worth a test where it costs less; an old family is worth telling of
  // whatever its successor costs.
  if (!saves && pattern === "graviton") return null;
  const ratio = saves ? best.usd / nowUsd : 1;
  const named = `ml.${successors.map(({ family }) => family).join(" or ml.")}`;
  return findingOf(seen, use, {
    pattern,
    confidence: "inferred",
    usdPerHour: useUsd(use) / (seen.window.to - seen.window.from),
    savedShare: saves ? 1 - ratio : null,
    keptShare: ratio,
    what: saves
      ? `${use.sku.instanceType} at ${rate(nowUsd)} an hour On-Demand; ${best.target}, of equal size, is ${rate(best.usd)}${pattern === "graviton" ? " and runs on a Graviton processor: containers must be built for it" : ""}. Test it before moving.`
      : best === undefined
        ? `${use.sku.instanceType} is of a previous generation; ${named} follows it. No dollars stand here: no price of it at equal size in ${use.sku.region} is known.`
        : `${use.sku.instanceType} at ${rate(nowUsd)} an hour On-Demand is of a previous generation; ${best.target}, of equal size, is ${rate(best.usd)}. It saves only if fewer do the work, which a test must tell, so no dollars stand here.`,
    page: use.sku.component === "Host" ? INFERENCE : PRICING,
    event: (match) => ({
      migration: {
        ...match,
        to: best!.target,
        spend_ratio: Math.max(0.0001, Number(ratio.toFixed(4))),
      },
    }),
  });
}

const onType = (sku: Sku, instanceType: string): Sku => ({
  ...sku,
  usageType: sku.usageType.replace(sku.instanceType, instanceType),
  instanceType,
});
