/**
 * Reads billing exports once and tells what the other rooms need to know: the hourly spend, what every dollar was,
 * which plans are owned, which rates show, and from which bytes all of it came.
 */
import { dirname } from "node:path";
import type { Billing, Delivery, DeliveryRead } from "../domain/billing.ts";
import type { OwnedPlan } from "../domain/commitment.ts";
import type { BillingOptions, BillingParts } from "../domain/options/source.ts";
import { currencySign } from "../domain/currency.ts";
import type { Effects } from "../domain/progress.ts";
import type { QueryEngine } from "../engine/query-engine.ts";
import { billAgreements } from "./agreement.ts";
import { billedAtZero } from "./billed-at-zero.ts";
import { billingFindings, passedOverFindings } from "./billing-findings.ts";
import { costExplorerAgreements } from "./cost-explorer/agreements.ts";
import { costExplorerFindings } from "./cost-explorer/findings.ts";
import { requireNoOverlap } from "./cost-explorer/overlap.ts";
import { netCorrections } from "./corrections.ts";
import { priceCovered } from "./covered-prices.ts";
import { asAsked, coverageFindings, coveredTime, type AskedTime } from "./exports/covered-time.ts";
import { requireNoDuplicates, requireOneCurrency, type DeliveryTotal } from "./exports/delivery-checks.ts";
import { newestDeliveries } from "./exports/delivery.ts";
import { discover } from "./exports/discover.ts";
import type { PassedOver } from "./exports/file-kinds.ts";
import { loadHourlySpend, sumHourly, usageSpan } from "./exports/hourly-spend.ts";
import { readManifest } from "./exports/manifest.ts";
import { openPeriod } from "./exports/open-period.ts";
import { loadResourceUse, newestPeriods } from "./exports/resource-hours.ts";
import { inPool } from "./files/pool.ts";
import { sqlFile } from "./files/sql-file.ts";
import { whileUnchanged } from "./files/while-unchanged.ts";
import { negotiatedDiscountInBill } from "./negotiated-discount.ts";
import { planFindings, plansInBill } from "./plans/owned-plans.ts";
import { readPlanFile, requirePlansFit } from "./plans/plan-file.ts";
import { observedRates } from "./rates/observed.ts";
import { readDelivery } from "./read-delivery.ts";
import { chargeLines } from "./reconcile.ts";
import { costBefore, isRemote, openRemote, scannedFinding } from "./remote/options.ts";
import { readRemote, remoteSql } from "./remote/read.ts";
import { withEngine } from "./with-engine.ts";

/**
 * Opens an engine, reads the exports into it, hands both to `use`, and cleans up whatever happens.
 * @throws SageplanError for everything that makes an export unusable; see `domain/error.ts`
 */
export async function withBilling<T>(
  options: BillingOptions & BillingParts,
  effects: Effects,
  use: (billing: Billing, engine: QueryEngine) => Promise<T>,
  alsoWritesTo: readonly string[] = [],
): Promise<T> {
  if (isRemote(options)) return withRemote(options, effects, use, alsoWritesTo);
  const found = await findDeliveries(options.exports);
  return withEngine(options.memory, [...found.folders, ...alsoWritesTo], effects, async (engine) => {
    const read = await readDeliveries(engine, found.deliveries, effects, options);
    const inventory = options.owned ? await readPlanFile(options.owned) : null;
    const billing = withPassedOver(await learn(engine, read, inventory, options), found);
    effects.onProgress?.({ step: "Adding up", done: 1, total: 1, unit: "parts" });
    return await use(billing, engine);
  });
}

/** Also tells of the files that were found beside what was read. */
export const withPassedOver = (billing: Billing, { passedOver }: FoundDeliveries): Billing => ({
  ...billing,
  findings: [...billing.findings, ...passedOverFindings(passedOver)],
});

