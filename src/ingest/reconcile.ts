/**
 * Every SageMaker dollar of the export in exactly one class. The classes are made from the same exact sums as the
 * export's total, so they add up to the last digit or the program has a bug.
 */
import type { ChargeLine } from "../domain/billing.ts";
import { CHARGE_CLASSES, type ChargeClass, type ClassTotal } from "../domain/charge.ts";
import { groupBy } from "../domain/group.ts";
import type { Hour } from "../domain/hour.ts";
import { sumPico } from "../domain/money.ts";
import type { QueryEngine } from "../engine/query-engine.ts";
import { eligibilityOf } from "../pricing/eligibility.ts";
import { sqlFile } from "./files/sql-file.ts";

/** Everything in `line`, with what decides its class. */
export async function chargeLines(engine: QueryEngine, to: Hour): Promise<ChargeLine[]> {
  const rows = await engine.rows(sqlFile("classes"), [to]);
  return rows.map((row) => ({
    lineItemType: String(row.line_item_type),
    productCode: String(row.product_code),
    usageType: String(row.usage_type),
    operation: String(row.operation),
    isFuture: row.is_future === true,
    aheadShare: Number(row.straddling_hours) > 0 ? Number(row.hours_ahead) / Number(row.straddling_hours) : 0,
    rowCount: Number(row.row_count),
    billedUsd: row.billed_usd as bigint,
    grossOfNetUsd: row.gross_of_net_usd as bigint,
    netBilledUsd: row.net_billed_usd as bigint,
    onDemandUsd: row.on_demand_usd as bigint,
  }));
}

const OVERCORRECTED = "more taken back than used";

/** Line item types (AWS CUR data dictionary, `lineItem/LineItemType`) that are a class whatever they are for. */
const CLASS_OF_TYPE: ReadonlyMap<string, [ChargeClass, string]> = new Map(
  Object.entries<[ChargeClass, string]>({
    SavingsPlanCoveredUsage: ["eligible-covered", "usage covered by Savings Plans"],
    UsageOvercorrected: ["refund", OVERCORRECTED],
    SavingsPlanCoveredUsageOvercorrected: ["refund", OVERCORRECTED],
    SavingsPlanNegation: ["eligible-covered", "negation of covered usage"],
    SavingsPlanRecurringFee: ["fee", "Savings Plans recurring fee"],
    SavingsPlanUpfrontFee: ["fee", "Savings Plans upfront fee"],
    SavingsPlanUnused: ["fee", "unused commitment (shown, not billed)"],
    Fee: ["fee", "other fee"],
    RIFee: ["fee", "reservation fee"],
    FlatRateSubscription: ["fee", "flat-rate subscription"],
    Purchase: ["fee", "purchase"],
    Discount: ["discount", "discount"],
    EdpDiscount: ["discount", "enterprise discount program"],
    PrivateRateDiscount: ["discount", "private rate"],
    BundledDiscount: ["discount", "bundled discount"],
    SppDiscount: ["discount", "solution provider discount"],
    Credit: ["credit", "credit"],
    Refund: ["refund", "refund"],
    Tax: ["tax", "tax"],
    UsageBilledAtZero: ["ineligible", "usage billed at $0"],
    DiscountedUsage: ["ineligible", "usage under a reservation"],
  }),
);

export function classOf(line: ChargeLine, ratedKeys: ReadonlySet<string>): [ChargeClass, string] {
  const [known, reason] = CLASS_OF_TYPE.get(line.lineItemType) ?? [];
  if (known && reason)
    return [
      known,
      line.isFuture && ["fee", "discount"].includes(known)
        ? `${reason}, pre-filled for hours to come`
        : reason,
    ];
  if (line.lineItemType !== "Usage") return ["unconfirmed", `line item type ${line.lineItemType}`];
  const { eligible, reason: why } = eligibilityOf(line.usageType, line.operation, ratedKeys);
  if (eligible === "yes") return ["eligible-uncovered", why];
  return [eligible === "no" ? "ineligible" : "unconfirmed", why];
}

export function classTotals(lines: readonly ChargeLine[], ratedKeys: ReadonlySet<string>): ClassTotal[] {
  const groups = groupBy(lines, (line) => classOf(line, ratedKeys).join("\n"));
  return [...groups.values()]
    .map((members) => {
      const [chargeClass, reason] = classOf(members[0]!, ratedKeys);
      return {
        class: chargeClass,
        reason,
        rowCount: members.reduce((count, line) => count + line.rowCount, 0),
        billedUsd: sumPico(members.map((line) => line.billedUsd)),
        onDemandUsd: sumPico(members.map((line) => line.onDemandUsd)),
      };
    })
    .sort(
      (a, b) =>
        CHARGE_CLASSES.indexOf(a.class) - CHARGE_CLASSES.indexOf(b.class) || (a.reason < b.reason ? -1 : 1),
    );
}
