/** The futures that a call asks for: sampled ones, the past again, or a file's. */
import type { Allowed } from "../../domain/allowed.ts";
import { SageplanError } from "../../domain/error.ts";
import type { EventsFile } from "../../domain/events-file.ts";
import { horizonHoursOf } from "../../domain/horizon.ts";
import type { RecommendOptions } from "../../domain/options.ts";
import type { Futures } from "../../domain/own-futures.ts";
import type { Effects } from "../../domain/progress.ts";
import { DEFAULT_SCENARIOS, DEFAULT_SEED, type SampledFutures } from "../../domain/sampling.ts";
import { readFutures } from "./read.ts";

/** @throws SageplanError `wrong-call` for options of sampled futures beside others */
export async function futuresOf(
  options: RecommendOptions,
  { term }: Allowed,
  effects: Effects,
): Promise<Futures | SampledFutures | null> {
  const kind = options.futures ?? "bootstrap";
  if (kind === "bootstrap") {
    const { scenarios = DEFAULT_SCENARIOS, seed = DEFAULT_SEED, growth = null } = options;
    const horizonHours = horizonHoursOf(options.horizon, term);
    const { events, input } =
      options.events === undefined ? { events: [], input: null } : await eventsOf(options.events);
    return { scenarios, seed, growth, horizonHours, events, eventsInput: input };
  }
  const sampling = ["scenarios", "seed", "horizon", "growth", "events"] as const;
  const given = sampling.find((name) => options[name] !== undefined);
  if (given !== undefined) {
    throw new SageplanError(
      "wrong-call",
      `--${given} is about sampled futures, and --futures ${kind} samples none. Leave out one of the two.`,
    );
  }
  return kind === "history" ? null : readFutures(kind, effects, options.memory);
}

/** YAML and its checks are loaded when there is a file to read. */
const eventsOf = async (path: string): Promise<EventsFile> => (await import("./events.ts")).readEvents(path);
