/**
 * What must never reach a terminal from a billing file: control characters (an escape sequence can rewrite the screen
 * or the clipboard), the C1 range, and the invisible characters that reorder or hide text.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/gu;

/** Text from a file on one line: white space collapsed, every unsafe character shown as its code point, `<1b>`. */
export const clean = (text: string): string =>
  text
    .replace(/[\t\n\r ]+/g, " ")
    .replace(UNSAFE, (character) => `<${character.codePointAt(0)!.toString(16)}>`);

/** JSON that keeps every character of its texts and shows the unsafe ones, as JSON and YAML spell them. */
export const cleanJson = (value: unknown): string =>
  JSON.stringify(value).replace(UNSAFE, (character) =>
    character
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
