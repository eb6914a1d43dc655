/** The file of declared events: YAML, checked against its schema, faults told by line. */
import { createHash } from "node:crypto";
import { isNode, LineCounter, parseDocument, type Document } from "yaml";
import { z } from "zod";
import { SageplanError } from "../../domain/error.ts";
import { partOf, type DeclaredEvent, type Match } from "../../domain/event.ts";
import type { EventsFile } from "../../domain/events-file.ts";
import { hourOfMs, parseUtcMs } from "../../domain/hour.ts";
import { readBytes, textOf } from "../files/text.ts";
import { isNestedDeeply, MOST_YAML_LEVELS } from "../files/yaml.ts";
import { skuOf } from "../../pricing/sku.ts";

const MOST_BYTES = 1_000_000;

const date = z
  .string()
  .regex(
    /^\d{4}-\d\d-\d\d(T(?:[01]\d|2[0-3])(:00(:00)?)?Z)?$/,
    "expected a day (2027-01-01) or an hour in UTC (2027-01-01T05:00:00Z)",
  )
  .refine((text) => isCalendarDay(text), "there is no such day");

const share = z.number().min(0).max(1);

const usageType = z.string().min(1).max(200);

const account = z.string().regex(/^\d{12}$/, "expected the 12 digits of an account, in quotes");

const match = { match: usageType, account: account.optional(), region: z.string().min(1).optional() };

/** One endpoint of several on the same instance type: a name, and its share of the usage. */
const parted = {
  ...match,
  part: z.string().min(1).max(300).optional(),
  share: share.gt(0).optional(),
};

const WEEK_HOURS = 168;

const dated = { from: date, to: date.optional(), probability: share.gt(0).optional() };

const event = z.union([
  z.strictObject({
    launch: z.strictObject({
      usage_type: usageType,
      operation: z.string().optional(),
      usd_per_hour: z.number().positive().max(1e9),
      account: account.optional(),
      shape_of: usageType.optional(),
    }),
    ...dated,
  }),
  z.strictObject({ shutdown: z.strictObject(parted), ...dated }),
  z.strictObject({
    migration: z.strictObject({
      ...parted,
      to: z
        .string()
        .regex(
          /^(ml\.[a-z0-9-]+(\.[a-z0-9-]+)?|[A-Z]{2,3}[A-Z]?\d?)$/,
          "expected a family (ml.g6), an instance type (ml.g6.12xlarge) or a region's prefix (USW2)",
        ),
      spend_ratio: z.number().positive().max(100),
    }),
    ...dated,
  }),
  z.strictObject({ autoscaling: z.strictObject({ ...parted, minimum: share }), ...dated }),
  z.strictObject({
    autoscaling: z.strictObject({ ...parted, week: z.array(share).length(WEEK_HOURS) }),
    ...dated,
  }),
  z.strictObject({ growth: z.strictObject({ ...parted, yearly: z.number().gt(-1).max(100) }), ...dated }),
  z.strictObject({ growth: z.strictObject({ ...parted, times: z.number().min(0).max(1_000) }), ...dated }),
]);

const KINDS = ["launch", "shutdown", "migration", "autoscaling", "growth"];

/** @throws SageplanError `path-not-found`; `bad-events` naming file, line, what was found and what was expected */
export async function readEvents(path: string): Promise<EventsFile> {
  const bytes = await readBytes(path, "The events file");
  if (bytes.length > MOST_BYTES)
    throw badEvents(path, `it has ${bytes.length} bytes; no list of events is that long`);
  const text = textOf(path, bytes);
  if (isNestedDeeply(text)) throw badEvents(path, `it is nested in more than ${MOST_YAML_LEVELS} levels`);
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    strict: true,
    uniqueKeys: true,
  });
  const fault = document.errors[0];
  if (fault) throw badEvents(path, fault.message.split("\n")[0]!.replace(/:$/, ""));
  let told: unknown;
  try {
    told = document.toJS({ maxAliasCount: 20 });
  } catch (cause) {
    throw badEvents(path, cause instanceof Error ? cause.message : String(cause));
  }
  const list = (told as { events?: unknown } | null)?.events;
  if (!Array.isArray(list) || Object.keys(told as object).length !== 1) {
    throw badEvents(path, "it is not a list of events under the one key `events:`");
  }
  const faultAt = (n: number) => (what: string, place: readonly PropertyKey[]) =>
    badEvents(path, `${lineOf(document, lines, ["events", n, ...place])}${what}`);
  const events = list.map((each, n) => eventOf(each, n, faultAt(n)));
  requirePartsFit(events, (n, what) => faultAt(n)(what, []));
  return {
    events,
    input: { path, sha256: createHash("sha256").update(bytes).digest("hex"), rows: events.length },
  };
}

/** Shares are written with few digits. */
const ROUNDING = 0.01;

/** A part has one share, and the parts of the same usage are no more than all of it. */
function requirePartsFit(
  events: readonly DeclaredEvent[],
  fault: (n: number, what: string) => SageplanError,
): void {
  const shares = new Map<string, Map<string, number>>();
  for (const [n, declared] of events.entries()) {
    const part = partOf(declared);
    if (declared.kind === "launch" || part === null) continue;
    const parts = shares.get(JSON.stringify(declared.match)) ?? new Map<string, number>();
    shares.set(JSON.stringify(declared.match), parts);
    const { name, share: own } = part;
    const known = parts.get(name);
    if (known !== undefined && known !== own) {
      throw fault(
        n,
        `event ${n + 1}: the part ${name} has a share of ${known} in an event before, and ${own} here`,
      );
    }
    parts.set(name, own);
    const total = [...parts.values()].reduce((sum, each) => sum + each, 0);
    if (total > 1 + ROUNDING) {
      throw fault(
        n,
        `event ${n + 1}: the shares of ${declared.match.usageType}'s parts add up to ${total.toFixed(2)}, more than 1`,
      );
    }
  }
}

