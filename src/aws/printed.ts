/** How the AWS CLI writes: answers, and the command that gets one. */
import type { Operation } from "./operations.ts";

/**
 * A document as the AWS CLI prints it with `--output json`: indented by four, characters beyond ASCII as they are, a
 * newline at the end. Members are in the order of the API's model, which is how the SDK hands them over.
 */
export const asPrinted = (answer: unknown): string => `${JSON.stringify(answer, null, 4)}\n`;

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** The command whose printed answer, page by page, is the same file. */
export const commandOf = (operation: Operation, parameters: unknown, file: string): string =>
  `aws ${operation.command} --output json --cli-input-json ${quoted(JSON.stringify(parameters))} > ${shellPath(file)}`;

export const shellPath = (path: string): string => (/^[\w./@%+=:,-]+$/.test(path) ? path : quoted(path));
