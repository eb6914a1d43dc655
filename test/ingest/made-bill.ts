/**
 * Bills of one account and one instance type, made so that nothing of a real bill is taken for granted: when usage begins and ends, whether
 * other services are in the export, when it was delivered, days without usage, a plan bought, returned or left unused, discounts on every row.
 * `spelled` writes them as AWS does, `known` says what they hold, from what they were made of.
 */
import * as fc from "fast-check";
import { groupBy } from "../../src/domain/group.ts";
import { csvOf } from "./small-exports.ts";

export type Format = "legacy CUR" | "CUR 2.0" | "FOCUS" | "Cost Explorer" | "normalized";
export type Payment = "No" | "Partial" | "All";

export interface MadePlan {
  payment: Payment;
  /** USD an hour, at Savings Plans rates. */
  commitment: number;
  /** Hours from the bill's start; before 0: owned all along. */
  start: number;
  /** The hour after its last row; null: it goes on. */
  rowsEnd: number | null;
}

export interface MadeBill {
  /** 1: October 2026; 2: September too. Hours count from the first. */
  months: 1 | 2;
  /** `[hour]` Instances in use, to the newest hour that was collected. */
  instances: number[];
  /** The hour in which the export began, if it shows: others are in it from then on. */
  begins: number;
  others: boolean;
  /** Hours from the last one collected to the delivery. */
  delay: number;
  plan: MadePlan | null;
  /** Share taken off every charge. */
  discount: number;
  /** Hours that a row of discounts spans: 1, unless said. */
  discountHours?: number;
}

const ON_DEMAND = 2;
export const USAGE_TYPE = "USE1-Host:ml.g5.xlarge";
export const SAVINGS_RATE: Readonly<Record<Payment, number>> = { No: 1.4, Partial: 1.3, All: 1.2 };
const PAID_UPFRONT: Readonly<Record<Payment, number>> = { No: 0, Partial: 0.5, All: 1 };
const ACCOUNT = "222222222222";
const ARN = `arn:aws:savingsplans::${ACCOUNT}:savingsplan/aaaaaaaa-0000-4000-8000-000000000001`;
const YEAR = 8_760;

const startMs = ({ months }: MadeBill): number => Date.UTC(2026, months === 2 ? 8 : 9, 1);
export const isoOf = (bill: MadeBill, hour: number): string =>
  new Date(startMs(bill) + hour * 3_600_000).toISOString().replace(".000Z", "Z");
const octoberOf = ({ months }: MadeBill): number => (months === 2 ? 720 : 0);
export const endOf = (bill: MadeBill): number => octoberOf(bill) + 744;
const deliveredOf = (bill: MadeBill): number => bill.instances.length + bill.delay;

/** What the plan covers of an hour, in instances. */
const coveredIn = ({ plan, instances }: MadeBill, hour: number): number =>
  plan && hour >= plan.start && hour < (plan.rowsEnd ?? Infinity)
    ? Math.min(instances[hour]!, plan.commitment / SAVINGS_RATE[plan.payment])
    : 0;

const shape = fc.record({
  kind: fc.constantFrom("steady", "daily", "burst", "weekdays", "stops", "none at the ends"),
  level: fc.integer({ min: 1, max: 6 }),
  at: fc.nat({ max: 99 }),
});

function instancesOf(
  { kind, level, at }: { kind: string; level: number; at: number },
  count: number,
): number[] {
  const edge = Math.floor((at / 250) * count);
  return Array.from({ length: count }, (_, hour) => {
    if (kind === "burst") return hour >= 2 * edge && hour < 2 * edge + 60 ? 10 * level : 0;
    if (kind === "stops") return hour < count - 2 * edge ? level + (hour % 3) : 0;
    if (kind === "none at the ends") return hour >= edge && hour < count - edge ? level + (hour % 5) : 0;
    if (kind === "weekdays") return Math.floor(hour / 24) % 7 < 5 ? level : 0;
    return level + (kind === "daily" && hour % 24 < 10 ? 3 : 0);
  });
}

