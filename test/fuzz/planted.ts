/** Kinds that do to a worker what must not be missed. */
import type { Case } from "./kinds.ts";

const REFUSED: Case = { files: {}, argv: ["nothing"] };

export const KINDS: Readonly<Record<string, { share: number; make: () => Case | Promise<Case> }>> = {
  fine: { share: 1, make: () => REFUSED },
  hang: {
    share: 1,
    make: () => {
      for (;;);
    },
  },
  crash: { share: 1, make: () => process.abort() },
  rejection: { share: 1, make: () => Promise.reject(new Error("planted")) },
  memory: {
    share: 1,
    make: () => {
      // Filled, or the system would only promise it.
      Buffer.alloc(400 * 2 ** 20, 1);
      return REFUSED;
    },
  },
};
