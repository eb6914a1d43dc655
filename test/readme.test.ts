/** The README's commands, run as they stand there, on the fixture. */
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { scratchFolder } from "./ingest/exports.ts";

const readme = readFileSync("README.md", "utf8");
const commands = [...readme.matchAll(/^node (dist\/cli\/main\.js [^#\n]*)/gm)].map((match) =>
  match[1]!.trim(),
);

test("there are commands to run", () => {
  expect(commands.length).toBeGreaterThanOrEqual(4);
});

test.each(commands)("node %s", (command) => {
  const folder = scratchFolder();
  writeFileSync(
    join(folder, "futures.csv"),
    /^```csv\n(.*?)^```/ms.exec(readFileSync("docs/how-to/own-futures.md", "utf8"))![1]!,
  );
  cpSync("fixtures/ml-company/focus-1.0", join(folder, "exports"), { recursive: true });
  cpSync("fixtures/ml-company/cost-explorer/recommendation/recommendation.json", join(folder, "aws.json"));
  writeFileSync(
    join(folder, "rates.json"),
    JSON.stringify({
      searchResults: [
        {
          savingsPlanOffering: {
            paymentOption: "No Upfront",
            planType: "SageMaker",
            durationSeconds: 31_536_000,
            currency: "USD",
          },
          rate: "1.0",
          usageType: "USE1-Host:ml.g5.2xlarge",
          operation: "RunInstance",
        },
      ],
    }),
  );
  const [script, ...args] = command.split(" ");
  const { status, stderr } = spawnSync(process.execPath, [resolve(script!), ...args], {
    cwd: folder,
    encoding: "utf8",
  });
  // On this fixture there is something to decide.
  const expected = command.includes(" review ") ? 10 : 0;
  expect({ status, stderr }).toEqual({ status: expected, stderr: "" });
});
