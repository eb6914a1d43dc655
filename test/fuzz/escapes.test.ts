/** Inputs that once escaped: each ended otherwise than by a sound result or a clear error. */
import { expect, test } from "vitest";
import { call } from "../cli/call.ts";

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
