// Whether an export adds up, and what of it a plan can cover: `npx tsx inspect.ts ./exports`. TypeScript, strict.
import { inspect, SageplanError, type Finding, type Inspection } from "sageplan";

const worst = (findings: readonly Finding[]): Finding | undefined =>
  [...findings].sort((a, b) => b.usd - a.usd)[0];

try {
  const inspection: Inspection = await inspect({ exports: process.argv.slice(2) });
  console.log(`On-Demand $${(inspection.history?.onDemandUsd ?? 0).toFixed(2)}, ${inspection.granularity}`);
  const finding = worst(inspection.findings);
  if (finding) console.log(`${finding.code} $${finding.usd.toFixed(2)}: ${finding.message}`);
} catch (error) {
  if (!(error instanceof SageplanError)) throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = error.exitCode;
}
