/** The line interceptUsd + slope·C: nowhere above the summed recourse cost of all hours. */
export interface Cut {
  interceptUsd: number;
  /** −Σ_h μ_h, USD over the hours per $/h of commitment. */
  slope: number;
}
