import { describe, expect, test } from "vitest";
import { eligibilityByTable, eligibilityOf, rateKey } from "../../src/pricing/eligibility.ts";
import { parseUsageType, regionOfUsageType } from "../../src/pricing/usage-type.ts";

describe("the grammar of usage types", () => {
  test.each([
    ["USE1-Host:ml.m5.xlarge", "USE1", "Host", "ml.m5.xlarge"],
    ["EU-Train:ml.m5.large", "EU", "Train", "ml.m5.large"],
    ["AFS1-Studio:KernelGateway-ml.r5.24xlarge", "AFS1", "Studio:KernelGateway", "ml.r5.24xlarge"],
    ["USE1-Studio:JupyterLab-ml.m7i.48xlarge", "USE1", "Studio:JupyterLab", "ml.m7i.48xlarge"],
    ["USW2-Cluster:ml.p6-b200.48xlarge", "USW2", "Cluster", "ml.p6-b200.48xlarge"],
    ["Host:ml.c5.large", "", "Host", "ml.c5.large"],
    ["RStudio:RSessionGateway-ml.t3.medium", "", "RStudio:RSessionGateway", "ml.t3.medium"],
    ["Notebk:VolumeUsage.gp2", "", "Notebk:VolumeUsage.gp2", ""],
    ["USE1-Hst:Data-Bytes-Out", "USE1", "Hst:Data-Bytes-Out", ""],
    ["USE1-ServerlessInf:Mem-3GB", "USE1", "ServerlessInf:Mem-3GB", ""],
  ])("%s", (usageType, prefix, component, instanceType) => {
    expect(parseUsageType(usageType)).toEqual({ prefix, component, instanceType });
  });

  test.each([
    ["EU-Host:ml.m5.large", "eu-west-1"],
    ["APS3-Host:ml.m5.large", "ap-south-1"],
    ["APS1-Host:ml.m5.large", "ap-southeast-1"],
    ["APS4-Host:ml.m5.large", "ap-southeast-3"],
    ["APS5-Host:ml.m5.large", "ap-south-2"],
    ["UGW1-Host:ml.m5.large", "us-gov-west-1"],
    ["CAN1-Host:ml.m5.large", "ca-central-1"],
    ["Host:ml.m5.large", "us-east-1"],
    ["XYZ9-Host:ml.m5.large", ""],
  ])("%s lies in %s", (usageType, region) => {
    expect(regionOfUsageType(parseUsageType(usageType))).toBe(region);
  });
});

describe("eligibility", () => {
  test.each([
    ["USE1-Host:ml.m5.xlarge", "yes"],
    ["USE1-Train:ml.p4d.24xlarge", "yes"],
    ["USE1-Notebk:ml.t3.medium", "yes"],
    ["AFS1-Studio:KernelGateway-ml.r5.24xlarge", "yes"],
    ["USE1-Processing:ml.m5.xlarge", "yes"],
    ["USE1-Processing_DW:ml.m5.4xlarge", "yes"],
    ["USE1-DataWrangler:ml.m5.4xlarge", "yes"],
    ["USE1-Tsform:ml.c5.9xlarge", "yes"],
    ["USE1-Studio:JupyterLab-ml.m7i.48xlarge", "unconfirmed"],
    ["USE1-Studio:CodeEditor-ml.t3.medium", "unconfirmed"],
    ["APN1-AsyncInf:ml.g6.xlarge", "unconfirmed"],
    ["USE1-Cluster:ml.p4d.24xlarge", "unconfirmed"],
    ["USE1-TrainWarmPool:ml.g5.xlarge", "unconfirmed"],
    ["RStudio:RSessionGateway-ml.t3.medium", "unconfirmed"],
    ["USE1-Something:New", "unconfirmed"],
    ["USE1-TrSpt:ml.g5.2xlarge", "no"],
    ["USE1-ReservedCluster:ml.p5.48xlarge", "no"],
    ["USE1-ServerlessInf:Mem-3GB", "no"],
    ["USE1-Host:ml.eia2.medium", "no"],
    ["USE1-Canvas:Session-Hrs", "no"],
    ["USE1-FeatureStore:ReadRequestUnits", "no"],
    ["Notebk:VolumeUsage.gp2", "no"],
    ["USE1-Host:VolumeUsage.gp2", "no"],
    ["USE1-Hst:Data-Bytes-Out", "no"],
  ])("%s: %s", (usageType, eligible) => {
    expect(eligibilityByTable(usageType).eligible).toBe(eligible);
  });

  test("a row in the rate card decides before the table does", () => {
    const card = new Set([rateKey("APN1-AsyncInf:ml.g6.xlarge", "RunInstance")]);
    expect(eligibilityOf("APN1-AsyncInf:ml.g6.xlarge", "RunInstance", card).eligible).toBe("yes");
    expect(eligibilityOf("APN1-AsyncInf:ml.g6.xlarge", "Other", card).eligible).toBe("unconfirmed");
  });
});
