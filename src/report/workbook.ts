/** A recommendation or a simulation as a workbook that recalculates. */
import type { AlongCommitment } from "../domain/along.ts";
import type { Recommendation } from "../domain/recommendation.ts";
import { isSimulation } from "./answer.ts";
import { assumptionsSheet } from "./workbook-assumptions.ts";
import type { Basis } from "./workbook-basis.ts";
import { breakpointsSheet } from "./workbook-breakpoints.ts";
import { cashFlowSheet } from "./workbook-cash-flow.ts";
import { curveSheet } from "./workbook-curve.ts";
import {
  dictionarySheet,
  findingsSheet,
  offeringsSheet,
  ownedPlansSheet,
  provenanceSheet,
} from "./workbook-lists.ts";
import type { WorkbookModel } from "./workbook-model.ts";
import { summarySheet } from "./workbook-summary.ts";
import { xlsxBytes } from "./xlsx-writer.ts";

export function workbookOf(r: Recommendation, along: AlongCommitment): WorkbookModel {
  const basis: Basis = { r, along, names: {} };
  return {
    title: isSimulation(r)
      ? "SageMaker AI Savings Plan: simulation"
      : "SageMaker AI Savings Plan: recommendation",
    sheets: [
      summarySheet(basis),
      assumptionsSheet(basis),
      breakpointsSheet(basis),
      offeringsSheet(r),
      curveSheet(basis),
      cashFlowSheet(basis),
      ownedPlansSheet(r),
      dictionarySheet(),
      findingsSheet(r),
      provenanceSheet(r),
    ],
    names: basis.names,
  };
}

/** The bytes of the file: the same for the same inputs. */
export const workbookXlsx = (r: Recommendation, along: AlongCommitment): Promise<Uint8Array> =>
  xlsxBytes(workbookOf(r, along));
