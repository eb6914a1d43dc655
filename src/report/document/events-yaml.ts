/** Findings as a file of events that a person edits: `docs/events.md`. */
import { inOrder } from "../../domain/headroom.ts";
import type { HeadroomFinding } from "../../domain/documents/headroom.ts";
import { clean, cleanJson } from "./clean.ts";
import { patternName, whereText } from "./headroom-section.ts";

/** JSON within YAML is YAML: a name from a bill can't become markup. */
export function eventsYaml({ findings }: { findings: readonly HeadroomFinding[] }): string {
  const events = inOrder(findings);
  return [
    "# What sageplan headroom found, as events for sageplan recommend --events FILE. Edit it: leave out what will not be done, set dates",
    "# and probabilities (ours are beliefs), and the hours of a week, which begin on Monday 00:00 UTC. Order matters: docs/events.md.",
    ...(events.length === 0 ? ["events: []"] : ["events:", ...events.flatMap(eventLines)]),
    "",
  ].join("\n");
}

function eventLines(finding: HeadroomFinding): string[] {
  const { from, probability, ...what } = finding.event!;
  const [kind, about] = Object.entries(what)[0]!;
  return [
    `  # ${patternName(finding)}, ${whereText(finding)}: ${clean(finding.what)}`,
    `  - ${kind}: ${cleanJson(about)}`,
    `    from: ${from}`,
    `    probability: ${probability}`,
  ];
}
