/** What a reader must know of the files that were read, and of those that were not. */
import type { DeliveryRead } from "../domain/billing.ts";
import type { Finding } from "../domain/documents/finding.ts";
import { shownPath } from "../domain/shown-path.ts";
import type { HourlySpend } from "../domain/usage.ts";
import type { PassedOver } from "./exports/file-kinds.ts";

export function billingFindings(read: readonly DeliveryRead[], spend: HourlySpend | null): Finding[] {
  const findings: Finding[] = [];
  const superseded = read.filter(({ delivery }) => delivery.supersedes > 0);
  if (superseded.length > 0) {
    const versions = superseded.reduce((sum, { delivery }) => sum + delivery.supersedes, 0);
    findings.push({
      code: "older-deliveries-left-out",
      message:
        `${versions} older ${versions > 1 ? "versions" : "version"} of ${superseded.map(({ delivery }) => delivery.billingPeriod).join(", ")} ` +
        "left out: AWS restates the whole billing period with every delivery, so only the newest counts.",
      usd: 0,
      source: firstPath(superseded),
    });
  }
  const unlisted = read.flatMap(({ delivery }) => delivery.unlisted);
  if (unlisted.length > 0) {
    findings.push({
      code: "unlisted-files-left-out",
      message:
        `${unlisted.length} ${unlisted.length > 1 ? "files lie" : "file lies"} beside a delivery whose manifest does not list ` +
        `${unlisted.length > 1 ? "them" : "it"}: taken for the remains of an earlier delivery and left out.`,
      usd: 0,
      source: shownPath(unlisted[0]!),
    });
  }
  findings.push(...twinFindings(read));
  if (spend && spend.granularityHours > 1) {
    const name = spend.granularityHours > 24 ? "monthly" : "daily";
    findings.push({
      code: "coarse-granularity",
      message:
        `The export is ${name}, so its hours are not known: spend was spread evenly over each ${name === "daily" ? "day" : "month"}. ` +
        "Commitments are used or lost by the hour, so savings, utilization and coverage are those of even hours: UPPER BOUNDS, unless usage of the " +
        "buying account is served before cheaper use of others (`bounds` has both ends). Export with hourly granularity to get figures.",
      usd: spend.onDemandUsd.reduce((sum, usd) => sum + usd, 0),
      source: firstPath(read),
    });
  }
  return findings;
}

const firstPath = (read: readonly DeliveryRead[]): string => shownPath(read[0]?.inputs[0]?.path ?? "");

/** Names enough to find the others by. */
const SHOWN = 3;

export function passedOverFindings(passedOver: readonly PassedOver[]): Finding[] {
  const told = (mayCount: boolean): string | null => {
    const some = passedOver.filter((each) => each.mayCount === mayCount);
    if (some.length === 0) return null;
    const names = some.slice(0, SHOWN).map(({ path, why }) => `${shownPath(path)} (${why})`);
    return `${some.length} ${some.length > 1 ? "files were" : "file was"} found and not read: ${names.join(", ")}${some.length > SHOWN ? ", …" : ""}.`;
  };
  const source = (mayCount: boolean): string =>
    shownPath(passedOver.find((each) => each.mayCount === mayCount)!.path);
  const unread = told(true);
  const harmless = told(false);
  return [
    ...(unread === null
      ? []
      : [
          {
            code: "files-not-read" as const,
            message:
              `${unread} If they hold parts of the bill, every figure is too low by what they hold: finish the download, unzip or convert them, ` +
              "and run this again.",
            usd: 0,
            source: source(true),
          },
        ]),
    ...(harmless === null
      ? []
      : [
          {
            code: "files-passed-over" as const,
            message: `${harmless} They hold no rows of a bill.`,
            usd: 0,
            source: source(false),
          },
        ]),
  ];
}

const twinFindings = (read: readonly DeliveryRead[]): Finding[] =>
  read.flatMap(({ twins }) =>
    twins
      ? [
          {
            code: "rows-in-two-parts" as const,
            message:
              `${twins.rows} ${twins.rows > 1 ? "rows stand" : "row stands"} in two parts of one delivery alike, first in ${shownPath(twins.paths[0])} and ` +
              `${shownPath(twins.paths[1])}: their dollars count twice here. Download the whole folder anew, with its manifest.`,
            usd: twins.usd,
            source: shownPath(twins.paths[1]),
          },
        ]
      : [],
  );
