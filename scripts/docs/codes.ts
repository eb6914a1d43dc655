/** `docs/reference/codes.md`, from the tables in the code. */
import { EXIT_CODES } from "../../src/cli/exit-codes.ts";
import { ERRORS, FINDINGS } from "../../src/index.ts";
import { tableOf } from "./table.ts";

export const codesMarkdown = (): string =>
  `# Exit codes, error codes, finding codes

Printed by \`npm run docs\` from \`src/cli/exit-codes.ts\`, \`src/domain/error.ts\` and \`src/domain/finding-codes.ts\`.

## Exit codes

${tableOf(
  ["code", "means"],
  EXIT_CODES.map(([code, means]) => [String(code), means]),
)}

## Error codes

The \`code\` of a \`SageplanError\`. The message says what was found, where, and what was expected.

${tableOf(
  ["code", "exit", "means", "what to do"],
  Object.entries(ERRORS).map(([code, { exit, means, todo }]) => [`\`${code}\``, String(exit), means, todo]),
)}

## Finding codes

The \`code\` of a finding: an oddity that does not stop the work. Its message has the dollars at stake and where to look. Findings of
\`pull\` have error codes too, of the questions that have no answer.

${tableOf(
  ["code", "means"],
  Object.entries(FINDINGS).map(([code, means]) => [`\`${code}\``, means]),
)}
`;
