import type { Offering } from "./offering.ts";

/** An offering that is bought, as the workbook computes with it. */
export interface TablePlan extends Offering {
  commitmentUsdPerHour: number;
  /** Hours from now to its start. */
  startHour: number;
  /** Hours of the horizon for which it is paid. */
  activeHours: number;
}

/**
 * The mean of the futures along the commitment to one offering, the other purchases and the owned plans held: what a
 * workbook needs to settle any commitment. USD over the horizon, BEFORE any negotiated discount.
 */
export interface CommitmentTable {
  /** Those that are bought, the first being the one whose commitment moves (at 0 where nothing is bought). */
  plans: TablePlan[];
  horizonHours: number;
  /** The past is taken to repeat: every month of a term is like its mean hour. */
  pastRepeats: boolean;
  /** What the owned plans cost. */
  ownedCommitmentUsd: number;
  /** `[month of the longest term]` Of its hours those that the futures span. */
  monthHoursInFutures: number[];
  /**
   * False: months that the futures do not span depend on which plan covers what, so that cash by
   * month cannot be had from the table.
   */
  isCashFlowExact: boolean;
  /** Every hour of every future as it is, and with so much more or less usage. */
  levels: UsageLevel[];
}

export interface UsageLevel {
  /** 0.1: 10 % more usage in every hour of every future. */
  usageChange: number;
  onDemandUsd: number;
  /** Billed On-Demand with the owned plans alone. */
  baselineLeftUsd: number;
  table: TableRows;
}

/** Between rows straight lines hold, up to `errorUsd`; beyond the last row nothing changes. */
export interface TableRows {
  commitmentUsdPerHour: Float64Array;
  /** On-Demand dollars avoided, of the horizon. */
  avoidedUsd: Float64Array;
  /** Commitment of all new plans that is used. */
  newUsedUsd: Float64Array;
  /**
   * `[month][row]` On-Demand dollars avoided in the hours of the month that the futures span; none
   * when the past repeats.
   */
  monthAvoidedUsd: Float64Array[];
  /** `[row]` How far a straight line to the next row may be off, at most. */
  errorUsd: Float64Array;
}
