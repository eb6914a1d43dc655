/** `docs/reference/json.md`, from the JSON Schemas that ship, as the build made them of `src/domain/documents`. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { tableOf } from "./table.ts";

interface Schema {
  title?: string;
  description?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  $ref?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  $defs?: Record<string, Schema>;
}

const FOLDER = join(import.meta.dirname, "../../dist/report/schema");

export function jsonMarkdown(): string {
  const sections = readdirSync(FOLDER)
    .sort()
    .map((file) => sectionOf(file, JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as Schema));
  return `# The JSON documents

Printed by \`npm run docs\` from the schemas in \`src/domain/documents\`, which the tests hold every document against; as JSON Schema they
are in \`dist/report/schema\`. \`[]\` is an element of a list. Money is in US dollars over the horizon, rates in US dollars per hour.

${sections.join("\n\n")}
`;
}

function sectionOf(file: string, schema: Schema): string {
  const named = Object.entries(schema.$defs ?? {}).map(
    ([name, each]) => `### ${nameOf(file)}: ${name}\n\n${each.description ?? ""}\n\n${fieldsOf(each, file)}`,
  );
  return [`## ${nameOf(file)}`, schema.description ?? "", fieldsOf(schema, file), ...named]
    .filter(Boolean)
    .join("\n\n");
}

const nameOf = (file: string): string => file.replace(".schema.json", "");

function fieldsOf(schema: Schema, file: string): string {
  const rows = [...rowsOf(schema, "", file)];
  return rows.length === 0 ? `Type: ${typeOf(schema, file)}.` : tableOf(["field", "type", "means"], rows);
}

function* rowsOf(schema: Schema, path: string, file: string): Generator<string[]> {
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const at = path === "" ? name : `${path}.${name}`;
    yield [`\`${at}\``, typeOf(field, file), field.description ?? ""];
    for (const inner of [field, ...(field.anyOf ?? field.oneOf ?? [])]) {
      yield* rowsOf(inner, at, file);
      if (inner.items) yield* rowsOf(inner.items, `${at}[]`, file);
    }
  }
}

function typeOf(schema: Schema, file: string): string {
  if (schema.$ref !== undefined) return reference(schema.$ref, file);
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(" or ");
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map((choice) => typeOf(choice, file)).join(" or ");
  if (schema.items)
    return `list of ${typeOf(schema.items, file)}${[schema.type].flat().includes("null") ? " or null" : ""}`;
  return [schema.type ?? "any"].flat().join(" or ");
}

/** `#/$defs/purchase` of this file, or another document, `urn:sageplan:schema:recommendation:2`. */
function reference(ref: string, file: string): string {
  const [, document] = /^urn:sageplan:schema:(\w+):\d+$/.exec(ref) ?? [];
  if (document !== undefined) return `[${document}](#${document})`;
  const name = ref.replace("#/$defs/", "");
  return `[${name}](#${nameOf(file)}-${name.toLowerCase()})`;
}
