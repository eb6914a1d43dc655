/** `docs/reference/faults.md`, from the tables of the tests. */
import { INPUT_FAULTS } from "../../test/faults/input-faults.ts";
import { FAULTS } from "../../test/faults/table.ts";
import { tableOf } from "./table.ts";

export const faultsMarkdown = (): string =>
  `# Faults, and what survives them

Printed by \`npm run docs\` from \`test/faults/table.ts\`, each row of which \`npm run suite -- proofs\` runs, on a Linux system. What can befall the store
of \`review\` (signals and kill −9 at every write, a full or read-only disk, damaged bytes) stands in \`test/proofs/store-faults.proof.ts\`; damaged
and hostile input is the fuzz's (\`npm run suite -- fuzz\`).

${tableOf(
  ["fault", "exit code", "what is left"],
  FAULTS.map(({ fault, exit, survives }) => [fault, String(exit), survives]),
)}

## What inputs hold, and what sageplan does with it

Read, refused (exit code, code of the error), or told (code of the finding); printed from \`test/faults/input-faults.ts\`, where each row names its tests.

${tableOf(
  ["kind", "found", "what sageplan does"],
  INPUT_FAULTS.map(({ kind, found, does }) => [kind, found, does]),
)}
`;
