/** Help in groups, the common options first: a command with many shows the rest under `--help --all`. */

/** Title → options, by their names in the library; those before `|` are common. */
const GROUPS: Readonly<Record<string, string>> = {
  "What counts:":
    "rates owned store asOf from to lookback negotiatedDiscount | metrics metricDataQueries targetUtilization wait",
  "What may be bought:":
    "commitments term payment maxCommitment minUtilization decision | maxUpfront discountRate leastSaving queue sharing sharingGroups buyer ladder",
  "Scenarios and risk:":
    "futures growth events riskAversion window step monthly | horizon scenarios seed tail assume safeLoss",
  "Output:": "compareAws details quiet json csv xlsx html markdown",
  "Engines:":
    "engine | table database workgroup output region profile server catalog schema printSql user memory threads",
};

interface Place {
  title: string;
  isCommon: boolean;
}

const PLACES: ReadonlyMap<string, Place> = new Map(
  Object.entries(GROUPS).flatMap(([title, names]) => {
    const [common = "", rest = ""] = names.split("|").map((part) => part.trim());
    const placed = (text: string, isCommon: boolean): [string, Place][] =>
      text === "" ? [] : text.split(" ").map((name) => [name, { title, isCommon }]);
    return [...placed(common, true), ...placed(rest, false)];
  }),
);

/** In the order of the groups. @throws Error where an option has no place: a fault of ours */
export const helpPlaceOf = (name: string): Place => {
  const place = PLACES.get(name);
  if (place === undefined) throw new Error(`the option ${name} is in no group of the help`);
  return place;
};

/** Fewer options than this are read at a glance. */
const FEW = 18;

export const isGrouped = (options: number): boolean => options > FEW;

/** In the order in which the help shows them. */
export const inHelpOrder = (names: readonly string[]): string[] => {
  const order = [...PLACES.keys()];
  return names.toSorted((a, b) => order.indexOf(a) - order.indexOf(b));
};
