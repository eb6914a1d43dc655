/** What is in a set of billing exports, as sections. */
import type { Inspection } from "../../domain/documents/inspection.ts";
import { clean } from "./clean.ts";
import { count, cut, decimal, percent } from "./format.ts";
import { moneyIn, type Money } from "./money.ts";
import { ownedPlansParts } from "./owned-plans.ts";
import { checkParts, reconciliationParts } from "./reconciliation.ts";
import { tables, texts, type SectionPart, type Section } from "./section.ts";
import { marked, right, type Column } from "./table.ts";

/** Accounts and regions beyond this many are summed up in one line. */
const SHOWN = 10;

const NO_PLANS =
  "none found in the fee rows (a member account's export does not hold them; --owned FILE does)";

export function inspectionSections(i: Inspection): Section[] {
  const money = moneyIn(i);
  return [
    {
      id: "deliveries",
      title: "Deliveries",
      parts: [{ kind: "table", table: marked({ head: DELIVERY_COLUMNS, rows: deliveryRows(i) }) }],
    },
    { id: "dollars", title: "Where every dollar went", parts: reconciliationParts(i) },
    { id: "checks", title: "Agreement between AWS's own rows", parts: checkParts(i) },
    {
      id: "accounts",
      title: "Accounts",
      parts: shareParts(
        "Account",
        money,
        i.accounts.map(({ account, ...rest }) => ({ name: account, ...rest })),
      ),
    },
    {
      id: "regions",
      title: "Regions",
      parts: shareParts(
        "Region",
        money,
        i.regions.map(({ region, ...rest }) => ({ name: region, ...rest })),
      ),
    },
    {
      id: "usage-types",
      title: "Usage types",
      parts: shareParts(
        "Usage type",
        money,
        i.usageTypes.map(({ usageType, ...rest }) => ({ name: usageType, ...rest })),
      ),
    },
    { id: "owned", title: "Plans you own", parts: ownedPlansParts(i, NO_PLANS) },
    { id: "rates", title: "Eligible usage without a Savings Plans rate", parts: gapParts(i) },
  ];
}

const DELIVERY_COLUMNS: Column[] = [
  { title: "  Period" },
  { title: "Format" },
  right("Files"),
  right("Rows"),
  right("Replaces"),
  { title: "Version" },
];

const deliveryRows = (i: Inspection): string[][] =>
  i.deliveries.map((d) => [
    `  ${clean(d.billingPeriod)}`,
    clean(d.format),
    decimal(d.files, 0),
    decimal(d.rows, 0),
    d.supersedes === 0 ? "–" : `${decimal(d.supersedes, 0)} older`,
    cut(clean(d.version), 40),
  ]);

/** On-Demand and eligible dollars by name, largest first, the tail summed up. */
function shareParts(
  title: string,
  { whole }: Money,
  parts: readonly { name: string; onDemandUsd: number; eligibleUsd: number }[],
): SectionPart[] {
  const sorted = parts.toSorted((a, b) => b.eligibleUsd - a.eligibleUsd || b.onDemandUsd - a.onDemandUsd);
  const tail = sorted.slice(SHOWN);
  const rest = {
    name: `${count(tail.length, "other")}`,
    onDemandUsd: tail.reduce((sum, part) => sum + part.onDemandUsd, 0),
    eligibleUsd: tail.reduce((sum, part) => sum + part.eligibleUsd, 0),
  };
  const shown = tail.length > 0 ? [...sorted.slice(0, SHOWN), rest] : sorted;
  const eligible = parts.reduce((sum, part) => sum + part.eligibleUsd, 0);
  const rows = shown.map((part) => [
    `  ${clean(part.name) || "(unknown)"}`,
    whole(part.onDemandUsd),
    whole(part.eligibleUsd),
    eligible > 0 ? percent(part.eligibleUsd / eligible) : "–",
  ]);
  const head: Column[] = [
    { title: `  ${title.padEnd(14)}` },
    right("On-Demand"),
    right("Eligible"),
    right("Of eligible"),
  ];
  return tables(marked({ head, rows }));
}

function gapParts(i: Inspection): SectionPart[] {
  const { rateGaps } = i;
  const { cents } = moneyIn(i);
  if (rateGaps.length === 0) return [{ kind: "line", text: "none: every eligible dollar has a rate" }];
  const rows = rateGaps.map((gap) => [`  ${clean(gap.offering)}`, decimal(gap.skus, 0), cents(gap.usd)]);
  return [
    ...tables(marked({ head: [{ title: "  Offering" }, right("SKUs"), right("On-Demand")], rows })),
    ...texts(
      "Neither a rate file nor the bill has a rate for it: recommend falls back on illustrative rates, which are not AWS's, or leaves it On-Demand. Pass AWS's rates with --rates FILE.",
    ),
  ];
}
