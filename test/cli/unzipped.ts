/** The files of a ZIP archive as text, by name: the second model of what the workbook's writer packs. */
import { inflateRawSync } from "node:zlib";

const DEFLATED = 8;

export function unzipped(archive: Buffer): Map<string, string> {
  const end = archive.lastIndexOf("PK\u0005\u0006");
  const files = new Map<string, string>();
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString("utf8", at + 46, at + 46 + nameLength);
    const head = archive.readUInt32LE(at + 42);
    const from = head + 30 + archive.readUInt16LE(head + 26) + archive.readUInt16LE(head + 28);
    const bytes = archive.subarray(from, from + archive.readUInt32LE(at + 20));
    files.set(
      name,
      (archive.readUInt16LE(at + 10) === DEFLATED ? inflateRawSync(bytes) : bytes).toString("utf8"),
    );
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return files;
}