/** Bills in which some usage is left. */
export const madeBills: fc.Arbitrary<MadeBill> = fc
  .record({
    months: fc.constantFrom(1, 2) as fc.Arbitrary<1 | 2>,
    shape,
    /** How much of October was collected. */
    collected: fc.oneof(fc.constant(744), fc.integer({ min: 60, max: 744 })),
    begins: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 50 })),
    others: fc.boolean(),
    delay: fc.integer({ min: 0, max: 40 }),
    discount: fc.constantFrom(0, 0.1),
    plan: fc.option(
      fc.record({
        payment: fc.constantFrom<Payment>("No", "Partial", "All"),
        commitment: fc.constantFrom(1.5, 4.25),
        startsAt: fc.oneof(fc.constant(-200), fc.nat({ max: 59 })),
        endsAfter: fc.option(fc.integer({ min: 24, max: 300 })),
      }),
    ),
  })
  .map((made): MadeBill => {
    const count = (made.months === 2 ? 720 : 0) + made.collected;
    const all = instancesOf(made.shape, count);
    const begins = made.others ? made.begins : 0;
    const instances = all.map((each, hour) => (hour < begins ? 0 : each));
    const start = made.plan && Math.max(made.plan.startsAt, made.plan.startsAt < 0 ? -200 : begins);
    const rowsEnd = made.plan?.endsAfter == null ? null : Math.max(0, start!) + made.plan.endsAfter;
    return {
      months: made.months,
      instances,
      begins,
      others: made.others,
      // A month that is over is delivered after its end.
      delay: made.collected === 744 ? 24 + made.delay : Math.min(made.delay, 743 - made.collected),
      discount: made.discount,
      plan: made.plan && {
        payment: made.plan.payment,
        commitment: made.plan.commitment,
        start: start!,
        rowsEnd: rowsEnd !== null && rowsEnd + 24 <= count ? rowsEnd : null,
      },
    };
  })
  .filter(({ instances }) => instances.some((each) => each > 0));

/** One charge, told in Cost and Usage Report words. */
interface Charge {
  type: string;
  product: string;
  usageType: string;
  from: number;
  to: number;
  amount: number;
  billedUsd: number;
  onDemandUsd?: number;
  effectiveUsd?: number;
  commitmentUsd?: number;
  usedUsd?: number;
  ofPlan?: boolean;
}

/** Every row of the bill. Fees, and the discounts on them, are pre-filled to the month's end. */
function chargesOf(bill: MadeBill): Charge[] {
  const charges: Charge[] = [];
  const { plan, instances, others, begins, discount } = bill;
  for (const [hour, used] of instances.entries()) {
    const common = { product: "AmazonSageMaker", usageType: USAGE_TYPE, from: hour, to: hour + 1 };
    const covered = coveredIn(bill, hour);
    const usd = ON_DEMAND * covered;
    if (covered > 0) {
      const effectiveUsd = covered * SAVINGS_RATE[plan!.payment];
      charges.push(
        {
          ...common,
          type: "SavingsPlanCoveredUsage",
          amount: covered,
          billedUsd: usd,
          onDemandUsd: usd,
          effectiveUsd,
          ofPlan: true,
        },
        { ...common, type: "SavingsPlanNegation", amount: -covered, billedUsd: -usd, ofPlan: true },
      );
    }
    const rest = used - covered;
    if (rest > 0)
      charges.push({
        ...common,
        type: "Usage",
        amount: rest,
        billedUsd: ON_DEMAND * rest,
        onDemandUsd: ON_DEMAND * rest,
      });
    if (others && hour >= begins)
      charges.push({
        ...common,
        type: "Usage",
        product: "AmazonEC2",
        usageType: "BoxUsage:m5.xlarge",
        amount: 1,
        billedUsd: 0.192,
        onDemandUsd: 0.192,
      });
  }
  if (plan) charges.push(...feesOf(bill, plan));
  if (discount === 0) return charges;
  const charged = charges.filter(({ type }) => !/Covered|Negation/.test(type));
  const span = bill.discountHours ?? 1;
  const groups = groupBy(charged, ({ product, usageType, from }) =>
    [product, usageType, Math.floor(from / span)].join("\n"),
  );
  return [
    ...charges,
    ...[...groups.values()].map((group): Charge => {
      const { product, usageType, from } = group[0]!;
      const start = Math.floor(from / span) * span;
      const billedUsd = -discount * group.reduce((sum, charge) => sum + charge.billedUsd, 0);
      return { type: "EdpDiscount", product, usageType, from: start, to: start + span, amount: 1, billedUsd };
    }),
  ];
}

