/** The file of sharing groups: YAML, the name of a group → its accounts. */
import { parseDocument } from "yaml";
import { SageplanError } from "../domain/error.ts";
import { readBytes, textOf } from "./files/text.ts";
import { isNestedDeeply, MOST_YAML_LEVELS } from "./files/yaml.ts";

const MOST_BYTES = 1_000_000;
const ACCOUNT = /^\d{12}$/;

/**
 * `[account]` → its group.
 * @throws SageplanError `path-not-found`; `bad-value` naming file, group, what was found and what was expected
 */
export async function readSharingGroups(path: string): Promise<ReadonlyMap<string, string>> {
  const bytes = await readBytes(path, "The file of sharing groups");
  if (bytes.length > MOST_BYTES)
    throw fault(path, `it has ${bytes.length} bytes; no list of accounts is that long`);
  const text = textOf(path, bytes);
  if (isNestedDeeply(text)) throw fault(path, `it is nested in more than ${MOST_YAML_LEVELS} levels`);
  const document = parseDocument(text, { strict: true, uniqueKeys: true, schema: "failsafe" });
  const [first] = document.errors;
  if (first) throw fault(path, first.message.split("\n")[0]!.replace(/:$/, ""));
  const told: unknown = document.toJS({ maxAliasCount: 0 });
  if (typeof told !== "object" || told === null || Array.isArray(told))
    throw fault(path, "it is no mapping of groups to accounts");
  const groups = new Map<string, string>();
  for (const [group, accounts] of Object.entries(told)) {
    if (!Array.isArray(accounts)) throw fault(path, `group ${group}: expected a list of accounts`);
    for (const account of accounts as unknown[]) {
      const id = String(account);
      if (!ACCOUNT.test(id))
        throw fault(path, `group ${group}: found ${id}, expected the 12 digits of an account`);
      const before = groups.get(id);
      if (before !== undefined)
        throw fault(path, `account ${id} is in ${before} and in ${group}; AWS has it in one`);
      groups.set(id, group);
    }
  }
  if (groups.size === 0) throw fault(path, "it holds no account");
  return groups;
}

const fault = (path: string, what: string): SageplanError =>
  new SageplanError(
    "bad-value",
    `${path} can't be used as sharing groups: ${what}. Write the name of each group and its accounts, as\n  research:\n    - 111122223333`,
  );
