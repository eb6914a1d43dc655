/** Widths of text in any script: a terminal shows some characters in two columns and some in none. */
import { expect, test } from "vitest";
import { cut, wrap } from "../../../src/report/document/format.ts";
import { right, table } from "../../../src/report/document/table.ts";

const COMBINED = "Cafe\u0301";

test("columns align beside wide and combining characters", () => {
  const rows = [
    ["研究チーム", "1"],
    [COMBINED, "22"],
    ["▶ ml", "333"],
  ];
  expect(table([{ title: "Account" }, right("USD")], rows, 80)).toEqual([
    "Account     USD",
    "研究チーム    1",
    `${COMBINED}         22`,
    "▶ ml        333",
  ]);
});

test("a table is split where its columns, not its characters, fill the line", () => {
  const rows = [["a", "研".repeat(20), "研".repeat(20)]];
  expect(table([{ title: "x" }, { title: "y" }, { title: "z" }], rows, 60)).toHaveLength(5);
});

test.each([
  ["wide characters", "研".repeat(50), ["研".repeat(20), "研".repeat(20), "研".repeat(10)]],
  ["words of them", `${"研".repeat(15)} ${"究".repeat(10)}`, ["研".repeat(15), "究".repeat(10)]],
  ["accents of their own", "e\u0301".repeat(50), ["e\u0301".repeat(40), "e\u0301".repeat(10)]],
])("lines of 40 columns hold %s", (_, text, lines) => {
  expect(wrap(text, 40)).toEqual(lines);
});

test("what is cut keeps its characters whole and says so", () => {
  expect(cut("研究チーム", 10)).toBe("研究チーム");
  expect(cut("研究チーム", 9)).toBe("研究チー…");
  expect(cut("研究チーム", 8)).toBe("研究チ…");
  expect(cut(`${COMBINED}s`, 5)).toBe(`${COMBINED}s`);
  expect(cut(`${COMBINED}s`, 4)).toBe("Caf…");
});
