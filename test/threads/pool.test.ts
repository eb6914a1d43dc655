/** Threads as they are shipped: the built program, whose workers are compiled. */
import { expect, test } from "vitest";
import { sageplan } from "../cli/sageplan.ts";

const FIXTURE = "fixtures/ml-company/cur2-parquet";

const answered = async (threads: number) =>
  sageplan(["recommend", FIXTURE, "--term", "1yr", "--scenarios", "70", "--json", "--threads", `${threads}`]);

test("an answer has the same bytes with one thread and with three", async () => {
  const [one, three] = [await answered(1), await answered(3)];
  expect(one.code).toBe(0);
  expect(three).toEqual(one);
  expect(one.stdout.length).toBeGreaterThan(10_000);
});

test("a number of threads that makes no sense is refused", async () => {
  const { code, stdout, stderr } = await sageplan(["recommend", FIXTURE, "--threads", "0"]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain("whole number of threads from 1 to 64");
});
