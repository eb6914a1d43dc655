/** What a review brings to the store, and what it finds there. */
import { createHash } from "node:crypto";
import { dirname, resolve } from "node:path";
import type { Billing, DeliveryRead } from "../domain/billing.ts";
import type { OwnedPlan } from "../domain/commitment.ts";
import type { Taken } from "../domain/documents/review.ts";
import { SageplanError } from "../domain/error.ts";
import { HOUR_MS, hourOfMs, parseUtcMs, type Hour } from "../domain/hour.ts";
import { withDefaults } from "../domain/options/option.ts";
import { storeOptions, type StoreOptions } from "../domain/options/source.ts";
import type { Effects } from "../domain/progress.ts";
import type { SavingsPlansRate } from "../domain/rates.ts";
import type { StoreEngine } from "../engine/query-engine.ts";
import {
  deliveryTotals,
  findDeliveries,
  learn,
  readDeliveries,
  withPassedOver,
  type FoundDeliveries,
} from "../ingest/billing.ts";
import { readPlanFile } from "../ingest/plans/plan-file.ts";
import { readRateFiles } from "../ingest/rates/read.ts";
import { takeDeliveries, viewLines, type KnownDelivery } from "./deliveries.ts";
import { recall, remember } from "./memory.ts";
import { makeTables, openStore } from "./open-store.ts";
import { transaction } from "./transaction.ts";

export interface Brought {
  path: string;
  asOfMs: number;
  found: FoundDeliveries;
  card: SavingsPlansRate[] | null;
  inventory: OwnedPlan[] | null;
  from: string | undefined;
  to: string | undefined;
  /** What the engine may open. */
  folders: string[];
  waitSeconds: number;
}

/** All but the deliveries is read here: what is wrong with it must show before the store is touched. */
export async function broughtBy(options: StoreOptions, effects: Effects): Promise<Brought> {
  const { store, wait } = withDefaults(storeOptions, options);
  const path = resolve(store);
  const asOfMs = options.asOf === undefined ? effects.now?.() : parseUtcMs(options.asOf);
  if (asOfMs === undefined || Number.isNaN(asOfMs)) {
    throw new SageplanError(
      "wrong-call",
      `asOf: found ${options.asOf ?? "nothing"}, expected the instant of the review, such as 2026-11-03T08:00:00Z.`,
    );
  }
  const found =
    options.exports.length > 0
      ? await findDeliveries(options.exports)
      : { deliveries: [], folders: [], passedOver: [] };
  return {
    path,
    asOfMs,
    found,
    card: options.rates?.length ? await readRateFiles(options.rates) : null,
    inventory: options.owned === undefined ? null : await readPlanFile(options.owned),
    from: options.from,
    to: options.to,
    folders: [...found.folders, dirname(path)],
    waitSeconds: wait,
  };
}

export interface Remembered {
  billing: Billing;
  card: SavingsPlansRate[] | null;
  taken: Taken[];
}

/** Opens the store and runs `use` within one transaction, over all that the store holds with what was brought. */
export async function withStore<T>(
  engine: StoreEngine & { scratch: string },
  brought: Brought,
  effects: Effects,
  use: (remembered: Remembered) => Promise<T>,
): Promise<T> {
  const { path, waitSeconds, asOfMs } = brought;
  const isNew = await openStore(engine, path, {
    waitSeconds,
    signal: effects.signal,
    onWait: (holder) =>
      effects.onNote?.(`The store ${path} is held by ${holder}: waiting up to ${waitSeconds} s for it.`),
  });
  const work = async (): Promise<T> => {
    await makeTables(engine, path);
    const taken = await take(engine, brought, effects);
    const asOf: Hour = hourOfMs(asOfMs);
    if (brought.card) await remember(engine, "rate_card", asOf, fingerprintOf(brought.card), brought.card);
    if (brought.inventory)
      await remember(engine, "inventory", asOf, fingerprintOf(brought.inventory), brought.inventory);
    const read = (await viewLines(engine, asOf)).map(deliveryOf);
    if (read.length === 0) throw nothingSeen(path, asOfMs);
    const inventory = await recall<OwnedPlan[]>(engine, "inventory", asOf);
    // The store keeps no resources: they are those of the deliveries that were brought.
    const billing = await learn(engine, read, inventory, {
      resources: brought.found.deliveries.length > 0,
      from: brought.from,
      to: brought.to,
      until: asOf,
    });
    return use({
      billing: withPassedOver(billing, brought.found),
      card: await recall<SavingsPlansRate[]>(engine, "rate_card", asOf),
      taken,
    });
  };
  return transaction(engine, path, work, { isNew, signal: effects.signal });
}

/** As it was read, of the periods that still count. */
function deliveryOf({ told, billingPeriods }: KnownDelivery): DeliveryRead {
  const read = told as DeliveryRead;
  return {
    ...read,
    ...(read.periods && {
      periods: read.periods.filter(({ billingPeriod }) => billingPeriods.includes(billingPeriod)),
    }),
  };
}

async function take(
  engine: StoreEngine & { scratch: string },
  { found, asOfMs }: Brought,
  effects: Effects,
): Promise<Taken[]> {
  if (found.deliveries.length === 0) return [];
  const read = await readDeliveries(engine, found.deliveries, effects, { resources: true });
  const asked = read.flatMap(({ costExplorer = [] }) => costExplorer)[0];
  if (asked) {
    throw new SageplanError(
      "wrong-call",
      `${asked.path} is of Cost Explorer, and a review remembers months as AWS delivers and restates them: give it billing exports. ` +
        "`sageplan inspect` and `sageplan recommend` take Cost Explorer's files.",
    );
  }
  await deliveryTotals(engine, read);
  return takeDeliveries(
    engine,
    read.map((each, number) => ({
      number,
      version: each.delivery.version,
      fingerprint: fingerprintOf(each.inputs.map(({ sha256 }) => sha256).sort()),
      billingPeriods: (each.periods ?? []).map(({ billingPeriod }) => billingPeriod),
      told: each,
    })),
    hourOfMs(asOfMs),
  );
}

const fingerprintOf = (value: unknown): string =>
  createHash("sha256").update(JSON.stringify(value)).digest("hex");

const nothingSeen = (path: string, asOfMs: number): SageplanError =>
  new SageplanError(
    "no-sagemaker-usage",
    `The store ${path} holds no SageMaker usage before ${new Date(Math.floor(asOfMs / HOUR_MS) * HOUR_MS).toISOString()}. ` +
      "Name billing exports of the payer account, or an --as-of after their hours.",
  );
