/** The runner sees what a worker can't tell of itself, and goes on with the next case. */
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runCases } from "./runner.ts";

test("a hang, a crash, an unhandled rejection and a memory hog are escapes, and the case after each runs", async () => {
  const asked = ["fine", "hang", "fine", "crash", "rejection", "memory", "fine"].values();
  const escapes: Record<string, string> = {};
  let done = 0;
  await runCases(
    () => {
      const { value: kind } = asked.next();
      return kind === undefined ? undefined : { kind, number: 0, seed: 1 };
    },
    {
      kinds: fileURLToPath(new URL("planted.ts", import.meta.url)),
      limits: { milliseconds: 5_000, bytes: 350 * 2 ** 20 },
      onDone: () => (done += 1),
      onEscape: ({ kind, why, folder }) => {
        escapes[kind] = why;
        rmSync(folder, { recursive: true });
      },
    },
  );
  expect(escapes).toEqual({
    hang: expect.stringMatching(/^hang: no answer after 5000 ms/),
    crash: expect.stringMatching(/^crash/),
    rejection: expect.stringMatching(/^crash.*planted/s),
    memory: expect.stringMatching(/^memory: \d+ MiB/),
  });
  expect(done).toBe(4);
});
