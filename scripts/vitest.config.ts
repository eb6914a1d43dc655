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

export default defineConfig({
  test: {
    root: fileURLToPath(new URL("..", import.meta.url)),
    include: {
      proofs: ["test/**/*.proof.ts"],
      docs: ["test/docs/*.docs.ts"],
      e2e: ["test/e2e/*.e2e.ts"],
      trino: ["test/trino/*.e2e.ts"],
      package: ["test/package/*.e2e.ts"],
      node: ["test/node/*.e2e.ts"],
      tests: ["test/**/*.test.ts"],
    }[suite],
    pool: "forks",
    // One Trino at a time: it is large, and fetched once.
    maxWorkers: suite === "trino" ? 1 : 2,
    maxConcurrency: 2,
    testTimeout: suite === "tests" ? 60_000 : suite === "docs" ? 1_200_000 : 300_000,
    hookTimeout: suite === "tests" ? 60_000 : 300_000,
  },
});
