/** How long files and functions of src may be, that a name stands for one thing, and that no verb loads the documents' schemas. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseSync } from "oxc-parser";
import { expect, test } from "vitest";

const MOST_LINES = { file: 300, function: 70, verb: 80, readme: 30 };

/** File → its present length, so that it can only shrink. One argument, from the formulation to the last loop. */
const LONG_FILES: Readonly<Record<string, number>> = {};

/** `file name` → its present length. */
const LONG_FUNCTIONS: Readonly<Record<string, number>> = {};

interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

const linesOf = (text: string): number => text.trimEnd().split("\n").length;

const files = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => {
    const path = join("src", name);
    const text = readFileSync(path, "utf8");
    return { path, text, program: parseSync(path, text).program as unknown as Node };
  });

const FUNCTIONS = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);

const nameOf = (node: Node): string | undefined =>
  ((node["id"] ?? node["key"]) as { name?: string } | null | undefined)?.name;

/** Every function below a node, with the name of what it is the value of. */
function functionsIn(value: unknown, named = "(anonymous)"): { name: string; node: Node }[] {
  if (Array.isArray(value)) return value.flatMap((each) => functionsIn(each, named));
  if (typeof value !== "object" || value === null) return [];
  const node = value as Node;
  const name = nameOf(node) ?? named;
  const below = Object.values(node).flatMap((each) => functionsIn(each, name));
  return FUNCTIONS.has(node.type) ? [{ name, node }, ...below] : below;
}

/** The names that a file declares and exports. */
const exportsOf = (program: Node): string[] =>
  (program["body"] as Node[]).flatMap((statement) => {
    const declaration =
      statement.type === "ExportNamedDeclaration" ? (statement["declaration"] as Node) : null;
    if (!declaration) return [];
    const declared = (declaration["declarations"] as Node[] | undefined) ?? [declaration];
    return declared.map(nameOf).filter((name) => name !== undefined);
  });

test("files are short", () => {
  const long = files
    .map(({ path, text }) => [path, linesOf(text)] as const)
    .filter(([, n]) => n > MOST_LINES.file);
  expect(files.length).toBeGreaterThan(300);
  expect(Object.fromEntries(long)).toEqual(LONG_FILES);
});

test("functions are short", () => {
  const all = files.flatMap(({ path, text, program }) =>
    functionsIn(program).map(
      ({ name, node }) => [`${path} ${name}`, text.slice(node.start, node.end).split("\n").length] as const,
    ),
  );
  expect(all.length).toBeGreaterThan(2_000);
  expect(Object.fromEntries(all.filter(([, n]) => n > MOST_LINES.function))).toEqual(LONG_FUNCTIONS);
});

test("an exported name is declared in one file", () => {
  const at = new Map<string, Set<string>>();
  for (const { path, program } of files)
    for (const name of exportsOf(program)) at.set(name, (at.get(name) ?? new Set()).add(path));
  expect(at.size).toBeGreaterThan(1_000);
  expect([...at].filter(([, paths]) => paths.size > 1).map(([name, paths]) => [name, ...paths])).toEqual([]);
});

test("of the documents the program knows the types only: their schemas are for the build", () => {
  const isDocument = (from: string) => from.includes("/documents/");
  const imports = files
    .filter(({ path }) => !isDocument(path))
    .flatMap(({ path, program }) =>
      (program["body"] as Node[])
        .filter(({ source }) => isDocument(String((source as { value?: string } | null)?.value)))
        .map((statement) => ({ path, kind: statement["importKind"] ?? statement["exportKind"] })),
    );
  expect(imports.length).toBeGreaterThan(100);
  expect(imports.filter(({ kind }) => kind !== "type")).toEqual([]);
});

test("every room says what is in it, in few lines", () => {
  const rooms = [...new Set(files.map(({ path }) => dirname(path)))].filter((room) => room !== "src");
  const signs = rooms.map((room) => join(room, "README.md"));
  expect(signs.filter((sign) => !existsSync(sign))).toEqual([]);
  expect(signs.filter((sign) => linesOf(readFileSync(sign, "utf8")) > MOST_LINES.readme)).toEqual([]);
});

test("a verb fits on a page", () => {
  const verbs = files.filter(({ path }) => dirname(path) === "src" && path !== join("src", "index.ts"));
  expect(verbs.length).toBeGreaterThan(5);
  expect(verbs.filter(({ text }) => linesOf(text) > MOST_LINES.verb).map(({ path }) => path)).toEqual([]);
});

test("random inputs are drawn from a seed, so that a run that fails fails again", () => {
  const drawn = readdirSync("test", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && name !== "tidiness.test.ts")
    .flatMap((name) => [...readFileSync(join("test", name), "utf8").matchAll(/\{[^{}]*\bnumRuns:[^{}]*\}/g)]);
  expect(drawn.length).toBeGreaterThan(20);
  expect(drawn.map(([text]) => text).filter((text) => !/seed|RUNS/.test(text))).toEqual([]);
});
