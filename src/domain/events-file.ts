import type { DeclaredEvent } from "./event.ts";
import type { InputFile } from "./input-file.ts";

export interface EventsFile {
  events: DeclaredEvent[];
  input: InputFile;
}
