/**
 * Every command of the README and the documentation, run as it stands there, in order, in a folder of its page's own. What a page shows
 * as printed is what was printed; `DOCS_UPDATE=1 npm run suite -- docs` writes it.
 */
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { globSync } from "tinyglobby";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { pageOf } from "../../scripts/docs/markdown.ts";
import { environmentOf, type Aws } from "../aws/server.ts";
import { awsDouble, trinoDouble } from "./doubles.ts";
import { commandsOf, partOf } from "./commands.ts";
import { folderFor } from "./folder.ts";

const pages = ["README.md", ...globSync("docs/**/*.md").sort()].map((name) => ({
  name,
  markdown: readFileSync(name, "utf8"),
}));

let aws: Aws;
let trino: Awaited<ReturnType<typeof trinoDouble>>;
beforeAll(async () => {
  [aws, trino] = [await awsDouble(), await trinoDouble()];
});
afterAll(async () => {
  trino.close();
  await aws.close();
});

interface Ran {
  status: number | null;
  stdout: string;
  stderr: string;
}

function run(command: string, folder: string): Promise<Ran> {
  const here = command
    .replace("https://trino.example.com:8443", trino.url)
    .replace("pull price-list", `pull price-list --price-list-url ${aws.url}`);
  return new Promise((resolve) => {
    const child = spawn("bash", ["-c", here], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...environmentOf(aws.url),
        AWS_REGION: "us-east-1",
        AWS_CONFIG_FILE: join(folder, "config"),
        HOME: folder,
        PATH: `${join(folder, "bin")}:${process.env["PATH"]}`,
        NO_COLOR: "1",
      },
    });
    const ran: Ran = { status: null, stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (ran.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (ran.stderr += text));
    child.on("close", (status) => resolve({ ...ran, status }));
  });
}

// Two pages at a time, the longest first.
const longestFirst = pages
  .map((page) => ({ ...page, commands: commandsOf(page.markdown).length }))
  .filter(({ commands }) => commands > 0)
  .sort((a, b) => b.commands - a.commands);

test.concurrent.for(longestFirst)("$name", async ({ name, markdown }, { onTestFinished }) => {
  const folder = folderFor(name, markdown, onTestFinished);
  let updated = markdown;
  for (const { command, exits, notRun, shown } of commandsOf(markdown)) {
    if (notRun !== null) continue;
    const { status, stdout, stderr } = await run(command, folder);
    expect({ command, status, stderr: status === exits ? "" : stderr }).toEqual({
      command,
      status: exits,
      stderr: "",
    });
    for (const { text, comment } of shown) {
      const printed = partOf(stdout, comment);
      const head = `<!-- ${comment} -->\n\n\`\`\`text\n`;
      const said = `${head}${text}\n`;
      // An empty block would be found nowhere, and pass.
      expect(updated).toContain(said);
      updated = updated.replace(said, () => `${head}${printed}\n`);
    }
  }
  if (process.env["DOCS_UPDATE"]) writeFileSync(name, updated);
  expect(readFileSync(name, "utf8")).toBe(updated);
});

test("the workflow's steps that read and review, as a runner would run them", async () => {
  const name = "docs/how-to/monthly-review.md";
  const markdown = readFileSync(name, "utf8");
  const { text } = pageOf(markdown).blocks.find(({ comment }) => comment === "workflow")!;
  const { jobs } = parse(text) as { jobs: { review: { steps: { run?: string }[] } } };
  const steps = jobs.review.steps.flatMap(({ run: step = "" }) => (/^(npm|gh) |^$/.test(step) ? [] : [step]));
  expect(steps.length).toBe(3);
  const folder = folderFor(name, markdown);
  for (const step of steps) {
    const files = 'export GITHUB_OUTPUT="$HOME/output" GITHUB_STEP_SUMMARY="$HOME/summary"; set -e\n';
    const { status, stderr } = await run(files + step, folder);
    expect({ step, status, stderr: status === 0 ? "" : stderr }).toEqual({ step, status: 0, stderr: "" });
  }
  expect(readFileSync(join(folder, "output"), "utf8")).toMatch(/^code=(0|10)\n$/);
  expect(readFileSync(join(folder, "summary"), "utf8")).toMatch(/^# /);
});

test("the library's example", async () => {
  const name = "docs/reference/api.md";
  const markdown = readFileSync(name, "utf8");
  const { text } = pageOf(markdown).blocks.find(({ language }) => language === "js")!;
  const folder = folderFor(name, markdown);
  writeFileSync(join(folder, "example.mjs"), text.replace('"sageplan"', '"./dist/index.js"'));
  const { status, stdout, stderr } = await run(`"${process.execPath}" example.mjs`, folder);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("commitmentUsdPerHour");
});

test("few commands are not run, each for a reason", () => {
  const notRun = pages.flatMap(({ name, markdown }) =>
    commandsOf(markdown).flatMap((typed) =>
      typed.notRun === null ? [] : [`${name}: ${typed.command}: ${typed.notRun}`],
    ),
  );
  expect(notRun).toMatchInlineSnapshot(`
    [
      "README.md: npm test: it is the suite beside this one",
    ]
  `);
});
