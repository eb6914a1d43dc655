/** The SKUs that events bring: usage that the history does not know. */
import { matches, type DeclaredEvent } from "../domain/event.ts";
import type { Sku } from "../domain/usage.ts";

/** Those of `skus` are not repeated. */
export function eventSkus(events: readonly DeclaredEvent[], skus: readonly Sku[]): Sku[] {
  const known = new Set(skus.map(eventSkuKey));
  const added: Sku[] = [];
  const add = (sku: Sku): void => {
    if (known.has(eventSkuKey(sku))) return;
    known.add(eventSkuKey(sku));
    added.push(sku);
  };
  for (const event of events) {
    if (event.kind === "launch") add(event.sku);
    if (event.kind === "migration") {
      for (const sku of [...skus, ...added]) {
        if (matches(event.match, sku, null)) add(migrated(sku, event.target));
      }
    }
  }
  return added;
}

export const eventSkuKey = ({ usageType, operation }: Sku): string => `${usageType}\n${operation}`;

const REGION_PREFIX = /^[A-Z]{2,3}[A-Z]?\d?$/;

/**
 * `USE1-Host:ml.p3.2xlarge` to `ml.g6` → `USE1-Host:ml.g6.2xlarge`; to `ml.g6.12xlarge`, that; to
 * `USW2` → `USW2-Host:ml.p3.2xlarge`.
 */
export function migrated(sku: Sku, target: string): Sku {
  if (REGION_PREFIX.test(target)) {
    const rest = sku.usageType.replace(/^[A-Z]{2,3}[A-Z]?\d?-/, "");
    return { ...sku, usageType: `${target}-${rest}`, region: "" };
  }
  const size = sku.instanceType.split(".").at(-1) ?? "";
  const instanceType = target.split(".").length > 2 ? target : `${target}.${size}`;
  return { ...sku, usageType: sku.usageType.replace(sku.instanceType, instanceType), instanceType };
}
