import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { expect, onTestFinished, test } from "vitest";
import { SageplanError } from "../../src/domain/error.ts";
import type { StoreEngine } from "../../src/engine/query-engine.ts";
import { makeTables, openStore } from "../../src/store/open-store.ts";
import { transaction } from "../../src/store/transaction.ts";
import { engine, storePath } from "./stores.ts";

const open = async (
  path: string,
  waitSeconds = 0,
  onWait?: (holder: string) => void,
): Promise<StoreEngine> => {
  const opened = await engine();
  await openStore(opened, path, { waitSeconds, onWait });
  return opened;
};

async function madeStore(): Promise<string> {
  const path = storePath();
  const opened = await open(path);
  await transaction(opened, path, () => makeTables(opened, path));
  await opened.detach("store");
  return path;
}

const faultOf = async (work: Promise<unknown>): Promise<SageplanError> => {
  const fault: unknown = await work.then(
    () => null,
    (error: unknown) => error,
  );
  expect(fault).toBeInstanceOf(SageplanError);
  return fault as SageplanError;
};

async function database(statement: string): Promise<string> {
  const path = storePath();
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
  return path;
}

test("a store is made once and opened again; nothing else is left in its folder", async () => {
  const path = await madeStore();
  const again = await open(path);
  await makeTables(again, path);
  expect(await again.rows("SELECT schema_version FROM store.about")).toHaveLength(1);
  expect(readdirSync(dirname(path))).toEqual(["store.duckdb"]);
});

test("what is rolled back is not there; an interruption that no query noticed rolls back too", async () => {
  const path = await madeStore();
  const opened = await open(path);
  const insert = () => opened.change("INSERT INTO store.review VALUES (1, '{}')");
  const interruption = new AbortController();
  const broken = async () => {
    await insert();
    throw new Error("broken");
  };
  const interrupted = async () => {
    await insert();
    interruption.abort();
  };
  await expect(transaction(opened, path, broken)).rejects.toThrow("broken");
  await expect(transaction(opened, path, interrupted, { signal: interruption.signal })).rejects.toThrow(
    /abort/i,
  );
  expect(await opened.rows("SELECT * FROM store.review")).toEqual([]);
  await transaction(opened, path, insert);
  expect(await opened.rows("SELECT usage_until FROM store.review")).toEqual([{ usage_until: 1 }]);
});

test("a store that was made for what then fails leaves no file behind; one that was there before stays", async () => {
  const path = storePath();
  const opened = await engine();
  const isNew = await openStore(opened, path, { waitSeconds: 0 });
  const brokenIn = (store: StoreEngine, at: string) => async () => {
    await makeTables(store, at);
    throw new Error("broken");
  };
  expect(isNew).toBe(true);
  await expect(transaction(opened, path, brokenIn(opened, path), { isNew })).rejects.toThrow("broken");
  await opened.detach("store");
  expect(readdirSync(dirname(path))).toEqual([]);
  const kept = await madeStore();
  const again = await engine();
  expect(await openStore(again, kept, { waitSeconds: 0 })).toBe(false);
  await expect(transaction(again, kept, brokenIn(again, kept))).rejects.toThrow("broken");
  await again.detach("store");
  expect(readdirSync(dirname(kept))).toEqual(["store.duckdb"]);
});

test("a fault of an export is not told as one of the store's disk", async () => {
  const path = await madeStore();
  const opened = await open(path);
  const fault = new SageplanError("unreadable-file", "a.csv can't be read: EACCES: permission denied");
  await expect(transaction(opened, path, () => Promise.reject(fault))).rejects.toBe(fault);
});

test("another process holds it: waits, and says which", async () => {
  const path = await madeStore();
  const hold = `
    const { DuckDBInstance } = require(${JSON.stringify(createRequire(import.meta.url).resolve("@duckdb/node-api"))});
    DuckDBInstance.create(${JSON.stringify(path)}).then((instance) => {
      // Collected, it would let go of the file.
      globalThis.held = instance;
      console.log("held");
      setInterval(() => {}, 1000);
    });`;
  const holder = spawn(process.execPath, ["-e", hold], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void holder.kill("SIGKILL"));
  await new Promise((resolve) => holder.stdout.once("data", resolve));
  const fault = await faultOf(open(path));
  expect(fault).toMatchObject({ code: "store-busy", exitCode: 4 });
  expect(fault.message).toContain(`process ${holder.pid} (node`);
  const holders: string[] = [];
  await open(path, 30, (who) => {
    holders.push(who);
    holder.kill("SIGKILL");
  });
  expect(holders).toHaveLength(1);
});

test("a folder that is not there", async () => {
  const fault = await faultOf(open(join(dirname(storePath()), "no", "store.duckdb")));
  expect(fault.code).toBe("cannot-write");
  expect(fault.message).toMatch(/its folder does not exist\. Make it first/);
});

test("a folder, text, an empty file: not a store", async () => {
  const path = storePath();
  const folder = join(dirname(path), "folder");
  mkdirSync(folder);
  writeFileSync(path, "hello\n");
  const empty = join(dirname(path), "empty");
  writeFileSync(empty, "");
  for (const each of [folder, path, empty]) {
    const fault = await faultOf(open(each));
    expect(fault.code).toBe("bad-store");
    expect(fault.message).toMatch(/can't be opened as a store: .*\. Name another file with --store/);
  }
  expect(readFileSync(path, "utf8")).toBe("hello\n");
});

test("a database of something else, and a store of another version", async () => {
  for (const [statement, message] of [
    [
      "CREATE TABLE invoices (n INTEGER)",
      /not a store of sageplan \(it holds invoices\)\. Name another file/,
    ],
    [
      "CREATE TABLE about AS SELECT 99 AS schema_version",
      /tables are of version 99, expected 1.*Use that version/,
    ],
  ] as const) {
    const path = await database(statement);
    const opened = await open(path);
    const fault = await faultOf(transaction(opened, path, () => makeTables(opened, path)));
    expect(fault.code).toBe("bad-store");
    expect(fault.message).toMatch(message);
  }
});

test("a store that is cut is told as damaged, with what to do", async () => {
  const path = await madeStore();
  truncateSync(path, 20_000);
  const fault = await faultOf(open(path));
  expect(fault.code).toBe("bad-store");
  expect(fault.message).toMatch(/is damaged: .*hand over all exports again/);
});
