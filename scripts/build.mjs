/** Emits `dist`: the compiler's output; beside it the files read at run time (SQL, tables) and the documents' JSON Schemas. */
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
rmSync(join(root, "dist"), { recursive: true, force: true });
const { status } = spawnSync(
  process.execPath,
  ["node_modules/typescript/bin/tsc", "-p", "scripts/tsconfig.build.json"],
  {
    cwd: root,
    stdio: "inherit",
  },
);
if (status !== 0) process.exit(status ?? 1);
// The code and the style of the HTML page: one script for browsers, one style sheet, both put into the page.
for (const name of ["main.ts", "page.css"]) {
  buildSync({
    absWorkingDir: root,
    entryPoints: [`src/page/${name}`],
    outfile: `dist/page/${name.replace("main.ts", "page.js")}`,
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    charset: "ascii",
    legalComments: "none",
    logLevel: "warning",
  });
}
const entries = readdirSync(join(root, "src"), { recursive: true });
for (const name of entries.filter((entry) => /(?<!tsconfig)\.(sql|json|csv)$/.test(entry))) {
  cpSync(join(root, "src", name), join(root, "dist", name));
}
const { jsonSchemas } = await import("../dist/domain/documents/json-schemas.js");
mkdirSync(join(root, "dist/report/schema"));
for (const [name, schema] of Object.entries(jsonSchemas())) {
  writeFileSync(join(root, `dist/report/schema/${name}.schema.json`), `${JSON.stringify(schema, null, 2)}\n`);
}
chmodSync(join(root, "dist/cli/main.js"), 0o755);
writeFileSync(join(root, "dist/.built"), "");
