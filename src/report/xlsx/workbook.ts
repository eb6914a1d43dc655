/** A recommendation or a simulation as a workbook that recalculates. */
import type { CommitmentTable } from "../../domain/commitment-table.ts";
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { isSimulation } from "../document/answer.ts";
import { assumptionsSheet } from "./assumptions.ts";
import type { Basis } from "./basis.ts";
import { breakpointsSheet } from "./breakpoints.ts";
import { cashFlowSheet } from "./cash-flow.ts";
import { curveSheet } from "./curve.ts";
import { dictionarySheet, findingsSheet, offeringsSheet, ownedPlansSheet, provenanceSheet } from "./lists.ts";
import type { WorkbookModel } from "./model.ts";
import { summarySheet } from "./summary.ts";
import { xlsxBytes } from "./write.ts";

export function workbookOf(r: Recommendation, commitmentTable: CommitmentTable): WorkbookModel {
  const basis: Basis = { r, commitmentTable, names: {} };
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
      dictionarySheet(r),
      findingsSheet(r),
      provenanceSheet(r),
    ],
    names: basis.names,
  };
}

/** The bytes of the file: the same for the same inputs. */
export const workbookXlsx = (r: Recommendation, commitmentTable: CommitmentTable): Promise<Uint8Array> =>
  xlsxBytes(workbookOf(r, commitmentTable));
