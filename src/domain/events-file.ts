import type { DeclaredEvent } from "./event.ts";
import type { InputFile } from "./documents/provenance.ts";

export interface EventsFile {
  events: DeclaredEvent[];
  input: InputFile;
}
