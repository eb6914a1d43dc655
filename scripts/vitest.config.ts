import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: fileURLToPath(new URL("..", import.meta.url)),
    // Proofs are the slow tests: `npm run test:proofs`.
    include: [process.env["PROOFS"] ? "test/proofs/*.proof.ts" : "test/**/*.test.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: process.env["PROOFS"] ? 300_000 : 60_000,
    hookTimeout: 60_000,
  },
});
