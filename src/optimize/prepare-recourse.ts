/** A program, arranged for the recourse: its hours by site, its plans by class, its items by kind. */
import { turnOf } from "../domain/sharing.ts";
import type { PlanTerms } from "../domain/commitment.ts";
import { groupBy } from "../domain/group.ts";
import { activeIn } from "../domain/scenario.ts";
import { hourDual, type HourDual } from "./hour-room.ts";
import type { Program } from "./program.ts";
import { makeRay, type Ray } from "./ray-room.ts";
import { demandByKind, sitesOf, type DemandByKind, type Sites } from "./sites.ts";

/** A program made ready for evaluation at any commitments. */
export interface Recourse {
  program: Program;
  sites: Sites;
  /** By set of active plans (`Sites.segment`): what a site of it is solved with. */
  segments: Segment[];
  /** What the owned plans cost over the horizon, whatever is bought, USD. */
  ownedUsd: number;
  /** `[site · most classes + class]` Best multipliers of the latest evaluation: where the next one starts. */
  mu: Float64Array;
  mostClasses: number;
  hoursSolvedAnotherWay: number;
}

/**
 * Plans with the same rates are one plan to the program, a class; items that differ for no plan are one item, a kind.
 */
export interface Segment {
  /** `[class][kind]` Infinity: may not be covered. */
  ratio: Float64Array[];
  /** `[kind · classes + class]` The same, a kind's side by side. */
  ratioByKind: Float64Array;
  /** `[class]` Owned commitment, $/h. */
  ownedUsdPerHour: Float64Array;
  /** The offers that are active, and the class that each belongs to. */
  offers: Int32Array;
  offerClass: Int32Array;
  hour: HourDual;
  ray: Ray;
}

/** Usage by kind, which programs of one base demand and the same plans, or fewer, have in common. */
export interface UsageByKind {
  kindOf: Int32Array;
  demand: DemandByKind;
}

export function usageByKind(
  program: Pick<Program, "scenarios" | "sharing" | "owned"> & { offers: readonly Rated[] },
): UsageByKind {
  const { scenarios, owned, offers } = program;
  const plans = [...owned, ...offers].map((plan) => ratiosOf(program, plan));
  const kindOf = kindsOf(plans, scenarios.base.items.length);
  return { kindOf, demand: demandByKind(scenarios.base, kindOf) };
}

export function prepareRecourse(program: Program, usage = usageByKind(program)): Recourse {
  const { scenarios, owned, offers } = program;
  const plans = [...owned, ...offers].map((plan) => ratiosOf(program, plan));
  const kind = usage.kindOf;
  const sites = sitesOf(scenarios, usage.demand, [
    ...owned.flatMap((plan) => [activeIn(scenarios, plan).from, activeIn(scenarios, plan).to]),
    ...offers.flatMap((offer) => [offerHours(scenarios, offer).from, offerHours(scenarios, offer).to]),
  ]);
  const mostItems = longestHour(sites);
  const kindCount = kind.reduce((most, each) => Math.max(most, each + 1), 0);
  const ofKinds = plans.map((ratio) => {
    const ofKind = new Float64Array(kindCount);
    for (const [item, each] of kind.entries()) ofKind[each] = ratio[item]!;
    return ofKind;
  });
  const segments = sites.segmentStart.map((t) => segmentAt(program, ofKinds, t, mostItems));
  const mostClasses = segments.reduce((most, { ratio }) => Math.max(most, ratio.length), 0);
  return {
    program,
    sites,
    segments,
    ownedUsd: owned.reduce(
      (sum, plan) => sum + plan.commitmentUsdPerHour * activeIn(scenarios, plan).hours,
      0,
    ),
    mu: new Float64Array(sites.count * mostClasses).fill(1),
    mostClasses,
    hoursSolvedAnotherWay: 0,
  };
}

const offerHours = (
  scenarios: Program["scenarios"],
  { activeFrom, activeHours }: Program["offers"][number],
): { from: number; to: number } => activeIn(scenarios, { activeFrom, activeTo: activeFrom + activeHours });

function longestHour({ demand }: Sites): number {
  let most = 0;
  for (let h = 0; h + 1 < demand.start.length; h++) {
    most = Math.max(most, demand.start[h + 1]! - demand.start[h]!);
  }
  return most;
}