function feesOf(bill: MadeBill, { payment, commitment, start, rowsEnd }: MadePlan): Charge[] {
  const common = {
    product: "MachineLearningSavingsPlans",
    usageType: `SageMakerSP:1yr${payment}Upfront`,
    amount: 1,
    ofPlan: true,
  };
  const fees: Charge[] = [];
  for (let hour = Math.max(0, start); hour < Math.min(endOf(bill), rowsEnd ?? Infinity); hour++) {
    fees.push({
      ...common,
      type: "SavingsPlanRecurringFee",
      from: hour,
      to: hour + 1,
      billedUsd: commitment * (1 - PAID_UPFRONT[payment]),
      commitmentUsd: commitment,
      usedUsd: hour < bill.instances.length ? coveredIn(bill, hour) * SAVINGS_RATE[payment] : 0,
    });
  }
  if (start < 0 || payment === "No") return fees;
  // The row's period is the term, as AWS's is.
  const billedUsd = commitment * YEAR * PAID_UPFRONT[payment];
  return [...fees, { ...common, type: "SavingsPlanUpfrontFee", from: start, to: start + YEAR, billedUsd }];
}

const text = (usd: number | undefined): string =>
  usd === undefined ? "" : String(Math.round(usd * 1e9) / 1e9);

/** The files of the bill in AWS's layout; one part a billing period. */
export function spelled(bill: MadeBill, format: Format): Record<string, string> {
  if (format === "Cost Explorer") return { "usage.json": JSON.stringify(answerOf(bill)) };
  if (format === "normalized") return { "table.csv": normalizedOf(bill) };
  const charges = chargesOf(bill);
  const periods = bill.months === 2 ? ["2026-09", "2026-10"] : ["2026-10"];
  return Object.fromEntries(
    periods.map((period) => {
      const mine = charges.filter(({ from }) => (period === "2026-10") === from >= octoberOf(bill));
      const folder = folderOf(bill, format, period);
      const rows = format === "FOCUS" ? focusOf(bill, mine) : curOf(bill, mine, period);
      return [`${folder}/part-1.csv`, format === "CUR 2.0" ? inSnakeCase(rows) : rows];
    }),
  );
}

function folderOf(bill: MadeBill, format: Format, period: string): string {
  if (format === "legacy CUR") {
    const [year, month] = period.split("-");
    return `cur/${year}${month}01-${year}${String(Number(month) + 1).padStart(2, "0")}01/1f7e9c02-48ab-4d13-b6e5-90c7d2a3f816`;
  }
  const made = period === "2026-10" ? deliveredOf(bill) : octoberOf(bill) + 60;
  return `data/BILLING_PERIOD=${period}/${isoOf(bill, made).replace("Z", ".000Z")}-aaaa`;
}

const hasPlanColumns = (type: string): boolean => type !== "SavingsPlanNegation";

function curOf(bill: MadeBill, charges: readonly Charge[], period: string): string {
  const { plan } = bill;
  const rows = charges.map((charge) => ({
    "bill/PayerAccountId": "111111111111",
    "bill/BillingPeriodStartDate": `${period}-01T00:00:00Z`,
    "lineItem/UsageAccountId": ACCOUNT,
    "lineItem/LineItemType": charge.type,
    "lineItem/UsageStartDate": isoOf(bill, charge.from),
    "lineItem/UsageEndDate": isoOf(bill, charge.to),
    "lineItem/ProductCode": charge.product,
    "lineItem/UsageType": charge.usageType,
    "lineItem/Operation": charge.product === "AmazonSageMaker" ? "RunInstance" : "",
    "lineItem/UsageAmount": text(charge.amount),
    "lineItem/UnblendedCost": text(charge.billedUsd),
    "lineItem/LineItemDescription": "",
    "pricing/publicOnDemandCost": text(charge.onDemandUsd),
    "savingsPlan/SavingsPlanEffectiveCost": text(charge.effectiveUsd),
    "savingsPlan/TotalCommitmentToDate": text(charge.commitmentUsd),
    "savingsPlan/UsedCommitment": text(charge.usedUsd),
    ...(charge.ofPlan && { "savingsPlan/SavingsPlanARN": ARN }),
    ...(charge.ofPlan &&
      hasPlanColumns(charge.type) && {
        "savingsPlan/OfferingType": "SageMakerSavingsPlans",
        "savingsPlan/PaymentOption": `${plan!.payment} Upfront`,
        "savingsPlan/PurchaseTerm": "1yr",
        "savingsPlan/EndTime": isoOf(bill, plan!.start + YEAR),
      }),
  }));
  return csvOf(rows);
}

