/** `pull` against AWS's own command line: the same question, the same bytes. And against moto, where it has the API. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { mkdirSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { PullResult } from "../../src/index.ts";
import { COVERAGE, PLAN, rateOf, RECOMMENDATION, usagePage, UTILIZATION } from "../aws/answers.ts";
import { environmentOf, startAws, type Aws } from "../aws/server.ts";
import { sageplan } from "../cli/sageplan.ts";
import { scratchFolder } from "../ingest/small-exports.ts";

/** PyPI's packages, in a place of the project's own. */
const PACKAGES = ["awscli==1.46.3", "moto[server]==5.2.1"];
const TOOLS = fileURLToPath(new URL("../../node_modules/.cache/aws-tools", import.meta.url));

function run(command: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed: ${error?.message ?? stderr}`);
}

let aws: Aws;
let moto: ChildProcess | undefined;
beforeAll(async () => {
  if (!existsSync(join(TOOLS, "bin", "moto_server"))) {
    mkdirSync(dirname(TOOLS), { recursive: true });
    run("python3", ["-m", "venv", "--clear", TOOLS]);
    run(join(TOOLS, "bin", "pip"), ["install", "--quiet", ...PACKAGES]);
  }
  aws = await startAws();
}, 600_000);
afterAll(async () => {
  moto?.kill();
  await aws?.close();
});

test("the command that a dry run prints gives the same file, byte for byte", async () => {
  Object.assign(aws.answers, {
    DescribeSavingsPlansOfferingRates: [
      {
        body: {
          searchResults: [
            rateOf("USE1-Host:ml.m5.xlarge", "0.1840000000"),
            rateOf("EU-Train:ml.m5.large", "1E-7"),
          ],
        },
      },
    ],
    DescribeSavingsPlans: [{ body: { savingsPlans: [PLAN] } }],
    GetCostAndUsage: [{ body: usagePage(["2026-11-12T00:00:00Z", "2026-11-12T01:00:00Z"]) }],
    GetSavingsPlansUtilization: [{ body: UTILIZATION }],
    GetSavingsPlansCoverage: [{ body: COVERAGE }],
    GetSavingsPlansPurchaseRecommendation: [{ body: RECOMMENDATION }],
  });
  const what = ["rates", "plans", "usage", "utilization", "coverage", "recommendation"];
  const folder = scratchFolder();
  const [ours, theirs] = [join(folder, "ours"), join(folder, "theirs")];
  const env = environmentOf(aws.url);
  expect(await sageplan(["pull", ...what, "--out", ours], { env })).toMatchObject({ code: 0 });
  const plan = await sageplan(["pull", ...what, "--out", theirs, "--dry-run", "--json"], { env });
  const { answers } = JSON.parse(plan.stdout) as PullResult;
  expect(answers).toHaveLength(23);
  mkdirSync(join(theirs, "recommendation"), { recursive: true });
  const path = `${join(TOOLS, "bin")}:${process.env["PATH"]}`;
  const each = answers.filter(({ pull, file }) => pull !== "recommendation" || /30d/.test(file));
  await Promise.all(
    each.map(async ({ command, file }) => {
      const shell = spawn("sh", ["-c", command], {
        env: { ...process.env, ...env, PATH: path, AWS_DEFAULT_REGION: "us-east-1" },
        stdio: ["ignore", "ignore", "inherit"],
      });
      const code = await new Promise((resolve) => shell.on("close", resolve));
      expect({ command, code }).toEqual({ command, code: 0 });
      const text = (at: string) => ({ file, text: readFileSync(at, "utf8") });
      expect(text(file.replace(theirs, ours))).toEqual(text(file));
    }),
  );
});

test("moto has GetCostAndUsage", async () => {
  const port = await freePort();
  moto = spawn(join(TOOLS, "bin", "moto_server"), ["-H", "127.0.0.1", "-p", String(port)], {
    stdio: "ignore",
  });
  const url = `http://127.0.0.1:${port}`;
  const { ResultsByTime } = usagePage(["2026-11-12T00:00:00Z"]);
  for (let tries = 0; ; tries += 1) {
    const told = await fetch(`${url}/moto-api/static/ce/cost-and-usage-results`, {
      method: "POST",
      body: JSON.stringify({
        account_id: "123456789012",
        results: [{ ResultsByTime, DimensionValueAttributes: [] }],
      }),
    }).catch(() => null);
    if (told?.ok) break;
    if (tries > 300) throw new Error("moto does not start");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const out = scratchFolder();
  const { code, stderr } = await sageplan(["pull", "usage", "--out", out], { env: environmentOf(url) });
  expect({ code, stderr: stderr.replace(/^sageplan: asking .*\n/, "") }).toEqual({ code: 0, stderr: "" });
  expect(JSON.parse(readFileSync(join(out, "usage.json"), "utf8"))).toMatchObject({ ResultsByTime });
});

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
