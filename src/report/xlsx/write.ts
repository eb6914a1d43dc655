/**
 * The workbook's plain data → the bytes of an XLSX file. The only file that knows the library;
 * nothing but `--xlsx` loads it.
 */
import type { Cell, CellStyle, WriteOptions, WriteSheet } from "hucre/xlsx";
import { clean } from "../document/clean.ts";
import { neutral } from "../csv/format.ts";
import type { Format, Look, WorkbookChart, WorkbookCell, WorkbookModel, WorkbookSheet } from "./model.ts";

const FONT = "Arial";

const NUMBER_FORMATS: Readonly<Record<Format, string>> = {
  money: "#,##0.00;[Red]-#,##0.00",
  perHour: "#,##0.00000",
  percent: "0.00%",
  whole: "#,##0",
  months: "0.0",
  factor: "0.000000",
  text: "@",
};

const LOOKS: Readonly<Record<Look, CellStyle>> = {
  title: { font: { name: FONT, size: 14, bold: true } },
  heading: {
    font: { name: FONT, size: 10, bold: true },
    fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "E3E8EE" } },
    border: { bottom: { style: "thin", color: { rgb: "7A8794" } } },
    alignment: { wrapText: true, vertical: "center" },
  },
  input: {
    font: { name: FONT, size: 10, bold: true, color: { rgb: "1F3FBF" } },
    fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "FFF6CC" } },
    border: {
      top: { style: "thin", color: { rgb: "B59B00" } },
      bottom: { style: "thin", color: { rgb: "B59B00" } },
      left: { style: "thin", color: { rgb: "B59B00" } },
      right: { style: "thin", color: { rgb: "B59B00" } },
    },
  },
  note: { font: { name: FONT, size: 10, italic: true, color: { rgb: "55606B" } } },
  strong: { font: { name: FONT, size: 10, bold: true } },
  warning: {
    font: { name: FONT, size: 10, bold: true, color: { rgb: "9C1C00" } },
    alignment: { wrapText: true, vertical: "top" },
  },
  wrapped: { font: { name: FONT, size: 10 }, alignment: { wrapText: true, vertical: "top" } },
};

/** The same for the same inputs: nothing of it is of the day or the machine. */
const EPOCH = new Date("2000-01-01T00:00:00Z");

/** Excel takes no more in a cell. */
const MOST_CHARACTERS = 32_767;

export async function xlsxBytes(model: WorkbookModel): Promise<Uint8Array> {
  const { writeXlsx } = await import("hucre/xlsx");
  const options: WriteOptions = {
    defaultFont: { name: FONT, size: 10 },
    properties: { title: model.title, creator: "sageplan", created: EPOCH, modified: EPOCH },
    namedRanges: Object.entries(model.names).map(([name, range]) => ({ name, range })),
    sheets: model.sheets.map(sheetOf),
  };
  return writeXlsx(options);
}

/** How a cell stands in its column: beside a number, over numbers, or as a paragraph. */
type Place = "aside" | "overNumbers" | "paragraph" | "plain";

const ALIGNMENTS: Readonly<Record<Exclude<Place, "plain">, CellStyle["alignment"]>> = {
  aside: { horizontal: "left", vertical: "top", indent: 1 },
  overNumbers: { horizontal: "right", wrapText: true, vertical: "center" },
  paragraph: { wrapText: true, vertical: "top" },
};

function placeOf(sheet: WorkbookSheet, row: number, column: number): Place {
  const { look, value } = sheet.rows[row]![column]!;
  if (sheet.paragraphs?.includes(row)) return "paragraph";
  const isNumber = (r: number, c: number): boolean => typeof sheet.rows[r]?.[c]?.value === "number";
  if (look === "heading") {
    if (isNumber(row + 1, column)) return "overNumbers";
    return isNumber(row + 1, column - 1) ? "aside" : "plain";
  }
  return typeof value === "string" && (isNumber(row, column - 1) || (look === "note" && column > 0))
    ? "aside"
    : "plain";
}

/** One object per look, format and place: the library finds styles by their content, and a table has many cells. */
function stylesOf(): (cell: WorkbookCell, place: Place) => CellStyle {
  const made = new Map<string, CellStyle>();
  return ({ look, format, formula }, place) => {
    const key = `${look ?? ""} ${format ?? ""} ${place}`;
    const known = made.get(key);
    if (known) return known;
    const base: CellStyle = {
      alignment: { vertical: "top" },
      ...(look ? LOOKS[look] : { font: { name: FONT, size: 10 } }),
    };
    const style: CellStyle = {
      ...base,
      ...(place !== "plain" && {
        alignment: {
          ...ALIGNMENTS[place]!,
          ...((look === "wrapped" || look === "heading") && { wrapText: true }),
        },
      }),
      ...(format && (format !== "text" || formula === undefined) && { numFmt: NUMBER_FORMATS[format] }),
    };
    made.set(key, style);
    return style;
  };
}