/** As CUR 2.0 names its columns. */
function inSnakeCase(csv: string): string {
  const end = csv.indexOf("\n");
  const header = csv
    .slice(0, end)
    .split(",")
    .map((name) =>
      name
        .replace("SavingsPlanARN", "SavingsPlanARn")
        .replace("/", "_")
        .replaceAll(/([a-z])([A-Z])/g, "$1_$2")
        .toLowerCase()
        .replace("_arn", "_a_r_n"),
    );
  return header.join(",") + csv.slice(end);
}

/** FOCUS has no negation; what a plan did not use is a row of its own, of the hours gone by. */
function focusOf(bill: MadeBill, charges: readonly Charge[]): string {
  const header =
    "BillingAccountId,SubAccountId,BillingPeriodStart,ChargeCategory,ChargeClass,ChargeFrequency,ChargePeriodStart,ChargePeriodEnd," +
    "ChargeDescription,x_ServiceCode,x_UsageType,x_Operation,RegionId,PricingQuantity,BilledCost,ListCost,EffectiveCost,BillingCurrency," +
    "CommitmentDiscountId,CommitmentDiscountStatus";
  const lines = charges
    .filter(({ type }) => type !== "SavingsPlanNegation")
    .flatMap((charge) => {
      const isUsage = charge.type === "Usage" || charge.type === "SavingsPlanCoveredUsage";
      const isFee = charge.type === "SavingsPlanRecurringFee";
      const category = isUsage ? "Usage" : charge.type === "EdpDiscount" ? "Credit" : "Purchase";
      const line = (
        category_: string,
        billed: number,
        list: string,
        effective: number,
        status: string,
      ): string =>
        [
          "111111111111",
          ACCOUNT,
          isoOf(bill, charge.from < octoberOf(bill) ? 0 : octoberOf(bill)),
          category_,
          "",
          isFee ? "Recurring" : charge.type === "SavingsPlanUpfrontFee" ? "One-Time" : "Usage-Based",
          isoOf(bill, charge.from),
          isoOf(bill, charge.to),
          charge.type === "EdpDiscount" ? "Enterprise discount" : "",
          charge.product,
          charge.usageType,
          charge.product === "AmazonSageMaker" ? "RunInstance" : "",
          "us-east-1",
          text(charge.amount),
          text(billed),
          list,
          text(effective),
          "USD",
          charge.ofPlan ? ARN : "",
          status,
        ].join(",");
      const isCovered = charge.type === "SavingsPlanCoveredUsage";
      const own = line(
        category,
        isCovered ? 0 : charge.billedUsd,
        text(charge.onDemandUsd ?? 0),
        isCovered ? charge.effectiveUsd! : category === "Purchase" ? 0 : charge.billedUsd,
        isCovered ? "Used" : "",
      );
      const unused =
        isFee && charge.from < bill.instances.length ? charge.commitmentUsd! - charge.usedUsd! : 0;
      return unused > 1e-9 ? [own, line("Usage", 0, "", unused, "Unused")] : [own];
    });
  return `${[header, ...lines].join("\n")}\n`;
}

/** What `aws ce get-cost-and-usage --granularity HOURLY` prints: every hour that was asked for, used or not. */
function answerOf(bill: MadeBill): object {
  const groupsOf = (used: number): object[] =>
    used === 0
      ? []
      : [
          {
            Keys: [USAGE_TYPE, "Usage"],
            Metrics: {
              UnblendedCost: { Amount: text(ON_DEMAND * used), Unit: "USD" },
              UsageQuantity: { Amount: text(used), Unit: "Hrs" },
            },
          },
        ];
  return {
    GroupDefinitions: ["USAGE_TYPE", "RECORD_TYPE"].map((Key) => ({ Type: "DIMENSION", Key })),
    ResultsByTime: bill.instances.map((used, hour) => ({
      TimePeriod: { Start: isoOf(bill, hour), End: isoOf(bill, hour + 1) },
      Total: {},
      Groups: groupsOf(used),
      Estimated: false,
    })),
  };
}

