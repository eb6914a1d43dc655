/** LibreOffice without a window: opens a workbook, calculates every formula anew, and saves what it found. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { readXlsx } from "hucre/xlsx";

/** "Recalculation on file load: always". */
const PROFILE = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>`;

export type Value = string | number | boolean | null;

/** `[sheet][row][column]`, from 0, as LibreOffice calculates it. Throws where there is no LibreOffice. */
export async function recalculated(bytes: Uint8Array): Promise<Map<string, Value[][]>> {
  const folder = mkdtempSync(join(tmpdir(), "sageplan-xlsx-"));
  try {
    const profile = join(folder, "profile");
    mkdirSync(join(profile, "user"), { recursive: true });
    writeFileSync(join(profile, "user/registrymodifications.xcu"), PROFILE);
    writeFileSync(join(folder, "book.xlsx"), bytes);
    const { status, error, stderr } = spawnSync(
      "soffice",
      [
        `-env:UserInstallation=${pathToFileURL(profile).href}`,
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        join(folder, "out"),
        join(folder, "book.xlsx"),
      ],
      { encoding: "utf8", timeout: 180_000 },
    );
    if (error)
      throw new Error(`LibreOffice did not start (apt-get install libreoffice-calc): ${error.message}`);
    if (status !== 0) throw new Error(`LibreOffice ended with ${status}: ${stderr}`);
    const { sheets } = await readXlsx(readFileSync(join(folder, "out/book.xlsx")));
    return new Map(
      sheets.map(({ name, rows, cells }) => [
        name,
        rows.map((row, r) =>
          row.map((value, c) => {
            const cell = cells?.get(`${r},${c}`);
            const found = cell?.formula === undefined ? value : (cell.formulaResult ?? value);
            return found instanceof Date ? found.toISOString() : found;
          }),
        ),
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
