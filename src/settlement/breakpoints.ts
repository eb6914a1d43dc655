/**
 * Millions of bends → a table of a few thousand rows, between which straight lines are as near as is said.
 *
 * Bends are gathered in narrow bins. A bin keeps, per function, the sum of its changes of slope and of their moments,
 * which give the function exactly at the bin's edges and at its first and last bend; and how far the bends between
 * those two could pull it off the straight line. A bend of change d at x pulls the line over [a, b] off by at most
 * |d|·(x − a)·(b − x) ÷ (b − a).
 *
 * The first and last bends of the bins, and every commitment that is asked for, are candidates for a row. A row is left
 * out while straight lines stay within the tolerance at all candidates in between, for all functions at once: from the
 * last row kept, each candidate leaves a cone of slopes, and the next row must lie in all cones. What is left of error
 * is measured for each row.
 */
export interface Bins {
  /** Ascending; bin n is `[edge[n], edge[n + 1])`. */
  edge: Float64Array;
  zones: Zone[];
  /** `[function][bin]` Changes of slope, and their moments about the bin's lower edge. */
  change: Float64Array[];
  moment: Float64Array[];
  /** `[bin]` Of the sharpness of its bends: sum, first and second moment. */
  sharp: [Float64Array, Float64Array, Float64Array];
  /** `[bin]` First and last bend. */
  first: Float64Array;
  last: Float64Array;
  /** Commitments that are to be rows. */
  asked: ReadonlySet<number>;
}

interface Zone {
  from: number;
  to: number;
  width: number;
  /** `[uniform cell]` The bin that holds its lower end. */
  bin: Int32Array;
}

export interface Breakpoints {
  /** $/h, ascending from 0. */
  at: Float64Array;
  /** `[function][row]` */
  values: Float64Array[];
  /** `[row]` How far a straight line to the next row may be off, at most, for any of the functions. */
  error: Float64Array;
}

const BINS = { fine: 262_144, medium: 65_536, coarse: 16_384 };
/** More functions than this, and the finest bins would be too much memory. */
const FEW_FUNCTIONS = 14;

export interface BinOptions {
  /** What is looked at most, $/h; 0: nothing more than the rest. */
  near: number;
  /** Commitments that are to be rows. */
  asked: readonly number[];
  /** How many functions bend. */
  functions: number;
  isFine: boolean;
}

/** Half of the bins are for the half below and above `near`: what is looked at. */
export function emptyBins(end: number, { near, asked, functions, isFine }: BinOptions): Bins {
  const bins = BINS[!isFine ? "coarse" : functions > FEW_FUNCTIONS ? "medium" : "fine"];
  const ranges =
    near > 0 && near * 1.5 < end
      ? [
          { from: 0, to: near * 0.5, cells: bins / 4 },
          { from: near * 0.5, to: near * 1.5, cells: bins / 2 },
          { from: near * 1.5, to: end, cells: bins / 4 },
        ]
      : [{ from: 0, to: Math.max(end, 1e-6), cells: bins }];
  const uniform = ranges.flatMap(({ from, to, cells }) =>
    Array.from({ length: cells }, (_, n) => from + ((to - from) * n) / cells),
  );
  const inside = asked.filter((x) => x > 0 && x < end);
  const edge = Float64Array.from(new Set([...uniform, ...inside, ranges.at(-1)!.to])).sort();
  const count = edge.length - 1;
  let bin = 0;
  const zones = ranges.map(({ from, to, cells }): Zone => {
    const width = (to - from) / cells;
    const at = Int32Array.from({ length: cells + 1 }, (_, n) => {
      const x = from + width * n;
      while (bin < count - 1 && edge[bin + 1]! <= x) bin++;
      return bin;
    });
    return { from, to, width, bin: at };
  });
  const perBin = (): Float64Array => new Float64Array(count);
  return {
    edge,
    zones,
    change: Array.from({ length: functions }, perBin),
    moment: Array.from({ length: functions }, perBin),
    sharp: [perBin(), perBin(), perBin()],
    first: perBin().fill(Infinity),
    last: perBin().fill(-Infinity),
    asked: new Set([0, ...asked]),
  };
}

/** The bin of a bend. Its sharpness counts once, whatever functions it bends. */
export function binOf({ edge, zones, sharp, first, last }: Bins, at: number, sharpness: number): number {
  const zone =
    zones.length === 1 || at < zones[0]!.to ? zones[0]! : at < zones[1]!.to ? zones[1]! : zones[2]!;
  const cell = Math.max(0, Math.min(zone.bin.length - 1, Math.floor((at - zone.from) / zone.width)));
  let bin = zone.bin[cell]!;
  while (bin > 0 && at < edge[bin]!) bin--;
  while (bin < edge.length - 2 && at >= edge[bin + 1]!) bin++;
  const x = at - edge[bin]!;
  sharp[0][bin]! += sharpness;
  sharp[1][bin]! += sharpness * x;
  sharp[2][bin]! += sharpness * x * x;
  if (at < first[bin]!) first[bin] = at;
  if (at > last[bin]!) last[bin] = at;
  return bin;
}

