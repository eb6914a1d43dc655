import type { Sku } from "../domain/usage.ts";
import { parseUsageType, regionOfUsageType } from "./usage-type.ts";

/** A SKU from what a row says; the region column speaks first, then the usage type's prefix. */
export function skuOf(usageType: string, operation: string, regionColumn: string): Sku {
  const parts = parseUsageType(usageType);
  return {
    usageType,
    operation,
    region: regionColumn || regionOfUsageType(parts),
    component: parts.component,
    instanceType: parts.instanceType,
  };
}
