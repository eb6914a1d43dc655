import { describe, expect, test } from "vitest";
import type { DataFile } from "../../../src/domain/billing.ts";
import { newestDeliveries } from "../../../src/ingest/exports/delivery.ts";
import type { Manifest } from "../../../src/ingest/exports/manifest.ts";

const files = (...paths: string[]): DataFile[] => paths.map((path) => ({ path, kind: "csv.gz", bytes: 1 }));

const manifest = (path: string, isCurrent: boolean, ...dataFiles: string[]): Manifest => ({
  path,
  dataFiles,
  isCurrent,
});

describe("the newest version of each billing period", () => {
  test("a legacy manifest names the assembly", () => {
    const [delivery, ...others] = newestDeliveries(
      files("/x/cur/20261001-20261101/aaa/cur-1.csv.gz", "/x/cur/20261001-20261101/bbb/cur-1.csv.gz"),
      [manifest("/x/cur/20261001-20261101/cur-Manifest.json", true, "/20261001-20261101/aaa/cur-1.csv.gz")],
    );
    expect(others).toEqual([]);
    expect(delivery).toMatchObject({ billingPeriod: "2026-10", version: "aaa", supersedes: 1 });
  });

  test("assembly ids without a manifest can't be ordered", () => {
    expect(() =>
      newestDeliveries(
        files("/x/cur/20261001-20261101/aaa/cur-1.csv.gz", "/x/cur/20261001-20261101/bbb/cur-1.csv.gz"),
        [],
      ),
    ).toThrow(/2 versions and nothing tells which is newer: aaa, bbb.*Manifest\.json/);
  });

  test("execution folders are ordered by their timestamp, each period on its own, in either case", () => {
    const deliveries = newestDeliveries(
      files(
        "/x/data/BILLING_PERIOD=2026-09/2026-10-02T00:00:00.000Z-1/c-00001.csv.gz",
        "/x/data/BILLING_PERIOD=2026-10/2026-10-30T09:41:17.284Z-2/c-00001.csv.gz",
        "/x/data/BILLING_PERIOD=2026-10/2026-10-06T08:12:55.903Z-9/c-00001.csv.gz",
        "/y/data/billing_period=2026-10/c-00001.csv.gz",
      ),
      [],
    );
    expect(
      deliveries.map(({ billingPeriod, version, supersedes }) => [billingPeriod, version, supersedes]),
    ).toEqual([
      ["2026-09", "2026-10-02T00:00:00.000Z-1", 0],
      ["2026-10", "2026-10-30T09:41:17.284Z-2", 1],
      ["2026-10", "", 0],
    ]);
  });

  test("the manifest speaks before the timestamp", () => {
    const [delivery] = newestDeliveries(
      files(
        "/x/data/BILLING_PERIOD=2026-10/2026-10-30T00:00:00.000Z-2/c-00001.csv.gz",
        "/x/data/BILLING_PERIOD=2026-10/2026-10-06T00:00:00.000Z-9/c-00001.csv.gz",
      ),
      [
        manifest(
          "/x/metadata/BILLING_PERIOD=2026-10/c-Manifest.json",
          true,
          "/BILLING_PERIOD=2026-10/2026-10-06T00:00:00.000Z-9/c-00001.csv.gz",
        ),
      ],
    );
    expect(delivery?.version).toBe("2026-10-06T00:00:00.000Z-9");
  });

  test("a part that the manifest lists and that is not there stops the work", () => {
    expect(() =>
      newestDeliveries(files("/x/cur/20261001-20261101/aaa/cur-1.csv.gz"), [
        manifest(
          "/x/cur/20261001-20261101/cur-Manifest.json",
          true,
          "/20261001-20261101/aaa/cur-1.csv.gz",
          "/20261001-20261101/aaa/cur-2.csv.gz",
        ),
      ]),
    ).toThrow(/lists 2 data files, of which 1 are missing, first \/20261001-20261101\/aaa\/cur-2\.csv\.gz/);
  });

  test("numbered loose files are parts of one delivery, others stand alone", () => {
    const deliveries = newestDeliveries(
      files("/x/oct-1.csv.gz", "/x/oct-2.csv.gz", "/x/nov-00001.csv.gz", "/x/dec.csv"),
      [],
    );
    expect(deliveries.map((delivery) => delivery.files.length)).toEqual([2, 1, 1]);
  });
});
