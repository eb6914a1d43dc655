/**
 * What must never reach a terminal from a billing file: control characters (an escape sequence can rewrite the screen or
 * the clipboard), the C1 range, and the invisible characters that reorder or hide text.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/gu;

/** Text from a file on one line: white space collapsed, every unsafe character shown as its code point, `<1b>`. */
export const clean = (text: string): string =>
  text
    .replace(/[\t\n\r ]+/g, " ")
    .replace(UNSAFE, (character) => `<${character.codePointAt(0)!.toString(16)}>`);