export function addBend(
  { edge, change, moment }: Bins,
  bin: number,
  of: number,
  at: number,
  slopeChange: number,
): void {
  change[of]![bin]! += slopeChange;
  moment[of]![bin]! += slopeChange * (at - edge[bin]!);
}

interface Candidates extends Breakpoints {
  count: number;
}

/**
 * Rows: at most `most`, and as few as keep within `tolerance`; looser far from `near`, then
 * everywhere, where those are too many.
 */
export function tableOf(
  bins: Bins,
  near: number,
  { tolerance, most }: { tolerance: number; most: number },
): Breakpoints {
  const all = candidatesOf(bins);
  const isNear = (x: number): boolean => x >= near * 0.5 && x <= near * 1.5;
  let [inside, outside] = [tolerance, tolerance];
  for (;;) {
    const rows = thinned(all, bins.asked, (x) => (isNear(x) ? inside : outside));
    if (rows.length <= most) return measured(all, rows);
    const nearby = rows.filter((n) => isNear(all.at[n]!)).length;
    outside *= 1.5;
    if (nearby > (most * 3) / 4) inside *= 1.5;
  }
}

function candidatesOf({ edge, change, moment, sharp, first, last, asked }: Bins): Candidates {
  const functions = change.length;
  const room = 2 * edge.length + 4;
  const at = new Float64Array(room);
  const error = new Float64Array(room);
  const values = Array.from({ length: functions }, () => new Float64Array(room));
  const value = new Float64Array(functions);
  const slope = new Float64Array(functions);
  let count = 0;
  const put = (x: number, of: (f: number) => number): void => {
    if (count > 0 && x <= at[count - 1]!) return;
    at[count] = x;
    for (let f = 0; f < functions; f++) values[f]![count] = of(f);
    count++;
  };
  for (let bin = 0; bin < edge.length - 1; bin++) {
    const [a, b] = [edge[bin]!, edge[bin + 1]!];
    if (asked.has(a)) put(a, (f) => value[f]!);
    const [x, y] = [first[bin]!, last[bin]!];
    if (x <= y) {
      put(x, (f) => value[f]! + slope[f]! * (x - a));
      if (y > x) {
        const inner = -sharp[2][bin]! + (x - a + y - a) * sharp[1][bin]! - (x - a) * (y - a) * sharp[0][bin]!;
        error[count - 1] = Math.max(0, inner) / (y - x);
      }
      for (let f = 0; f < functions; f++) {
        value[f]! += (slope[f]! + change[f]![bin]!) * (b - a) - moment[f]![bin]!;
        slope[f]! += change[f]![bin]!;
      }
      if (y > x) put(y, (f) => value[f]! - slope[f]! * (b - y));
    } else {
      for (let f = 0; f < functions; f++) value[f]! += slope[f]! * (b - a);
    }
  }
  put(edge.at(-1)!, (f) => value[f]!);
  return { count, at, values, error };
}

/** Indices of the candidates that stay. */
function thinned(
  { count, at, values, error }: Candidates,
  asked: ReadonlySet<number>,
  toleranceAt: (x: number) => number,
): number[] {
  const functions = values.length;
  const rows = [0];
  const low = new Float64Array(functions);
  const high = new Float64Array(functions);
  let anchor = 0;
  const start = (n: number): void => {
    anchor = n;
    low.fill(-Infinity);
    high.fill(Infinity);
  };
  start(0);
  for (let n = 1; n < count; n++) {
    let fits = true;
    for (let f = 0; fits && f < functions; f++) {
      const chord = (values[f]![n]! - values[f]![anchor]!) / (at[n]! - at[anchor]!);
      fits = chord >= low[f]! && chord <= high[f]!;
    }
    if (!fits) {
      rows.push(n - 1);
      start(n - 1);
    }
    if (asked.has(at[n]!)) {
      rows.push(n);
      start(n);
      continue;
    }
    const span = at[n]! - at[anchor]!;
    const room = Math.max(0, toleranceAt(at[n]!) - Math.max(error[n - 1]!, error[n]!));
    for (let f = 0; f < functions; f++) {
      const rise = values[f]![n]! - values[f]![anchor]!;
      low[f] = Math.max(low[f]!, (rise - room) / span);
      high[f] = Math.min(high[f]!, (rise + room) / span);
    }
  }
  if (rows.at(-1) !== count - 1) rows.push(count - 1);
  return rows;
}

/** The rows, and how far straight lines between them are off at what was left out. */
function measured({ at, values, error }: Candidates, rows: readonly number[]): Breakpoints {
  const errors = Float64Array.from(rows, (from, r) => {
    const to = rows[r + 1];
    if (to === undefined) return 0;
    let inner = 0;
    let worst = 0;
    for (let n = from; n < to; n++) {
      inner = Math.max(inner, error[n]!);
      const share = (at[n]! - at[from]!) / (at[to]! - at[from]!);
      for (const of of values) {
        const line = of[from]! + share * (of[to]! - of[from]!);
        worst = Math.max(worst, Math.abs(of[n]! - line));
      }
    }
    return worst + inner;
  });
  return {
    at: Float64Array.from(rows, (n) => at[n]!),
    values: values.map((of) => Float64Array.from(rows, (n) => of[n]!)),
    error: errors,
  };
}
