/** What sampled futures assume beyond the history, so that it can be told. */
export interface Assumed {
  /** How far back the present way of use may go, days: each as likely. */
  regimeDays: number[];
  /** Change of the logarithm of usage by week, at the start. */
  driftPerWeek: number;
  /** True: the drift is `--growth`, and lasts; false: the history's, and dies away. */
  driftIsGiven: boolean;
  /** Chance by week that the use of a SKU ends, and that as much begins. */
  endsPerWeek: number;
  birthsPerWeek: number;
  /** Scale of the level of all usage together: 0.1 is about 10 %. */
  levelScale: number;
}
