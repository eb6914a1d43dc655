import { CommanderError } from "commander";
import { EXIT } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import { writeFiles } from "./output.ts";

const EVIDENCE = "sageplan-failed-solve.lp";

/** A solve that failed can only be looked into with the program that failed. */
function leaveEvidence(program: unknown, err: Io["err"]): void {
  if (typeof program !== "string") return;
  try {
    writeFiles([{ path: EVIDENCE, text: program }]);
    err.write(`It was written to ./${EVIDENCE}, in the LP format that solvers read.\n`);
  } catch {
    err.write(`It could not be written to ./${EVIDENCE}, so here it is:\n\n${program}\n`);
  }
  err.write(
    "What to do: allow fewer offerings (--term, --payment), or leave a limit out, and look whether that solves; and please\n" +
      "report it with that file. It holds sums of your spend, but no names.\n",
  );
}

/** What SageplanError looks like from here: the class itself lives in the library, which may not be loaded. */
interface WorldFault extends Error {
  exitCode: number;
}

export const isWorldFault = (error: unknown): error is WorldFault =>
  error instanceof Error && error.name === "SageplanError" && "exitCode" in error;

/** File names are anyone's: control characters in a message are shown, not sent to the terminal. */
export const harmless = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}]/gu, (character) =>
    character === "\n" ? character : `<${character.codePointAt(0)!.toString(16)}>`,
  );

const SHOWN_START = 2_500;
const SHOWN_END = 1_000;

/** What was found can be a megabyte. Cut is the middle: where it is stands before, what to do next behind. */
function readable(message: string): string {
  const left = message.length - SHOWN_START - SHOWN_END;
  if (left <= 0) return message;
  return `${message.slice(0, SHOWN_START)}… (${left} characters) …${message.slice(-SHOWN_END)}`;
}

/** A name with a line break in it must not say something in our name. */
export const onOneLine = (message: string): string =>
  harmless(readable(message).replace(/\s*[\r\n]+\s*/g, " "));

/** The system lets a process open so many files at once. */
const isOutOfFiles = (error: unknown): boolean =>
  error instanceof Error && /^(?:EMFILE|ENFILE)$/.test((error as NodeJS.ErrnoException).code ?? "");

/** Tells the user what went wrong, on standard error, and gives the exit code. */
export function exitCodeOf(error: unknown, { err, signal }: Io): number {
  // Commander has said it already, or it was --help.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.wrongCall;
  if (signal.aborted) {
    err.write("sageplan: interrupted; no output was written\n");
    return EXIT.interrupted;
  }
  if (isWorldFault(error)) {
    err.write(`sageplan: ${onOneLine(error.message)}\n`);
    if (error.exitCode === EXIT.solver) leaveEvidence(error.cause, err);
    return error.exitCode;
  }
  if (isOutOfFiles(error)) {
    err.write(
      "sageplan: The system lets this process open too few files at once: raise it with `ulimit -n 1024`.\n",
    );
    return EXIT.engine;
  }
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  err.write(
    `sageplan: internal error, not a fault of your call or your files.\n\n${harmless(details)}\n\n` +
      `Please report it with the text above, the command that you ran, and the versions that "sageplan --version" and\n` +
      `"node --version" print. Look over the text first: it can hold names of your files.\n`,
  );
  return EXIT.ourBug;
}
