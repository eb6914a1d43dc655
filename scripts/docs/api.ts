/** `docs/reference/api.md`: what `src/index.ts` exports, as the compiler declares it in `dist`. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseSync } from "oxc-parser";

const DIST = join(import.meta.dirname, "../../dist");

const SCHEMAS = join(DIST, "report/schema");
const DOCUMENTS = readdirSync(SCHEMAS)
  .sort()
  .map((file) => {
    const schema = JSON.parse(readFileSync(join(SCHEMAS, file), "utf8")) as { $defs?: object };
    return [file.replace(".schema.json", ""), schema] as const;
  });

export function apiMarkdown(): string {
  const door = read(join(DIST, "index.d.ts"));
  const sections = door.program.body.flatMap((statement) => {
    if (statement.type !== "ExportNamedDeclaration" || statement.source === null) return [];
    const path = join(DIST, statement.source.value.replace(/\.[jt]s$/, ".d.ts"));
    const print = dirname(path).endsWith("documents") ? documentSection : sectionOf;
    return statement.specifiers.map(({ exported }) => print(nameOf(exported), path));
  });
  return `# The library

Printed by \`npm run docs\` from the compiler's declarations of \`src/index.ts\`. The verbs (\`inspect\`, \`normalize\`, \`recommend\`, \`simulate\`,
\`review\`, \`headroom\`, \`backtest\`, \`pull\`) take what the options of the [command line](cli.md) take, in camelCase, and return the
[documents](json.md).

\`\`\`js
import { recommend } from "sageplan";

const { recommendation } = await recommend({ exports: ["./exports"], rates: ["rates.json"] });
console.log(recommendation.purchases);
\`\`\`

${sections.sort((a, b) => a.localeCompare(b, "en")).join("\n\n")}
`;
}

const nameOf = (exported: { type: string }): string => String((exported as { name?: string }).name);

function read(path: string) {
  const text = readFileSync(path, "utf8");
  const { program, comments } = parseSync(path, text);
  return { text, program, comments };
}

/** A document, or a part of one: its fields stand in `json.md`. */
function documentSection(name: string): string {
  const document = name.replace(/(Document|Result)$/, "").toLowerCase();
  const part = name.charAt(0).toLowerCase() + name.slice(1);
  const owner = DOCUMENTS.find(([, { $defs }]) => $defs !== undefined && part in $defs);
  const anchor = owner ? `${owner[0]}-${part.toLowerCase()}` : document;
  return `## ${name}\n\n${owner ? "A part of a JSON document" : "A JSON document"}: [its fields](json.md#${anchor}).`;
}

function sectionOf(name: string, path: string): string {
  const { text, program, comments } = read(path);
  for (const statement of program.body) {
    if (statement.type !== "ExportNamedDeclaration") continue;
    const { declaration } = statement;
    if (declaration === null || !names(declaration).includes(name)) continue;
    const before = comments.findLast(({ end }) => end <= statement.start);
    const isItsOwn = before?.type === "Block" && text.slice(before.end, statement.start).trim() === "";
    const said = isItsOwn ? docOf(before.value) : "";
    const code = text.slice(statement.start, statement.end).replace(/^export (declare )?/, "");
    return [`## ${name}`, said, `\`\`\`ts\n${code}\n\`\`\``].filter(Boolean).join("\n\n");
  }
  throw new Error(`${name} is not declared in ${path.slice(dirname(DIST).length + 1)}`);
}

function names(declaration: object): string[] {
  const { id, declarations } = declaration as {
    id?: { name: string };
    declarations?: { id: { name: string } }[];
  };
  return id ? [id.name] : (declarations ?? []).map((each) => each.id.name);
}

const docOf = (comment: string): string =>
  comment
    .split("\n")
    .map((line) => line.replace(/^\s*\*? ?/, ""))
    .join("\n")
    .trim();
