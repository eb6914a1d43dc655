/** The parts of a SageMaker usage type: `[REGION-]COMPONENT:[APP-]ml.family.size`; the family may hold hyphens. */
export interface UsageTypeParts {
  /** `USE1`, or empty. */
  prefix: string;
  /** `Host`, `Train`, `Studio:KernelGateway`…; without an instance, all that follows the prefix. */
  component: string;
  /** `ml.p6-b200.48xlarge`, or empty. */
  instanceType: string;
}

const PREFIX = /^([A-Z]{2,3}[A-Z]?\d?)-/;
const INSTANCE = /(?:^|[:-])(ml\.[a-z0-9-]+\.[a-z0-9-]+)$/;

export function parseUsageType(usageType: string): UsageTypeParts {
  const prefix = PREFIX.exec(usageType)?.[1] ?? "";
  const rest = prefix ? usageType.slice(prefix.length + 1) : usageType;
  const instance = INSTANCE.exec(rest);
  if (!instance) return { prefix, component: rest, instanceType: "" };
  return { prefix, component: rest.slice(0, instance.index), instanceType: instance[1]! };
}

/** Billing prefixes mislead (`EU` is Ireland, `APS3` Mumbai), so this is the fallback where no region column speaks. */
const REGION_OF_PREFIX: Readonly<Record<string, string>> = {
  USE1: "us-east-1",
  USE2: "us-east-2",
  USW1: "us-west-1",
  USW2: "us-west-2",
  UGW1: "us-gov-west-1",
  UGE1: "us-gov-east-1",
  CAN1: "ca-central-1",
  CAN2: "ca-west-1",
  SAE1: "sa-east-1",
  EU: "eu-west-1",
  EUW1: "eu-west-1",
  EUW2: "eu-west-2",
  EUW3: "eu-west-3",
  EUC1: "eu-central-1",
  EUC2: "eu-central-2",
  EUN1: "eu-north-1",
  EUS1: "eu-south-1",
  EUS2: "eu-south-2",
  APN1: "ap-northeast-1",
  APN2: "ap-northeast-2",
  APN3: "ap-northeast-3",
  APE1: "ap-east-1",
  APS1: "ap-southeast-1",
  APS2: "ap-southeast-2",
  APS3: "ap-south-1",
  APS4: "ap-southeast-3",
  APS5: "ap-south-2",
  APS6: "ap-southeast-4",
  APS7: "ap-southeast-5",
  APS8: "ap-southeast-6",
  APS9: "ap-southeast-7",
  AFS1: "af-south-1",
  MES1: "me-south-1",
  MEC1: "me-central-1",
  ILC1: "il-central-1",
  MXC1: "mx-central-1",
  CNN1: "cn-north-1",
  CNW1: "cn-northwest-1",
};

/** The region of a usage type by its prefix; usage types without a prefix are us-east-1's; empty when unknown. */
export const regionOfUsageType = ({ prefix }: UsageTypeParts): string =>
  prefix === "" ? "us-east-1" : (REGION_OF_PREFIX[prefix] ?? "");
