import { describe, expect, test } from "vitest";
import { sharingOf } from "../../src/ingest/sharing.ts";
import { join } from "node:path";
import { folderWith } from "./small-exports.ts";

const of = (text: string): Promise<unknown> =>
  sharingOf({
    sharing: "restricted",
    sharingGroups: join(folderWith({ "groups.yaml": text }), "groups.yaml"),
  });

describe("sharing groups", () => {
  test("a name and its accounts, in quotes or not", async () => {
    const text = 'research:\n  - 111122223333\n  - "000000000001"\nweb: ["222233334444"]\n';
    expect(await of(text)).toEqual({
      mode: "restricted",
      groups: new Map([
        ["111122223333", "research"],
        ["000000000001", "research"],
        ["222233334444", "web"],
      ]),
    });
  });

  test.each([
    ["an account in two groups", "a: [111122223333]\nb: [111122223333]\n", /111122223333 is in a and in b/],
    ["eleven digits", "a: [11112222333]\n", /found 11112222333, expected the 12 digits/],
    ["no list", "a: 111122223333\n", /group a: expected a list/],
    ["no mapping", "- 111122223333\n", /no mapping of groups/],
    ["nothing", "a: []\n", /holds no account/],
    ["thousands of levels", `a: ${"[".repeat(5_000)}`, /nested in more than 100 levels/],
    ["a group twice", "a: [111122223333]\na: [222233334444]\n", /unique/],
  ])("%s is refused", async (_, text, why) => {
    await expect(of(text)).rejects.toThrow(why);
  });

  test("groups need a mode that has them, and such a mode its groups", async () => {
    await expect(sharingOf({ sharing: "restricted" })).rejects.toThrow(/--sharing-groups/);
    await expect(sharingOf({ sharing: "off", sharingGroups: "x" })).rejects.toThrow(/--sharing prioritized/);
    expect(await sharingOf({})).toBeNull();
    expect(await sharingOf({ sharing: "off" })).toEqual({ mode: "off", groups: new Map() });
  });
});