/** The same of a table that an engine elsewhere reads. */
async function withRemote<T>(
  options: BillingOptions,
  effects: Effects,
  use: (billing: Billing, engine: QueryEngine) => Promise<T>,
  alsoWritesTo: readonly string[],
): Promise<T> {
  const remote = await openRemote(options, effects);
  try {
    for (const note of await costBefore(options, remote)) effects.onNote?.(note);
    return await withEngine(options.memory, alsoWritesTo, effects, async (engine) => {
      const read = await readRemote(engine, remote, periodsOf(options));
      const billing = await learn(engine, [read], options.owned ? await readPlanFile(options.owned) : null, {
        from: options.from,
        to: options.to,
      });
      return use({ ...billing, findings: [...billing.findings, ...scannedFinding(options, remote)] }, engine);
    });
  } finally {
    remote.close();
  }
}

/** What an engine elsewhere would be asked. @throws SageplanError `wrong-call` without one */
export async function billingSql(options: BillingOptions, effects: Effects = {}): Promise<string> {
  const remote = await openRemote(options, effects);
  try {
    const notes = (await costBefore(options, remote)).map((note) => `-- ${note}\n`);
    return notes.join("") + (await remoteSql(remote, periodsOf(options)));
  } finally {
    remote.close();
  }
}

/** The billing periods that the history can lie in. */
const periodsOf = ({ from, to }: BillingOptions) => ({
  first: from?.slice(0, 7) ?? null,
  last: to?.slice(0, 7) ?? null,
});

/** Each is a file that is open for a moment. */
const MANIFESTS_AT_ONCE = 8;

export interface FoundDeliveries {
  deliveries: Delivery[];
  /** Where their files lie. */
  folders: string[];
  /** Files beside them that were not read. */
  passedOver: PassedOver[];
}

/** The newest delivery of each period among these paths. @throws SageplanError */
export async function findDeliveries(exports: readonly string[]): Promise<FoundDeliveries> {
  const { data, manifests, passedOver } = await discover(exports);
  const deliveries = newestDeliveries(
    data,
    await inPool(manifests, MANIFESTS_AT_ONCE, readManifest),
    passedOver.map(({ path }) => path),
  );
  const files = deliveries.flatMap((delivery) => delivery.files);
  return { deliveries, folders: [...new Set(files.map(({ path }) => dirname(path)))], passedOver };
}

/**
 * Reads the deliveries into `line`, numbered from 0.
 * @throws SageplanError `duplicate-delivery`, `mixed-currencies` and others
 */
export async function readDeliveries(
  engine: QueryEngine & { scratch: string },
  deliveries: readonly Delivery[],
  effects: Effects,
  { resources = false }: BillingParts = {},
): Promise<DeliveryRead[]> {
  const newest = resources ? newestPeriods(deliveries) : new Set<Delivery>();
  const edges = edgePeriods(deliveries);
  const totalMegabytes =
    deliveries.flatMap(({ files }) => files).reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
  let doneMegabytes = 0;
  const onBytes = (bytes: number): void => {
    doneMegabytes += bytes / 1e6;
    effects.onProgress?.({
      step: "Reading billing exports",
      done: doneMegabytes,
      total: totalMegabytes,
      unit: "MB",
    });
  };
  const read: DeliveryRead[] = [];
  for (const [n, delivery] of deliveries.entries()) {
    const paths = delivery.files.map(({ path }) => path);
    read.push(
      await whileUnchanged(paths, () =>
        readDelivery(engine, engine.scratch, n, delivery, onBytes, effects, {
          resources: newest.has(delivery),
          isEdge: edges.has(delivery.billingPeriod),
        }),
      ),
    );
  }
  return read;
}

/** The first and the newest billing period among deliveries, and that of files whose folder tells none. */
function edgePeriods(deliveries: readonly Delivery[]): ReadonlySet<string> {
  const named = deliveries.map(({ billingPeriod }) => billingPeriod).filter((period) => period !== "");
  return new Set(["", ...named.sort().slice(0, 1), ...named.slice(-1)]);
}

