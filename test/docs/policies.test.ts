/** The policies and the workflow of the how-tos: whole, and naming what the code calls, no more and no less. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { expect, test } from "vitest";
import { actionOf, OPERATIONS } from "../../src/aws/operations.ts";
import { pageOf } from "../../scripts/docs/markdown.ts";

interface Statement {
  Sid?: string;
  Effect: string;
  Action: string[];
  Resource: string | string[];
}

const statementsOf = (page: string, comment: string): Statement[] => {
  const { text } = pageOf(readFileSync(page, "utf8")).blocks.find((block) => block.comment === comment)!;
  const { Version, Statement: statements } = JSON.parse(text) as { Version: string; Statement: Statement[] };
  expect(Version).toBe("2012-10-17");
  expect(new Set(statements.map(({ Effect }) => Effect))).toEqual(new Set(["Allow"]));
  return statements;
};

const actions = (statements: readonly Statement[]): string[] =>
  statements.flatMap(({ Action }) => Action).sort();

const CALLED = Object.values(OPERATIONS).map(actionOf).sort();

test("pull: the operations that it knows", () => {
  expect(actions(statementsOf("docs/how-to/iam.md", "policy: pull"))).toEqual(CALLED);
  const { text } = pageOf(readFileSync("docs/aws.md", "utf8")).blocks.find(
    ({ language }) => language === "json",
  )!;
  expect(actions((JSON.parse(text) as { Statement: Statement[] }).Statement)).toEqual(CALLED);
});

test("Athena: the commands that are sent; what Athena asks in the caller's name reads, but for results", () => {
  const source = readFileSync("src/engine/athena.ts", "utf8");
  const sent = [...source.matchAll(/new sdk\.(\w+)Command\(/g)].map((match) => `athena:${match[1]}`);
  const statements = statementsOf("docs/how-to/iam.md", "policy: athena");
  expect(actions(statements.filter(({ Sid }) => Sid === "AskedBySageplan"))).toEqual(
    [...new Set(sent)].sort(),
  );
  expect(actions(statements.filter(({ Sid }) => Sid !== "Results" && Sid !== "AskedBySageplan"))).toSatisfy(
    (others: string[]) => others.every((action) => /^(glue|s3):(Get|List)/.test(action)),
  );
});

test("the bucket: reading only", () => {
  expect(actions(statementsOf("docs/how-to/iam.md", "policy: bucket"))).toEqual([
    "s3:GetObject",
    "s3:ListBucket",
  ]);
});

test("the workflow is whole: what a job of GitHub Actions needs, on a schedule that is one", () => {
  const { text } = pageOf(readFileSync("docs/how-to/monthly-review.md", "utf8")).blocks.find(
    ({ comment }) => comment === "workflow",
  )!;
  const workflow = parse(text) as {
    on: { schedule: { cron: string }[] };
    jobs: Record<string, { "runs-on": string; steps: { uses?: string; run?: string }[] }>;
  };
  expect(workflow.on.schedule[0]!.cron).toMatch(/^(\S+ ){4}\S+$/);
  const { steps, ...job } = workflow.jobs["review"]!;
  expect(job).toEqual({ "runs-on": "ubuntu-latest" });
  expect(steps.map(({ uses, run }) => [uses, run].filter(Boolean).length)).toEqual(steps.map(() => 1));
});
