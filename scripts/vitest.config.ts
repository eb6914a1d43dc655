import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** The slow tests (`npm run suite -- proofs`), the documentation's commands (`npm run suite -- docs`), those that need programs of the system (`npm run suite -- e2e`), or all others. */
const suite = (process.env["SUITE"] ?? "tests") as
  | "proofs"
  | "docs"
  | "e2e"
  | "trino"
  | "package"
  | "node"
  | "tests";

/** Tests whose cases are many: a share of them in `npm test`, whole among the proofs. */
const BOTH = ["test/optimize/program.test.ts", "test/ingest/made-bills.test.ts"];

const INCLUDE = {
  proofs: ["test/**/*.proof.ts", ...BOTH],
  docs: ["test/docs/*.docs.ts"],
  e2e: ["test/e2e/*.e2e.ts"],
  trino: ["test/trino/*.e2e.ts"],
  package: ["test/package/*.e2e.ts"],
  node: ["test/node/*.e2e.ts"],
};

/** What changes its process: the environment, the folder it is in. */
const ALONE = ["test/aws/*.test.ts", "test/engine/*.test.ts", "test/cli/solver-failure.test.ts"];

/** A worker that takes file after file imports `src` once; a file that changes its process gets one of its own. */
const projects = [
  {
    extends: true as const,
    test: { name: "shared", isolate: false, include: ["test/**/*.test.ts"], exclude: ALONE },
  },
  { extends: true as const, test: { name: "alone", include: ALONE } },
];

export default defineConfig({
  test: {
    root: fileURLToPath(new URL("..", import.meta.url)),
    ...(suite === "tests" ? { projects } : { include: INCLUDE[suite] }),
    pool: "forks",
    // One Trino at a time: it is large, and fetched once.
    maxWorkers: suite === "trino" ? 1 : 2,
    maxConcurrency: 2,
    testTimeout: suite === "tests" ? 60_000 : suite === "docs" ? 1_200_000 : 300_000,
    hookTimeout: suite === "tests" ? 60_000 : 300_000,
  },
});
