/**
 * AWS's billing rule for one hour, written from AWS's words and in their order; slow on purpose. It shares nothing with
 * src/settlement but the vocabulary.
 */
import type { Sharing } from "../../src/domain/sharing.ts";
import type { PlanTerms } from "../../src/domain/commitment.ts";
import type { Demand, Sku } from "../../src/domain/usage.ts";

interface Usage {
  entry: number;
  account: string;
  sku: number;
  leftUsd: number;
}

interface OracleHour {
  /** `[plan]` */
  usedUsd: number[];
  coveredOnDemandUsd: number[];
  onDemandLeftUsd: number;
}

export interface OracleSettlement {
  hours: OracleHour[];
  /** `[entry of the demand]` */
  entryLeftUsd: number[];
}

export function oracleSettle(
  demand: Demand,
  skus: readonly Sku[],
  plans: readonly PlanTerms[],
  sharing: Sharing,
): OracleSettlement {
  const entryLeftUsd = Array.from(demand.onDemandUsd);
  const hours: OracleHour[] = [];
  for (let hour = 0; hour < demand.hourCount; hour++) {
    const usages: Usage[] = [];
    for (const [item, { account, sku }] of demand.items.entries()) {
      for (let entry = demand.start[item]!; entry < demand.start[item + 1]!; entry++) {
        if (demand.hour[entry] !== hour) continue;
        usages.push({ entry, account, sku, leftUsd: demand.onDemandUsd[entry]! });
      }
    }
    hours.push(settleHour(usages, hour, skus, plans, sharing));
    for (const { entry, leftUsd } of usages) entryLeftUsd[entry] = leftUsd;
  }
  return { hours, entryLeftUsd };
}

type Turn = (owner: string, account: string) => boolean;

/** Who is served in which round, mode by mode, in AWS's words. */
function roundsOf({ mode, groups }: Sharing): Turn[] {
  const own: Turn = (owner, account) => owner === account;
  const others: Turn = (owner, account) => owner !== account;
  const sameGroup: Turn = (owner, account) =>
    owner !== account && groups.has(owner) && groups.get(owner) === groups.get(account);
  const outside: Turn = (owner, account) => owner !== account && !sameGroup(owner, account);
  return {
    open: [own, others],
    off: [own],
    prioritized: [own, sameGroup, outside],
    restricted: [own, sameGroup],
  }[mode];
}

function settleHour(
  usages: Usage[],
  hour: number,
  skus: readonly Sku[],
  plans: readonly PlanTerms[],
  sharing: Sharing,
): OracleHour {
  const usedUsd = plans.map(() => 0);
  const coveredOnDemandUsd = plans.map(() => 0);
  // "All active Savings Plans are grouped and applied together."
  const active = plans
    .map((plan, index) => ({ plan, index }))
    .filter(({ plan }) => plan.activeFrom <= hour && hour < plan.activeTo);
  // "Savings Plans are applied first to the owner account's usage, then to other accounts' if sharing is enabled."
  for (const isTurnOf of roundsOf(sharing)) {
    const combinations = active.flatMap(({ plan, index }) =>
      usages
        .filter(({ account }) => isTurnOf(plan.ownerAccount, account))
        .filter(({ sku }) => !Number.isNaN(plan.rates.ratio[sku]!))
        .map((usage) => ({
          plan,
          index,
          usage,
          savingPercent: (1 - plan.rates.ratio[usage.sku]!) * 100,
          rate: plan.rates.savingsPlanRateUsd[usage.sku]!,
        })),
    );
    // "The highest savings percentage first; if multiple usages have equal savings percentages, the lowest rate first."
    combinations.sort((a, b) => {
      const bySaving = b.savingPercent - a.savingPercent;
      if (Math.abs(bySaving) > 1e-8) return bySaving;
      if (a.rate !== b.rate) return a.rate - b.rate;
      return compareText(name(a.usage), name(b.usage)) || a.index - b.index;
    });
    for (const { plan, index, usage } of combinations) {
      const ratio = plan.rates.ratio[usage.sku]!;
      const remaining = plan.commitmentUsdPerHour - usedUsd[index]!;
      // "Until there is no more usage, or no more commitment." Fractional units are covered.
      const commitment = Math.min(remaining, usage.leftUsd * ratio);
      usedUsd[index]! += commitment;
      coveredOnDemandUsd[index]! += commitment / ratio;
      usage.leftUsd -= commitment / ratio;
    }
  }
  // "Remaining usage is charged at On-Demand rates."
  return {
    usedUsd,
    coveredOnDemandUsd,
    onDemandLeftUsd: usages.reduce((sum, { leftUsd }) => sum + leftUsd, 0),
  };

  function name({ sku, account }: Usage): string {
    const { usageType, operation, region } = skus[sku]!;
    return [usageType, operation, region, account].join("\0");
  }
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
