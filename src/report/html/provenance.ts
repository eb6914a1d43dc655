import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { count, decimal } from "../document/format.ts";
import { right } from "../document/table.ts";
import { escaped } from "./escape.ts";
import { tableBehind } from "./tables.ts";

/** What it takes to make the page again. */
export function provenanceHtml({ provenance, payerAccounts }: Recommendation): string {
  const { version, inputs, options, seed } = provenance;
  const rows = inputs.reduce((sum, each) => sum + each.rows, 0);
  const payers = payerAccounts.length > 0 ? ` Paid by ${payerAccounts.join(", ")}.` : "";
  return (
    `<section id="provenance"><h2>Provenance</h2><p>${escaped(
      `sageplan ${version}, seed ${seed}, ${count(inputs.length, "input file")} with ${count(rows, "row")}.${payers} The same inputs and options give the same page, byte for byte.`,
    )}</p>` +
    tableBehind(
      {
        head: [{ title: "Input" }, right("Rows"), { title: "SHA-256" }],
        rows: inputs.map((each) => [each.path, decimal(each.rows, 0), each.sha256]),
      },
      "input files",
    ) +
    tableBehind(
      {
        head: [{ title: "Option" }, { title: "Value" }],
        rows: Object.entries(options).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, typeof value === "string" ? value : JSON.stringify(value)]],
        ),
      },
      "options",
    ) +
    "</section>"
  );
}
