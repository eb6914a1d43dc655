import { agreement } from "../../domain/agreement.ts";
import type { DeliveryRead } from "../../domain/billing.ts";
import type { Agreement } from "../../domain/documents/inspection.ts";
import { sumPico, usdOf, type Picodollars } from "../../domain/money.ts";

/**
 * Cost Explorer's totals against its own rows, and what was added up against what stands in its
 * files, to the last digit.
 */
export function costExplorerAgreements(
  read: readonly DeliveryRead[],
  exportTotalUsd: Picodollars,
): Agreement[] {
  const files = read.flatMap(({ costExplorer = [] }) => costExplorer);
  if (files.length === 0 || read.some(({ costExplorer }) => !costExplorer)) return [];
  const added = sumPico(files.map(({ totalUsd }) => totalUsd));
  return [
    agreement("the amounts added up = those in Cost Explorer's files", [usdOf(exportTotalUsd - added)], 0),
    ...files.flatMap(({ agreements }) => agreements),
  ];
}
