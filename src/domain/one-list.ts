import type { HourlySpend, Sku, UsageItem } from "./usage.ts";

/**
 * Two spends over one list of SKUs and items, so that an index means the same in both: those of the first, then what
 * only the second has. A line of the second that names no operation is of the operation that the first knows for its
 * usage type, else of the one that all instance lines have.
 */
export function onOneList(first: HourlySpend, second: HourlySpend): [HourlySpend, HourlySpend] {
  const skus = [...first.skus];
  const skuIndex = indexOf(skus, skuKey);
  const operationOf = new Map(first.skus.map(({ usageType, operation }) => [usageType, operation]));
  const skuOf = second.skus.map((sku) => {
    const operation = sku.operation === "" ? (operationOf.get(sku.usageType) ?? RUN_INSTANCE) : sku.operation;
    return added(skus, skuIndex, skuKey, { ...sku, operation });
  });
  const items = [...first.items];
  const itemIndex = indexOf(items, itemKey);
  const itemOf = second.items.map(({ account, sku }) =>
    added(items, itemIndex, itemKey, { account, sku: skuOf[sku]! }),
  );
  return [
    { ...first, skus, items },
    { ...second, skus, items, item: second.item.map((item) => itemOf[item]!) },
  ];
}

const RUN_INSTANCE = "RunInstance";

const skuKey = ({ usageType, operation, region }: Sku): string => `${usageType}\n${operation}\n${region}`;
const itemKey = ({ account, sku }: UsageItem): string => `${account}\n${sku}`;

const indexOf = <T>(list: readonly T[], keyOf: (each: T) => string): Map<string, number> =>
  new Map(list.map((each, n) => [keyOf(each), n]));

function added<T>(list: T[], index: Map<string, number>, keyOf: (each: T) => string, each: T): number {
  const known = index.get(keyOf(each));
  if (known !== undefined) return known;
  index.set(keyOf(each), list.length);
  return list.push(each) - 1;
}

/** The rows of `first`, and of `second` those of SKUs that `first` does not use: what rates are read off. */
export function withNewSkus(first: HourlySpend, second: HourlySpend): HourlySpend {
  const isUsed = new Uint8Array(first.skus.length);
  for (const item of first.item) isUsed[first.items[item]!.sku] = 1;
  const isNew = (_: number, row: number): boolean => isUsed[second.items[second.item[row]!]!.sku] === 0;
  const item = second.item.filter(isNew);
  const rows = first.item.length + item.length;
  const joined = (a: Float64Array, b: Float64Array): Float64Array => {
    const both = new Float64Array(rows);
    both.set(a);
    both.set(b.filter(isNew), a.length);
    return both;
  };
  const items = new Int32Array(rows);
  items.set(first.item);
  items.set(item, first.item.length);
  // The hours of the second are not those of the first; rates do not ask for them.
  const hour = new Int32Array(rows);
  hour.set(first.hour);
  return {
    ...first,
    hour,
    item: items,
    usageHours: joined(first.usageHours, second.usageHours),
    onDemandUsd: joined(first.onDemandUsd, second.onDemandUsd),
    coveredOnDemandUsd: joined(first.coveredOnDemandUsd, second.coveredOnDemandUsd),
    coveredSavingsPlanUsd: joined(first.coveredSavingsPlanUsd, second.coveredSavingsPlanUsd),
    coveredByUnknownUsd: joined(first.coveredByUnknownUsd, second.coveredByUnknownUsd),
  };
}
