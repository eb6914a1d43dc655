/** RFC 4180, read slowly: the second model of what `csvText` writes. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let inQuotes = false;
  for (let n = 0; n < text.length; n += 1) {
    const character = text[n]!;
    if (inQuotes) {
      if (character !== '"') cell += character;
      else if (text[n + 1] === '"') {
        cell += '"';
        n += 1;
      } else inQuotes = false;
    } else if (character === '"' && cell === "") inQuotes = true;
    else if (character === ",") {
      row.push(cell);
      cell = "";
    } else if (character === "\r" && text[n + 1] === "\n") {
      rows.push([...row, cell]);
      row = [];
      cell = "";
      n += 1;
    } else cell += character;
  }
  if (cell !== "" || row.length > 0) throw new Error("the last line has no CRLF");
  return rows;
}
