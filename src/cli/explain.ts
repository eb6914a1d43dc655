/** `sageplan explain CODE`: what a finding or an error means, and what to do. */
import type { Command } from "commander";
import { harmless } from "./errors.ts";
import type { Io, Sageplan } from "./io.ts";

export function addExplain(program: Command, io: Io): void {
  program
    .command("explain")
    .description("what a finding or an error code means; without a code, all of them")
    .argument("[code]", "a code that a result or an error names")
    .action(async (code: string | undefined) => {
      const sageplan = await io.load();
      const told = code === undefined ? allCodes(sageplan) : explained(code, sageplan);
      if (told === null) {
        program.error(
          `error: no finding and no error has the code ${harmless(code!)}. "sageplan explain" lists them all.`,
        );
      }
      io.out.write(told);
    });
}

/** A code may be of both. */
function explained(code: string, { ERRORS, FINDINGS }: Sageplan): string | null {
  const told: string[] = [];
  if (Object.hasOwn(FINDINGS, code)) {
    const means = FINDINGS[code as keyof typeof FINDINGS];
    told.push(
      `${code}: a finding; the result stands with it\n\n  ${means}\n  Where it was found, and its dollars: --details=findings\n`,
    );
  }
  if (Object.hasOwn(ERRORS, code)) {
    const { means, todo, exit } = ERRORS[code as keyof typeof ERRORS];
    told.push(`${code}: an error, exit code ${exit}\n\n  ${means}\n  What to do: ${todo}\n`);
  }
  return told.length === 0 ? null : told.join("\n");
}

function allCodes({ ERRORS, FINDINGS }: Sageplan): string {
  const lines = (codes: [string, string][]): string => {
    const room = Math.max(...codes.map(([code]) => code.length)) + 2;
    return codes.map(([code, means]) => `  ${code.padEnd(room)}${means}\n`).join("");
  };
  const errors = Object.entries(ERRORS).map(([code, { means }]): [string, string] => [code, means]);
  return `Findings\n${lines(Object.entries(FINDINGS))}\nErrors\n${lines(errors)}`;
}