const badEvents = (path: string, what: string): SageplanError =>
  new SageplanError(
    "bad-events",
    `${path} can't be used as a file of events: ${what}. docs/events.md shows the format.`,
  );

/** `line 4, column 7: `, of the deepest part of the path that is written. */
function lineOf(document: Document, lines: LineCounter, place: readonly PropertyKey[]): string {
  for (let depth = place.length; depth > 0; depth--) {
    const node = document.getIn(place.slice(0, depth), true);
    if (!isNode(node) || !node.range) continue;
    const { line, col } = lines.linePos(node.range[0]);
    return `line ${line}, column ${col}: `;
  }
  return "";
}

function eventOf(
  told: unknown,
  n: number,
  fault: (what: string, place: readonly PropertyKey[]) => SageplanError,
): DeclaredEvent {
  const kinds = typeof told === "object" && told !== null ? KINDS.filter((kind) => kind in told) : [];
  if (kinds.length !== 1) {
    throw fault(
      `event ${n + 1} must have one of ${KINDS.join(", ")}; it has ${kinds.join(" and ") || "none"}`,
      [],
    );
  }
  const read = event.safeParse(told);
  if (!read.success) {
    const { message, path } = nearest(read.error.issues, kinds[0]!);
    throw fault(`event ${n + 1}, ${path.map(String).join(".") || "as a whole"}: ${message}`, path);
  }
  const dates = {
    from: hourOf(read.data.from),
    to: read.data.to === undefined ? null : hourOf(read.data.to),
    probability: read.data.probability ?? 1,
  };
  const { part, share: partShare } = partToldBy(read.data);
  if ((part === undefined) !== (partShare === undefined)) {
    throw fault(`event ${n + 1}: \`part\` (a name) and \`share\` (of the usage) go together`, [kinds[0]!]);
  }
  if (dates.to !== null && dates.to <= dates.from)
    throw fault(`event ${n + 1}: \`to\` is not after \`from\``, ["to"]);
  return { ...dates, ...whatOf(read.data) };
}

type Told = z.infer<typeof event>;

function whatOf(data: Told) {
  if ("launch" in data) {
    const { usage_type, operation = "RunInstance", usd_per_hour, account: of = null, shape_of } = data.launch;
    return {
      kind: "launch" as const,
      sku: skuOf(usage_type, operation, ""),
      account: of,
      usdPerHour: usd_per_hour,
      shapeOf: shape_of === undefined ? null : { usageType: shape_of, account: null, region: null },
    };
  }
  if ("shutdown" in data) return { kind: "shutdown" as const, ...matchedBy(data.shutdown) };
  if ("migration" in data) {
    const { to, spend_ratio } = data.migration;
    return {
      kind: "migration" as const,
      ...matchedBy(data.migration),
      target: to,
      spendRatio: spend_ratio,
    };
  }
  if ("autoscaling" in data) {
    return {
      kind: "autoscaling" as const,
      ...matchedBy(data.autoscaling),
      minimum: "minimum" in data.autoscaling ? data.autoscaling.minimum : 0,
      ...("week" in data.autoscaling && { week: data.autoscaling.week }),
    };
  }
  const yearly = "yearly" in data.growth ? data.growth.yearly : null;
  const times = "times" in data.growth ? data.growth.times : null;
  return { kind: "growth" as const, ...matchedBy(data.growth), yearly, times };
}

interface ToldPart {
  part?: string | undefined;
  share?: number | undefined;
}

const partToldBy = (data: Told): ToldPart => {
  if ("launch" in data) return {};
  if ("shutdown" in data) return data.shutdown;
  if ("migration" in data) return data.migration;
  return "autoscaling" in data ? data.autoscaling : data.growth;
};

const matchedBy = ({ part, share: own, ...told }: Parameters<typeof matchOf>[0] & ToldPart) => ({
  match: matchOf(told),
  ...(part !== undefined && own !== undefined && { part: { name: part, share: own } }),
});

const matchOf = (told: {
  match: string;
  account?: string | undefined;
  region?: string | undefined;
}): Match => ({
  usageType: told.match,
  account: told.account ?? null,
  region: told.region ?? null,
});

/** Of the faults of all kinds those of the kind that was meant; the deepest says the most. */
function nearest(
  issues: readonly z.core.$ZodIssue[],
  kind: string,
): { message: string; path: PropertyKey[] } {
  const all = issues.flatMap((issue): { message: string; path: PropertyKey[] }[] =>
    issue.code === "invalid_union"
      ? issue.errors
          .filter(
            (branch) =>
              !branch.some(
                ({ code, path, ...rest }) =>
                  path.length === 0 &&
                  code === "unrecognized_keys" &&
                  "keys" in rest &&
                  (rest.keys as string[]).includes(kind),
              ),
          )
          .flat()
      : [issue],
  );
  return (
    all.toSorted((a, b) => b.path.length - a.path.length)[0] ?? { message: issues[0]!.message, path: [] }
  );
}

const hourOf = (text: string): number => hourOfMs(parseUtcMs(text.replace(/T(\d\d)Z$/, "T$1:00Z")));

function isCalendarDay(text: string): boolean {
  const day = text.slice(0, 10);
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}
