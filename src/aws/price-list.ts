/** The public bulk price list of SageMaker Savings Plans: a list of regions, and a file of each. No credentials. */
import { SageplanError } from "../domain/error.ts";
import type { PullCall } from "../domain/documents/pull.ts";
import { reasonOf } from "./faults.ts";
import { shellPath } from "./printed.ts";
import { retried } from "./retry.ts";

/** AWS Billing User Guide, "Service Region index file for Savings Plan"; China's partition has a place of its own. */
const PLACES = {
  aws: { host: "https://pricing.us-east-1.amazonaws.com", path: "savingsPlan/v1.0/aws" },
  cn: { host: "https://pricing.cn-northwest-1.amazonaws.com.cn", path: "savingsPlan/v1.0/cn" },
};

const SCHEDULE = { firstPauseMs: 600, attempts: 4 };
const ANSWER_MS = 120_000;

export interface PriceListPlace {
  /** Where the files lie: AWS's own host, or a mirror's. */
  host: string;
  index: string;
}

export function placeOf(region: string | undefined, mirror: string | undefined): PriceListPlace {
  const { host, path } = PLACES[region?.startsWith("cn-") ? "cn" : "aws"];
  const from = (mirror ?? host).replace(/\/$/, "");
  const { username, password, protocol, host: named } = new URL(from);
  if (username + password !== "") {
    throw new SageplanError(
      "wrong-call",
      `--price-list-url ${protocol}//…@${named} holds a user or a password, which commands and messages would show. Use a mirror without one, or fetch the files yourself and give them with --rates.`,
    );
  }
  return { host: from, index: `${from}/${path}/AWSMachineLearningSavingsPlans/current/region_index.json` };
}

interface RegionIndex {
  regions: { regionCode: string; versionUrl: string }[];
}

/** The files of these regions, or of all. `fileOf`: where a region's is put. @throws SageplanError */
export async function regionFiles(
  { host, index }: PriceListPlace,
  wanted: readonly string[] | undefined,
  fileOf: (region: string) => string,
  signal: AbortSignal | undefined,
): Promise<PullCall[]> {
  const { regions } = parsed(await fetched(index, signal), index) as Partial<RegionIndex>;
  if (!Array.isArray(regions) || regions.some((each) => !isRegion(each)))
    throw failure(index, "it lists no regions");
  const known = new Set(regions.map(({ regionCode }) => regionCode));
  const missing = (wanted ?? []).filter((region) => !known.has(region));
  if (missing.length > 0) {
    throw new SageplanError(
      "wrong-call",
      `the price list has no region ${missing.join(", ")}; it has ${[...known].sort().join(", ")}.`,
    );
  }
  return regions
    .filter(({ regionCode }) => wanted === undefined || wanted.includes(regionCode))
    .toSorted((a, b) => (a.regionCode < b.regionCode ? -1 : 1))
    .map(({ regionCode, versionUrl }) => fileCall(`${host}${versionUrl}`, fileOf(regionCode)));
}

/** A region's name becomes a file's name, and its address a request. */
const isRegion = (each: unknown): each is RegionIndex["regions"][number] =>
  typeof each === "object" &&
  each !== null &&
  /^[a-z0-9-]{1,40}$/.test(String((each as Partial<RegionIndex["regions"][number]>).regionCode)) &&
  /^\/[\w./-]+$/.test(String((each as Partial<RegionIndex["regions"][number]>).versionUrl));

export const fileCall = (url: string, file: string): PullCall => ({
  pull: "price-list",
  service: "price-list",
  operation: "GET",
  parameters: { url },
  file,
  usdPerRequest: 0,
  command: `curl --fail --output ${shellPath(file)} ${shellPath(url)}`,
});

/** The bytes as AWS has them, when they are JSON. @throws SageplanError `aws-failure` */
export const fetched = (url: string, signal: AbortSignal | undefined): Promise<string> =>
  retried(
    async (isLast) => {
      const { text, why, isFinal } = await tried(url, signal);
      if (text === null && (isFinal || isLast)) throw failure(url, why);
      return text;
    },
    SCHEDULE,
    { signal },
  );

interface Tried {
  text: string | null;
  why: string;
  isFinal: boolean;
}

async function tried(url: string, signal: AbortSignal | undefined): Promise<Tried> {
  const limit = AbortSignal.timeout(ANSWER_MS);
  try {
    const answer = await fetch(url, { signal: signal ? AbortSignal.any([signal, limit]) : limit });
    const text = await answer.text();
    const { ok, status } = answer;
    if (!ok) return { text: null, why: `HTTP status ${status}`, isFinal: status < 500 && status !== 429 };
    parsed(text, url);
    return { text, why: "", isFinal: true };
  } catch (error) {
    signal?.throwIfAborted();
    const why = error instanceof SageplanError ? "what came is not whole JSON" : reasonOf(error);
    return { text: null, why, isFinal: false };
  }
}

function parsed(text: string, url: string): object {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === "object" && json !== null) return json;
  } catch {
    // Told below.
  }
  throw failure(url, "what came is not whole JSON");
}

const failure = (url: string, why: string): SageplanError =>
  new SageplanError(
    "aws-failure",
    `the price list could not be fetched from ${url}: ${why}. Look whether this network may reach it; or fetch it elsewhere and give it with --rates.`,
  );