type Rated = Pick<PlanTerms, "ownerAccount" | "rates">;

/** `[item]` Infinity: the plan may not cover the item. */
function ratiosOf({ scenarios, sharing }: Pick<Program, "scenarios" | "sharing">, plan: Rated): Float64Array {
  return Float64Array.from(scenarios.base.items, ({ account, sku }) => {
    const ratio = plan.rates.ratio[sku]!;
    return ratio > 0 && turnOf(sharing, plan.ownerAccount, account) !== null ? ratio : Infinity;
  });
}

/** `[item]` → kind: items that every plan covers at the same ratios are one kind, whose usage is added up. */
function kindsOf(plans: readonly Float64Array[], itemCount: number): Int32Array {
  const kinds = new Map<string, number>();
  return Int32Array.from({ length: itemCount }, (_, item) => {
    const key = plans.map((ratio) => ratio[item]!).join();
    const kind = kinds.get(key) ?? kinds.size;
    kinds.set(key, kind);
    return kind;
  });
}

/**
 * The plans that are active in hour t of the scenarios, those of equal ratios together; `plans` are
 * owned plans, then offers.
 */
function segmentAt(
  { owned, offers, scenarios }: Program,
  plans: readonly Float64Array[],
  t: number,
  mostItems: number,
): Segment {
  const active = [
    ...owned.flatMap((plan, n) => {
      const { from, to } = activeIn(scenarios, plan);
      const isActive = plan.commitmentUsdPerHour > 0 && from <= t && t < to;
      return isActive ? [{ ratio: plans[n]!, usdPerHour: plan.commitmentUsdPerHour, offer: -1 }] : [];
    }),
    ...offers.flatMap((offer, n) =>
      offerHours(scenarios, offer).from <= t && t < offerHours(scenarios, offer).to
        ? [{ ratio: plans[owned.length + n]!, usdPerHour: 0, offer: n }]
        : [],
    ),
  ];
  const classes = [...groupBy(active, ({ ratio }) => ratio.join()).values()];
  const memberships = classes.flatMap((those, n) => those.map(({ offer }) => ({ offer, class: n })));
  const bought = memberships.filter(({ offer }) => offer >= 0);
  const ratio = classes.map((members) => members[0]!.ratio);
  const kindCount = plans[0]?.length ?? 0;
  const ratioByKind = Float64Array.from(
    { length: kindCount * ratio.length },
    (_, n) => ratio[n % ratio.length]![Math.floor(n / ratio.length)]!,
  );
  return {
    ratio,
    ratioByKind,
    ownedUsdPerHour: Float64Array.from(classes, (those) => those.reduce((sum, p) => sum + p.usdPerHour, 0)),
    offers: Int32Array.from(bought, ({ offer }) => offer),
    offerClass: Int32Array.from(bought, ({ class: of }) => of),
    hour: hourDual(classes.length, mostItems),
    ray: makeRay(classes.length, ratioByKind),
  };
}

/** No offer can use more than this in any hour of the futures, $/h: beyond it a commitment only costs. */
export function mostUsefulUsdPerHour({ program, sites, segments }: Recourse): Float64Array {
  const most = new Float64Array(program.offers.length);
  for (let site = 0; site < sites.count; site++) {
    const { offers, offerClass, ratio } = segments[sites.segment[site]!]!;
    const growth = sites.growth[sites.start[site + 1]! - 1]!;
    for (let k = 0; k < offers.length; k++) {
      const usable = growth * usableUsd(sites.demand, sites.baseHour[site]!, ratio[offerClass[k]!]!);
      most[offers[k]!] = Math.max(most[offers[k]!]!, usable);
    }
  }
  return most;
}

/** Commitment that one plan alone could use in a base hour, $. */
function usableUsd({ start, kind, onDemandUsd }: Sites["demand"], h: number, ratio: Float64Array): number {
  let usd = 0;
  for (let n = start[h]!; n < start[h + 1]!; n++) {
    const r = ratio[kind[n]!]!;
    if (r < Infinity) usd += onDemandUsd[n]! * r;
  }
  return usd;
}