const normalizedOf = (bill: MadeBill): string =>
  [
    "usage_hour,account_id,region,usage_type,operation,usage_hours,on_demand_usd",
    ...bill.instances.flatMap((used, hour) =>
      used > 0
        ? [`${isoOf(bill, hour)},${ACCOUNT},us-east-1,${USAGE_TYPE},RunInstance,${used},${ON_DEMAND * used}`]
        : [],
    ),
  ].join("\n");

export const RATES_CSV = [
  "usage_type,operation,term,payment_option,savings_plan_rate_usd,on_demand_rate_usd",
  ...(["No", "Partial", "All"] as const).map(
    (payment) =>
      `${USAGE_TYPE},RunInstance,1yr,${payment.toLowerCase()}-upfront,${SAVINGS_RATE[payment]},${ON_DEMAND}`,
  ),
].join("\n");

/** What the bill holds, from what it was made of. */
export interface Known {
  /** Hours from the bill's start. */
  from: number;
  to: number;
  missingHours: number;
  billedUsd: number;
  discount: number;
  plan: { end: number | null; utilization: number } | null;
  /** The most that a 1-year No Upfront plan saves, were these hours to repeat. */
  bestSavingUsd: number;
}

export function known(bill: MadeBill, format: Format): Known {
  const { instances, others, begins, plan, discount } = bill;
  const first = instances.findIndex((used) => used > 0);
  const last = instances.findLastIndex((used) => used > 0);
  const newest = instances.length;
  const isTold = format !== "normalized";
  const isExport = isTold && format !== "Cost Explorer";
  const toOfExport = (): number => {
    if (newest === endOf(bill) && (others || last + 1 === newest || format !== "legacy CUR")) return newest;
    if (others) return newest;
    // No file of this layout says when it was made; but that October was delivered says that September is over.
    return format === "legacy CUR" ? Math.max(last + 1, octoberOf(bill)) : deliveredOf(bill);
  };
  const from = isTold ? (isExport && others ? begins : 0) : first;
  const to = isExport ? toOfExport() : isTold ? newest : last + 1;
  const usedIn = (hour: number): number => instances[hour] ?? 0;
  const hours = Array.from({ length: to - from }, (_, n) => from + n);
  const own = isExport ? plan : null;
  const ended = own?.rowsEnd != null && own.rowsEnd + 24 <= to;
  const active = hours.filter((hour) => own && hour >= own.start && hour < (ended ? own.rowsEnd! : Infinity));
  const usedUsd = (hour: number): number =>
    Math.min(own!.commitment, usedIn(hour) * SAVINGS_RATE[own!.payment]);
  const isHeld = own !== null && !ended;
  const left = hours.map(
    (hour) =>
      usedIn(hour) - (isHeld ? Math.min(usedIn(hour), own.commitment / SAVINGS_RATE[own.payment]) : 0),
  );
  const share = isExport ? discount : 0;
  const charges = isExport
    ? chargesOf(bill).filter(({ product }) => product !== "AmazonEC2")
    : chargesOf({ ...bill, plan: null, discount: 0, others: false });
  return {
    from,
    to,
    missingHours: hours.filter((hour) => usedIn(hour) === 0).length,
    billedUsd: charges.reduce(
      (sum, { type, billedUsd }) =>
        sum + (format === "FOCUS" && /Covered|Negation/.test(type) ? 0 : billedUsd),
      0,
    ),
    discount: share,
    plan: own && {
      end: ended ? own.rowsEnd : format === "FOCUS" ? null : own.start + YEAR,
      utilization:
        active.length > 0
          ? active.reduce((sum, hour) => sum + usedUsd(hour), 0) / (own.commitment * active.length)
          : 0,
    },
    bestSavingUsd: (1 - share) * bestSaving(left),
  };
}

/** Every commitment at which some hour is just covered is tried. */
function bestSaving(left: readonly number[]): number {
  const rate = SAVINGS_RATE.No;
  const savings = [...new Set(left)].map((covered) =>
    left.reduce((sum, used) => sum + ON_DEMAND * Math.min(used, covered) - rate * covered, 0),
  );
  return Math.max(0, ...savings);
}
