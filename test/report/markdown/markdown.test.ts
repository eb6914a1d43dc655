import { expect, test } from "vitest";
import { plain } from "../../../src/report/markdown/markdown.ts";

test("nothing of a bill's text becomes a link, a reference or a mention on GitHub", () => {
  for (const [text, never] of [
    ["see www.evil.example/x", "www.evil"],
    ["WWW.evil.example", "WWW.evil"],
    ["https://evil.example", "://evil"],
    ["fixes GH-1", "GH-1"],
    ["gh-12 and #12", "gh-12"],
    ["@everyone", "@everyone"],
    ["[a](b)", "[a](b)"],
  ] as const)
    expect(plain(text)).not.toContain(never);
  expect(plain("Host:ml.g5.xlarge of GHOST-1")).toBe("Host:ml.g5.xlarge of GHOST-1");
});
