/** What files of Cost Explorer cannot tell, with the dollars that hang on it. */
import type { CostExplorerFacts } from "../../domain/cost-explorer.ts";
import type { Finding } from "../../domain/documents/finding.ts";
import type { FindingCode } from "../../domain/finding-codes.ts";
import { isoHour, type HourSpan } from "../../domain/hour.ts";
import { sumPico, usdOf } from "../../domain/money.ts";
import type { HourlySpend } from "../../domain/usage.ts";
import type { DeliveryRead } from "../../domain/billing.ts";
import { shownPath } from "../../domain/shown-path.ts";

/** `usd`: the dollars that hang on it. */
type Told = Omit<Finding, "source">;

const finding = (code: FindingCode, usd: number, message: string): Told => ({ code, usd, message });

/** `plansAreKnown`: an inventory was given (`--owned`). `sign`: of the bill's currency. */
export function costExplorerFindings(
  read: readonly DeliveryRead[],
  spend: HourlySpend,
  plansAreKnown: boolean,
  sign: string,
): Finding[] {
  const files = read.flatMap(({ costExplorer = [] }) => costExplorer);
  if (files.length === 0) return [];
  const source = shownPath(files[0]!.path);
  const told = [
    ...filterUnknown(files, plansAreKnown, sign),
    ...usageHidden(spend),
    ...dimensionsLacking(files),
    ...metricsLacking(files),
    ...estimates(files),
    ...gaps(files).map(gapTold),
  ];
  return told.map(({ code, message, usd }) => ({ code, message, usd, source }));
}

const totalUsd = (files: readonly CostExplorerFacts[]): number =>
  usdOf(sumPico(files.map((file) => file.totalUsd)));

/** Files that are not grouped by the dimension. */
const lacking = (files: readonly CostExplorerFacts[], dimension: string): CostExplorerFacts[] =>
  files.filter(({ dimensions }) => !dimensions.includes(dimension));

/** Without record types neither owned plans nor the filter show. */
function filterUnknown(files: readonly CostExplorerFacts[], plansAreKnown: boolean, sign: string): Told[] {
  const unfiltered = lacking(files, "RECORD_TYPE");
  if (unfiltered.length === 0) return [];
  const saved = usdOf(sumPico(unfiltered.map(({ coveredSavingUsd }) => coveredSavingUsd)));
  const plansUnknown = finding(
    "cost-explorer-plans-unknown",
    totalUsd(unfiltered),
    "COST EXPLORER DOES NOT SAY which of this usage plans cover that you own already: without --owned all of it counts as uncovered, and " +
      "the answer may buy what is covered." +
      (saved > 0
        ? ` Amortized cost is ${sign}${saved.toFixed(2)} lower than unblended: plans do cover some of it.`
        : "") +
      ' Name what "aws savingsplans describe-savings-plans" prints with --owned, or group by RECORD_TYPE.',
  );
  return [
    ...(plansAreKnown ? [] : [plansUnknown]),
    finding(
      "cost-explorer-filter-unknown",
      totalUsd(unfiltered),
      "The file does not repeat the filter that it was asked with. It is taken to hold the record types Usage and SavingsPlanCoveredUsage: if " +
        "covered usage was left out, demand is too low; if SavingsPlanNegation, credits or refunds are in it, usage is hidden.",
    ),
  ];
}

function usageHidden(spend: HourlySpend): Told[] {
  const hidden = hiddenUsd(spend);
  if (hidden <= 0.005) return [];
  return [
    finding(
      "cost-explorer-usage-hidden",
      hidden,
      "In some periods usage is charged below the rate that the same usage type has in others, by this much. Either its price was cut, or " +
        "SavingsPlanNegation is in the file and takes off what plans cover: then demand is HIDDEN. Ask again with a filter on RECORD_TYPE.",
    ),
  ];
}

