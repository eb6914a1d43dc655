/** A file that was read: what provenance tells of it. */
export interface InputFile {
  path: string;
  sha256: string;
  rows: number;
}
