/** Inputs that once escaped: each ended otherwise than by a sound result or a clear error. */
import { join } from "node:path";
import { expect, test } from "vitest";
import * as library from "../../src/index.ts";
import { call } from "../cli/call.ts";
import { csvOf, folderWith, hourOf } from "../ingest/exports.ts";

test.each([
  ["an option", ["inspect", "x", "--\u001b[2J"]],
  ["a command", ["\u001b[2Jinspect"]],
  ["a value", ["recommend", "x", "--seed", "\u001b[2J\u202e"]],
])("a wrong call with control characters in %s is shown, not obeyed", async (_, argv) => {
  const { code, err } = await call(argv);
  expect(code).toBe(2);
  expect(err).toContain("<1b>[2J");
  expect(err).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
});

test("a name with control characters is shown, not obeyed, where a file was written", async () => {
  const folder = folderWith({ "a.csv": csvOf([hourOf(0)]) });
  const argv = ["normalize", folder, "--out", join(folder, "\u001b[2J.csv")];
  const { code, out } = await call(argv, { load: async () => library });
  expect(code).toBe(0);
  expect(out).toContain("<1b>[2J.csv");
  expect(out).not.toContain("\u001b");
});
