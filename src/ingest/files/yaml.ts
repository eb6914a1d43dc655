/** YAML of others: its parser recurses, and runs out of memory at thousands of levels. */
import { levelsOf } from "./text.ts";

/** What people write has some five. */
export const MOST_YAML_LEVELS = 100;

const BLOCKS_IN_A_LINE = new RegExp(`(?:[-?:] {1,9}){${MOST_YAML_LEVELS + 1}}`);

/** Brackets, in texts too, or marks of blocks in one line. */
export const isNestedDeeply = (text: string): boolean =>
  levelsOf(text, { skipsTexts: false }) > MOST_YAML_LEVELS || BLOCKS_IN_A_LINE.test(text);
