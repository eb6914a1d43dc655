/** Which files a delivery must have, and must not have twice: a missing part lowers the spend, and one twice doubles it. */
import { basename, dirname } from "node:path";
import type { DataFile } from "../../domain/billing.ts";
import { SageplanError } from "../../domain/error.ts";
import { groupBy } from "../../domain/group.ts";
import type { Listing } from "./listing.ts";

/** Where manifests speak of these files, only those that they list belong to the delivery. */
export function listedFiles(
  files: readonly DataFile[],
  listings: readonly Listing[],
): { files: DataFile[]; isListed: boolean } {
  const listed = files.filter(({ path }) => listings.some(({ own }) => own.has(path)));
  return listed.length > 0 ? { files: listed, isListed: true } : { files: [...files], isListed: false };
}

/** `cur-1.csv` beside `cur-1.csv.gz`, or beside `cur-1 (1).csv`: one part, twice. */
export function requireNoTwins(files: readonly DataFile[]): void {
  const byPart = groupBy(files, ({ path }) =>
    path.replace(/(?: \(\d+\))?(?:\.snappy)?\.(?:csv|csv\.gz|parquet|json|json\.gz)$/i, ""),
  );
  for (const [first, twin] of byPart.values()) {
    if (first && twin) {
      throw new SageplanError(
        "duplicate-delivery",
        `${first.path} and ${twin.path} look like one part of an export, twice: its dollars would count twice. Leave one out.`,
      );
    }
  }
}

/** @throws SageplanError `path-not-found` when a part that a manifest lists is missing */
export function requireAllParts(
  files: readonly DataFile[],
  listings: readonly Listing[],
  passedOver: readonly string[],
): void {
  for (const listing of listings) {
    if (files.some(({ path }) => listing.own.has(path))) requireListed(listing, passedOver);
  }
}

export function requireListed({ path, dataFiles, own }: Listing, passedOver: readonly string[]): void {
  const missing = dataFiles.filter((key) => ![...own].some((file) => file.endsWith(key)));
  if (missing.length === 0) return;
  const unread = passedOver.find((file) => file.endsWith(missing[0]!));
  const todo =
    unread === undefined
      ? "download it, or name a complete version."
      : `it lies at ${unread}, whose ending is none that is read: unzip or convert it to .csv, and set the manifest aside, since it lists the other name.`;
  throw new SageplanError(
    "path-not-found",
    `${path} lists ${dataFiles.length} data files, of which ${missing.length} are missing, first ` +
      `${missing[0]}. A part that is missing would lower the spend without a word: ${todo}`,
  );
}

/** As AWS numbers parts: five digits, or few without a leading zero; longer numbers are years and dates. */
const PART = /-(\d{5}|[1-9]\d{0,2})(?:\.snappy)?\.(?:csv|csv\.gz|parquet)$/i;

/**
 * AWS numbers parts from 1 without gaps. Loose files whose numbers begin later may be months: they are let be.
 * @throws SageplanError `path-not-found`
 */
export function requireNoGaps(files: readonly DataFile[], isInLayout: boolean): void {
  const found = files.map(({ path }) => PART.exec(path)?.[1]);
  if (found.includes(undefined)) return;
  const numbers = new Set(found.map(Number));
  const isOfAws = isInLayout || numbers.has(1) || found.some((text) => text!.length === 5);
  if (!isOfAws || numbers.has(0)) return;
  for (let n = 1; n <= Math.max(...numbers); n++) {
    if (numbers.has(n)) continue;
    const [first] = files;
    throw new SageplanError(
      "path-not-found",
      `${dirname(first!.path)} holds ${files.length} ${files.length > 1 ? "parts" : "part"} like ${basename(first!.path)}, and part ${n} is missing: ` +
        "AWS numbers the parts of a delivery from 1 without gaps, and a part that is missing would lower the spend without a word. Download the whole " +
        "folder again, with the manifest; where these are no parts of one export, name the files otherwise.",
    );
  }
}