/** What each delivery's rows in `line` are of; two deliveries of one account's month are refused. */
export async function deliveryTotals(
  engine: QueryEngine,
  read: readonly DeliveryRead[],
): Promise<DeliveryTotal[]> {
  const totals = (await engine.rows(sqlFile("totals"))) as unknown as DeliveryTotal[];
  requireNoDuplicates(read, totals);
  await requireNoOverlap(engine, read);
  return totals;
}

/**
 * All that `line` tells. `inventory`: the plans owned; null: those that the fee rows show. `resources`: the deliveries
 * were read with their resources.
 */
export async function learn(
  engine: QueryEngine,
  read: DeliveryRead[],
  inventory: OwnedPlan[] | null,
  { resources = false, ...asked }: BillingParts & AskedTime = {},
): Promise<Billing> {
  const totals = await deliveryTotals(engine, read);
  const currency = requireOneCurrency(read, totals);
  const sign = currencySign({ currency });
  requirePlansFit(inventory ?? [], { currency });
  const amountFindings = [
    ...(await priceCovered(engine, read, currency)),
    ...(await netCorrections(engine, read, sign)),
  ];
  const used = await usageSpan(engine);
  const told = coveredTime(read, used);
  const end = told === null ? 0 : asAsked(told, asked).to.hour;
  const charges = await chargeLines(engine, end);
  const inBill = await plansInBill(engine, end);
  const ownedPlans = inventory ?? inBill.plans;
  // Without usage there is nothing to say, unless plans are paid for it.
  const covered = told !== null && (used !== null || ownedPlans.length > 0) ? asAsked(told, asked) : null;
  const known = new Set([
    ...ownedPlans.map(({ arn }) => arn),
    // The normalized table does not say which plan covered: with --owned it was one of those.
    ...(inventory ? [""] : []),
    // What a plan covered that is gone is uncovered from now on.
    ...inBill.plans.filter((plan) => plan.end !== null && plan.end <= end).map(({ arn }) => arn),
  ]);
  const { skus, items } = await sumHourly(engine, [...known]);
  const span = covered && {
    from: covered.from.hour,
    to: covered.to.hour,
    granularityHours: used?.granularityHours ?? 1,
  };
  const spend = span ? await loadHourlySpend(engine, span, skus, items) : null;
  const hasNegations = charges.some(({ lineItemType }) => lineItemType === "SavingsPlanNegation");
  const exportTotalUsd = ((await engine.rows(sqlFile("export_total")))[0]?.billed_usd ?? 0n) as bigint;
  const open = spend && covered ? openPeriod(read, spend, covered) : null;
  return {
    deliveries: read,
    open,
    inputs: read.flatMap(({ inputs }) => inputs),
    covered,
    spend,
    charges,
    exportTotalUsd,
    agreements: [
      ...(await billAgreements(engine, inBill.hours, hasNegations)),
      ...costExplorerAgreements(read, exportTotalUsd),
    ],
    ownedPlans,
    planHours: inBill.hours,
    observedRates: await observedRates(engine, inBill.plans),
    negotiatedDiscount: negotiatedDiscountInBill(charges),
    currency,
    payerAccounts: payersOf(totals),
    resources: resources ? await loadResourceUse(engine) : null,
    findings: [
      ...billingFindings(read, spend),
      ...amountFindings,
      ...(await billedAtZero(engine)),
      ...(spend ? costExplorerFindings(read, spend, inventory !== null, sign) : []),
      ...(covered ? coverageFindings(covered, used) : []),
      ...(open ? [open.finding] : []),
      ...planFindings(inBill, inventory, end, sign),
    ],
  };
}

const payersOf = (totals: readonly { payer_account_id: string }[]): string[] => [
  ...new Set(totals.map((row) => row.payer_account_id).filter((account) => account !== "")),
];
