import { SageplanError } from "../../domain/error.ts";

/** Every file that is opened next would meet it: not this one's fault. */
const OUT_OF_FILES = new Set(["EMFILE", "ENFILE"]);

/** What to throw when the system does not let `path` be read; null: something else is the matter. */
export function systemFault(path: string, cause: unknown): unknown {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === undefined || !/^E[A-Z]+$/.test(code)) return null;
  if (OUT_OF_FILES.has(code)) return cause;
  return new SageplanError("unreadable-file", `${path} can't be read: ${message}`, { cause });
}