function sheetOf(sheet: WorkbookSheet): WriteSheet {
  const styleOf = stylesOf();
  const cells = new Map<string, Partial<Cell>>();
  for (const [row, line] of sheet.rows.entries()) {
    for (const [column, cell] of line.entries()) {
      if (cell.value === null && cell.look === undefined && cell.formula === undefined) continue;
      cells.set(`${row},${column}`, writtenCell(cell, styleOf(cell, placeOf(sheet, row, column))));
    }
  }
  return {
    name: sheet.name,
    columns: sheet.widths.map((width) => ({ width })),
    rows: sheet.rows.map((line) => line.map(({ value }) => written(value))),
    cells,
    rowDefs: heightsOf(sheet),
    merges: (sheet.paragraphs ?? []).map((row) => ({
      startRow: row,
      startCol: 0,
      endRow: row,
      endCol: sheet.widths.length - 1,
    })),
    freezePane: { rows: sheet.frozenRows, columns: sheet.frozenColumns ?? 0 },
    pageSetup: {
      paperSize: "a4",
      orientation: "landscape",
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      margins: { left: 0.5, right: 0.5, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
      ...(sheet.printed !== undefined && { printArea: sheet.printed }),
      ...(sheet.repeatedRow !== undefined && {
        printTitlesRow: `$${sheet.repeatedRow}:$${sheet.repeatedRow}`,
      }),
    },
    headerFooter: { oddFooter: "&L&A&RPage &P of &N" },
    ...(sheet.charts && { charts: sheet.charts.map(chartOf) }),
    ...(sheet.inputs && {
      dataValidations: sheet.inputs.map(({ cell, title, message, between, among }) => ({
        range: cell,
        ...(among
          ? { type: "list" as const, values: [...among] }
          : {
              type: "decimal" as const,
              operator: "between" as const,
              formula1: String(between?.[0] ?? 0),
              formula2: String(between?.[1] ?? 0),
            }),
        showInputMessage: true,
        inputTitle: title,
        inputMessage: message,
        showErrorMessage: true,
        errorTitle: title,
        errorMessage: message,
        errorStyle: "stop" as const,
      })),
    }),
  };
}

const LINE_POINTS = 13.5;

/** Rows with wrapped text are as high as it: not every viewer measures. */
function heightsOf({ rows, widths, paragraphs }: WorkbookSheet): Map<number, { height: number }> {
  const heights = new Map<number, { height: number }>();
  const all = widths.reduce((sum, width) => sum + width, 0);
  for (const [row, line] of rows.entries()) {
    const lines = line.map(({ value, look }, column) => {
      if (typeof value !== "string") return 1;
      if (paragraphs?.includes(row)) return Math.ceil(value.length / (all * 0.95));
      if (look !== "heading" && look !== "wrapped") return 1;
      return Math.ceil(value.length / Math.max(4, widths[column]! * 0.9));
    });
    const most = Math.max(1, ...lines);
    if (most > 1) heights.set(row, { height: most * LINE_POINTS + 2 });
  }
  return heights;
}

/** Text from bills stays text, here and in whatever the sheet is saved as later. */
const written = (value: WorkbookCell["value"]): WorkbookCell["value"] =>
  typeof value === "string"
    ? neutral(clean(value)).slice(0, MOST_CHARACTERS)
    : value === 0
      ? 0 // no minus zero
      : value;

function writtenCell(cell: WorkbookCell, style: CellStyle): Partial<Cell> {
  if (cell.formula === undefined) return { value: written(cell.value), style };
  return { formula: cell.formula, formulaResult: written(cell.value), style };
}

const chartOf = (chart: WorkbookChart): NonNullable<WriteSheet["charts"]>[number] => ({
  type: chart.kind === "scatter" ? "scatter" : "column",
  title: chart.title,
  altText: chart.altText,
  ...(chart.kind === "scatter" && { scatterStyle: "lineMarker" as const }),
  legend: "bottom",
  anchor: {
    from: { row: chart.from.row, col: chart.from.column },
    to: { row: chart.to.row, col: chart.to.column },
  },
  axes: {
    // Below the losses, not through them.
    x: {
      title: chart.xTitle,
      numberFormat: { formatCode: chart.xFormat },
      minorTickMark: "none",
      tickLblPos: "low",
    },
    y: {
      title: chart.yTitle,
      numberFormat: { formatCode: chart.yFormat },
      gridlines: { major: true },
      minorTickMark: "none",
    },
  },
  series: chart.series.map(({ name, x, y, color, isPoint }) => ({
    name,
    categories: x,
    values: y,
    color,
    ...(chart.kind === "columns"
      ? {}
      : isPoint
        ? { marker: { symbol: "diamond" as const, size: 10, fill: color } }
        : { stroke: { width: 2 }, marker: { symbol: "none" as const } }),
  })),
});
