import { SageplanError } from "../domain/error.ts";
import { matches, type DeclaredEvent, type Match } from "../domain/event.ts";
import type { Sku } from "../domain/usage.ts";

const NAMED = 5;

/**
 * @throws SageplanError `bad-events` for an event about usage that the history does not have: a
 * slip of the pen would pass unseen
 */
export function requireEventsFit(events: readonly DeclaredEvent[], skus: readonly Sku[]): void {
  // What a launch brings may be changed by a later event.
  const known = [...skus, ...events.flatMap((event) => (event.kind === "launch" ? [event.sku] : []))];
  for (const [n, event] of events.entries()) {
    const about = event.kind === "launch" ? event.shapeOf : event.match;
    if (about === null || known.some((sku) => matches(about, sku, null))) continue;
    throw new SageplanError(
      "bad-events",
      `Event ${n + 1} (${event.kind}) is about ${told(about)}, which is none of the usage in the history. ${nearNames(about, known)}`,
    );
  }
}

const told = ({ usageType, region }: Match): string => usageType + (region === null ? "" : ` in ${region}`);

function nearNames({ usageType }: Match, skus: readonly Sku[]): string {
  const words = usageType.split(/[^a-z0-9]+/i).filter((word) => word.length > 1 && word !== "ml");
  const shared = (sku: Sku): number => words.filter((word) => sku.usageType.includes(word)).length;
  const near = [...new Set(skus.toSorted((a, b) => shared(b) - shared(a)).map((sku) => sku.usageType))];
  return `The history has ${near.slice(0, NAMED).join(", ")}${near.length > NAMED ? ` and ${near.length - NAMED} more ("sageplan inspect" lists them)` : ""}.`;
}
