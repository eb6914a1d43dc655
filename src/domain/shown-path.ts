import { isAbsolute, relative, sep } from "node:path";

/**
 * A path as a result names it: relative when it lies below the current folder, so that results do
 * not differ by machine.
 */
export function shownPath(path: string): string {
  const short = relative(process.cwd(), path).replaceAll(sep, "/");
  return short === "" || short.startsWith("..") || isAbsolute(short) ? path : short;
}