function dimensionsLacking(files: readonly CostExplorerFacts[]): Told[] {
  const told: Told[] = [];
  const noAccounts = lacking(files, "LINKED_ACCOUNT");
  if (noAccounts.length > 0) {
    told.push(
      finding(
        "cost-explorer-accounts-unknown",
        totalUsd(noAccounts),
        "Which account used what is not in the file, so all usage is of one: that plans serve their owner's account first, and whether they " +
          "are shared, is not settled. Group by LINKED_ACCOUNT to tell.",
      ),
    );
  }
  const noOperations = lacking(files, "OPERATION");
  if (noOperations.length > 0) {
    told.push(
      finding(
        "cost-explorer-operations-unknown",
        totalUsd(noOperations),
        "Operations are not in the file. A rate is by usage type and operation: what is eligible was told by the usage type, and a card's " +
          "rate was used where all operations of the usage type have the same.",
      ),
    );
  }
  return told;
}

function metricsLacking(files: readonly CostExplorerFacts[]): Told[] {
  const told: Told[] = [];
  const noQuantities = files.filter(({ hasQuantities }) => !hasQuantities);
  if (noQuantities.length > 0) {
    told.push(
      finding(
        "cost-explorer-quantities-missing",
        totalUsd(noQuantities),
        "Usage quantities are not in the file, so the On-Demand price of an hour is unknown, and a Savings Plans rate that states no " +
          "On-Demand rate beside it can't be turned into a saving. Ask for UsageQuantity too, or fill in the card's on_demand_rate_usd.",
      ),
    );
  }
  const noNet = files.filter(({ hasNetCosts }) => !hasNetCosts);
  if (noNet.length > 0) {
    told.push(
      finding(
        "cost-explorer-discount-unknown",
        totalUsd(noNet),
        "A negotiated discount shows in NetUnblendedCost only, which is not in the file: none is assumed. Private rates are inside the amounts " +
          "already. Say it with --negotiated-discount, or ask for the metric NetUnblendedCost too.",
      ),
    );
  }
  return told;
}

function estimates(files: readonly CostExplorerFacts[]): Told[] {
  const estimated = usdOf(sumPico(files.map(({ estimatedUsd }) => estimatedUsd)));
  if (estimated <= 0) return [];
  return [
    finding(
      "cost-explorer-estimated",
      estimated,
      "AWS calls this much an estimate still: the bill may differ once the month is closed.",
    ),
  ];
}

const gapTold = ({ from, to }: HourSpan): Told =>
  finding(
    "cost-explorer-gap",
    0,
    `No file speaks of ${isoHour(from)} to ${isoHour(to)}, though they do of the time before and after: its ${to - from} hours count as hours of ` +
      "zero use. Ask for those days too.",
  );

/** A rate below this share of the usage type's highest is another price. */
const SAME_PRICE = 0.98;

/** What instance usage would cost more at the highest rate that its usage type shows. */
function hiddenUsd({ skus, items, item, usageHours, onDemandUsd }: HourlySpend): number {
  const rateOf = (row: number): number =>
    usageHours[row]! > 0.01 ? onDemandUsd[row]! / usageHours[row]! : Number.NaN;
  const highest = new Float64Array(skus.length);
  for (let row = 0; row < item.length; row++) {
    const { sku } = items[item[row]!]!;
    if (rateOf(row) > highest[sku]!) highest[sku] = rateOf(row);
  }
  let usd = 0;
  for (let row = 0; row < item.length; row++) {
    const { sku } = items[item[row]!]!;
    if (skus[sku]!.instanceType !== "" && rateOf(row) < SAME_PRICE * highest[sku]!) {
      usd += usageHours[row]! * highest[sku]! - onDemandUsd[row]!;
    }
  }
  return usd;
}

/** Hours between the first and the last that no file speaks of. */
function gaps(files: readonly CostExplorerFacts[]): HourSpan[] {
  const periods = files.flatMap((file) => file.periods).sort((a, b) => a.from - b.from);
  const found: HourSpan[] = [];
  let end = periods[0]?.from ?? 0;
  for (const { from, to } of periods) {
    if (from > end) found.push({ from: end, to: from });
    end = Math.max(end, to);
  }
  return found;
}
