/** What the package may weigh: a few per cent above what it measured, so that growth is a decision and not an accident. */
export const BUDGET = {
  /** 921 kB were measured: the program, its types, and 370 kB of parquet for the demo. */
  packedBytes: 940_000,
  /** 2.88 MB were measured: documents and options as tables have large types. */
  unpackedBytes: 2_950_000,
  /** 1,088 were measured: two a module, and the SQL; the rooms are of smaller files than they were. */
  files: 1_100,
  /** Each is named in package.json with an exact version; one more is one more to trust. */
  productionDependencies: 16,
  /** What npm installs on one system, ours and optional ones included: 56 were measured on Linux. */
  installedPackages: 60,
  /** 115 MB were measured, 70 of them DuckDB's and 28 date-fns's. */
  installedBytes: 130_000_000,
};
