import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { INPUT_FAULTS } from "./input-faults.ts";

test("each row names tests that are there, or says that what it tells is not noticed", () => {
  const wrong = INPUT_FAULTS.filter(({ does, tests }) =>
    tests.length === 0 ? !does.includes("not noticed") : !tests.every((path) => existsSync(path)),
  );
  expect(wrong).toEqual([]);
});
