/** The futures that a call asks for: sampled ones, the past again, or a file's. */
import type { Allowed } from "../../domain/allowed.ts";
import { SageplanError } from "../../domain/error.ts";
import type { EventsFile } from "../../domain/events-file.ts";
import { horizonHoursOf } from "../../domain/horizon.ts";
import {
  futuresKind,
  sampledFuturesOptions,
  sampleOptions,
  type FuturesOptions,
} from "../../domain/options/decision.ts";
import { withDefaults } from "../../domain/options/option.ts";
import type { MemoryOptions } from "../../domain/options/source.ts";
import type { Futures } from "../../domain/own-futures.ts";
import type { Effects } from "../../domain/progress.ts";
import type { SampledFutures } from "../../domain/sampling.ts";
import { readFutures } from "./read.ts";

/** @throws SageplanError `wrong-call` for options of sampled futures beside others */
export async function futuresOf(
  options: FuturesOptions & MemoryOptions,
  { term }: Allowed,
  effects: Effects,
): Promise<Futures | SampledFutures | null> {
  const kind = options.futures ?? futuresKind.futures.default;
  if (kind === futuresKind.futures.default) {
    const { scenarios, seed, growth = null } = withDefaults(sampleOptions, options);
    const horizonHours = horizonHoursOf(options.horizon, term);
    const { events, input } =
      options.events === undefined ? { events: [], input: null } : await eventsOf(options.events);
    return { scenarios, seed, growth, horizonHours, events, eventsInput: input };
  }
  const given: Readonly<Record<string, unknown>> = options;
  const sampling = Object.keys({ ...sampleOptions, ...sampledFuturesOptions });
  const about = sampling.find((name) => given[name] !== undefined);
  if (about !== undefined) {
    throw new SageplanError(
      "wrong-call",
      `--${about} is about sampled scenarios, and --futures ${kind} samples none. Leave out one of the two.`,
    );
  }
  return kind === "history" ? null : readFutures(kind, effects, options.memory);
}

/** YAML and its checks are loaded when there is a file to read. */
const eventsOf = async (path: string): Promise<EventsFile> => (await import("./events.ts")).readEvents(path);
