/** Completion as a shell does it: the script is read by a real one. */
import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { VERBS } from "../../src/domain/options/verbs.ts";
import { call } from "./call.ts";

async function completed(...words: string[]): Promise<string[]> {
  const { out } = await call(["completion", "bash"]);
  const typed = words.map((word) => `'${word}'`).join(" ");
  const ask = `COMP_WORDS=(sageplan ${typed}); COMP_CWORD=${words.length}; _sageplan; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync("bash", ["--norc", "-c", `${out}\n${ask}`], { encoding: "utf8" });
  expect(stderr).toBe("");
  return stdout.split("\n").filter(Boolean);
}

test("commands, options and choices", async () => {
  expect(await completed("re")).toEqual(["recommend", "review"]);
  expect(await completed("")).toEqual([...Object.keys(VERBS), "explain", "config", "completion"]);
  expect(await completed("recommend", "--max")).toEqual(["--max-commitment", "--max-upfront"]);
  expect(await completed("recommend", "--term", "")).toEqual(["1yr", "3yr", "any"]);
  expect(await completed("inspect", "pack")).toEqual(["package-lock.json", "package.json"]);
  expect(await completed("pull", "--granularity", "h")).toEqual(["hourly"]);
});

test("every option of every command is in each script", async () => {
  for (const shell of ["bash", "zsh", "fish"]) {
    const { out, code } = await call(["completion", shell]);
    expect(code).toBe(0);
    const flag = shell === "fish" ? "-l risk-aversion" : "--risk-aversion";
    expect(out.split(flag).length - 1).toBe(
      Object.values(VERBS).filter(({ takes }) => "riskAversion" in takes).length,
    );
  }
  expect((await call(["completion", "tcsh"])).err).toMatch(/Allowed choices are bash, zsh, fish/);
});
