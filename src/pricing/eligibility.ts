/**
 * What a SageMaker AI Savings Plan covers: "only SageMaker ML Instance usage" (AWS Savings Plans user guide). The
 * deciding rule is a row for (usage type, operation) in the rate card in use; this table answers where there is none,
 * and says "unconfirmed" where AWS's pages leave it open.
 */
import type { Eligibility } from "../domain/eligibility.ts";
import type { RatesInUse } from "../domain/rate-table.ts";
import type { HourlySpend } from "../domain/usage.ts";
import { parseUsageType } from "./usage-type.ts";

const yes = (reason: string): Eligibility => ({ eligible: "yes", reason });

const no = (reason: string): Eligibility => ({ eligible: "no", reason });

const unconfirmed = (reason: string): Eligibility => ({ eligible: "unconfirmed", reason });

/** By the token before an instance type. */
const INSTANCE_COMPONENTS: ReadonlyMap<string, Eligibility> = new Map(
  Object.entries({
    Host: yes("real-time inference"),
    Train: yes("training"),
    Notebk: yes("notebook instances"),
    "Studio:KernelGateway": yes("Studio notebooks"),
    Processing: yes("processing"),
    DataWrangler: yes("Data Wrangler"),
    Processing_DW: yes("Data Wrangler"),
    Tsform: yes("batch transform"),
    "Studio:JupyterLab": unconfirmed("Studio JupyterLab apps"),
    "Studio:CodeEditor": unconfirmed("Studio Code Editor apps"),
    AsyncInf: unconfirmed("asynchronous inference"),
    Cluster: unconfirmed("HyperPod clusters"),
    TrainWarmPool: unconfirmed("training warm pools"),
    TrSpt: no("managed spot training"),
    ReservedCluster: no("HyperPod training plans, prepaid"),
  }),
);

/** By what a usage type holds, where no instance component decides; the first that fits. */
const OTHER: readonly [RegExp, Eligibility][] = [
  [/ml\.eia/, no("Elastic Inference")],
  [/ServerlessInf|ProvisionedConcurrency/, no("serverless inference")],
  [/VolumeUsage|Storage|ByteHrs/i, no("storage")],
  [/Data-?Bytes|DataProcessing|DataTransfer|^Hst:/i, no("data transfer and processing")],
  [/Canvas/, no("Canvas")],
  [/FeatureStore/, no("Feature Store")],
  [/LabeledObject|GroundTruth/i, no("Ground Truth labelling")],
  [/Geospatial/, no("geospatial")],
  [/ml-?flow/i, no("MLflow")],
  [/RStudio|RSession/, unconfirmed("RStudio apps")],
  [/TensorBoard/, unconfirmed("TensorBoard apps")],
];

/** The table's answer for a usage type. */
export function eligibilityByTable(usageType: string): Eligibility {
  const { component, instanceType } = parseUsageType(usageType);
  if (instanceType && !instanceType.startsWith("ml.eia")) {
    const known = INSTANCE_COMPONENTS.get(component);
    if (known) return known;
  }
  for (const [pattern, answer] of OTHER) if (pattern.test(usageType)) return answer;
  return unconfirmed(
    instanceType ? `instance usage of ${component || "an unknown component"}` : "an unknown usage type",
  );
}

/** Key of a rate: rates are by full usage type and operation, because prices differ by component. */
export const rateKey = (usageType: string, operation: string): string => `${usageType}\n${operation}`;

/** The deciding rule, then the table. */
export function eligibilityOf(
  usageType: string,
  operation: string,
  ratedKeys: ReadonlySet<string>,
): Eligibility {
  const table = eligibilityByTable(usageType);
  return ratedKeys.has(rateKey(usageType, operation)) ? yes(table.reason) : table;
}

export const eligibilities = (spend: HourlySpend, rates: RatesInUse): Eligibility[] =>
  spend.skus.map(({ usageType, operation }) => eligibilityOf(usageType, operation, rates.ratedKeys));
