/** Words that were a dialect of ours, and must not come back to where a user reads. */
import { readFileSync } from "node:fs";
import { globSync } from "tinyglobby";
import { expect, test } from "vitest";

/** What was said, and what is said in its place. */
const GONE: readonly [said: RegExp, now: string][] = [
  [/promised in all/i, "Total commitment"],
  [/room before it loses/i, "Safety margin"],
  [/\b(first|safe) saves\b/i, "If bought, Safe part"],
  [/savings of one (thing|resource) don't add up/i, "Savings on the same resource overlap"],
  [/other samples of/i, "another seed would move the mean by about this"],
  [/what this rests on/i, "Inputs and assumptions"],
  [/gives away (nothing|\d)/i, "AWS's allocation order costs"],
  [/left nothing open/i, "solver gap"],
  [/could cost over/i, "at most … is left on the table"],
  [/decided over time:/i, "Later purchases"],
  [/what was said of it/i, "Your decision"],
  [/where the sample starts/i, "random seed"],
  [/our (own )?bug\b/i, "internal error"],
  [/none without any SageMaker usage/i, "no gaps"],
  [/AWS does not know who asks/i, "no AWS credentials"],
  [/as settled by the tool/i, "Recommended"],
  [/does not follow:/i, "Not recalculated"],
  [/lost with the hour/i, "commitment not used in an hour is lost"],
  [/waiting for what will be known/i, "Waiting for more data"],
  [/\b(200|sampled|bad|worst) futures\b/i, "scenarios"],
  [/futures? in (20|twenty)\b/i, "scenario"],
];

const READ = [
  "README.md",
  "docs/**/*.md",
  "test/**/golden/*.{txt,md}",
  "src/{report,domain,findings,cli,review}/**/*.ts",
];
const COMMENT = /^\s*(\/\/|\/?\*)/;
const files = globSync(READ).map((path) => ({ path, lines: readFileSync(path, "utf8").split("\n") }));

test.each(GONE)("%s: %s", (said) => {
  expect(files.length).toBeGreaterThan(150);
  const found = files.flatMap(({ path, lines }) =>
    lines.flatMap((line, n) => {
      const isRead = !(path.endsWith(".ts") && COMMENT.test(line));
      return isRead && said.test(line) ? [`${path}:${n + 1}`] : [];
    }),
  );
  expect(found).toEqual([]);
});
