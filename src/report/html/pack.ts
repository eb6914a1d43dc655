/**
 * The numbers of a what-if as bytes that deflate well, without losing a bit of them: what comes out
 * of `unpackModel` is what went into `packModel`.
 *
 * Usage is by far the most. Bills are decimal, and an item's dollars are mostly its rate times some amount. So where
 * all of an item's values are whole numbers k of one decimal unit g / 10^d (g: their greatest common divisor), k is
 * kept and g and d once: k is the amount, however odd the rate. A bill also rounds: rate times seconds ÷ 3,600 has no
 * end, and is cut at 12 decimals. Then the unit is a double, found by Euclid with some tolerance, and narrowed until
 * the values are their amounts times the unit, rounded; the few that are rounded otherwise (halves) keep their doubles.
 * Where that fails too, all doubles are kept. Numbers are laid out byte by byte (all lowest bytes, then all next …),
 * whole numbers that ascend as differences.
 */
import type { WhatIfModel } from "../../domain/what-if.ts";

/** Decimals that a bill has at most; and whole numbers beyond this are not exact in a double. */
const MOST_DECIMALS = 12;
const MOST_WHOLE = 2 ** 53;

export function packModel(model: WhatIfModel): Uint8Array {
  const { start, onDemandUsd } = model;
  const { decimals, unit, amount, raw } = amountsOf(start, onDemandUsd);
  const parts = [
    ...[model.startHour, model.probability, model.growth].map(doubles),
    ...[model.baseHour, start, model.hour, model.orderPlan, model.orderItem].map(wholes),
    ...[model.orderRatio, model.planCommitment, model.planFrom, model.planTo, model.weight].map(doubles),
    doubles(
      Float64Array.of(
        model.baseHourCount,
        model.ownedCount,
        model.tail,
        model.negotiatedDiscount,
        model.discountRate,
        model.pastRepeats ? 1 : 0,
        model.sampled ? 1 : 0,
      ),
    ),
    doubles(decimals),
    doubles(unit),
    planes(new Uint8Array(amount.buffer), 4),
    doubles(raw),
  ];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + 4 + part.length, 0));
  let at = 0;
  for (const part of parts) {
    new DataView(bytes.buffer).setUint32(at, part.length, true);
    bytes.set(part, at + 4);
    at += 4 + part.length;
  }
  return bytes;
}

export function unpackModel(bytes: Uint8Array): WhatIfModel {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const next = (): Uint8Array => {
    const from = at + 4;
    at = from + view.getUint32(at, true);
    return bytes.subarray(from, at);
  };
  const doublesNext = (): Float64Array => new Float64Array(joined(next(), 8).buffer);
  const wholesNext = (): Int32Array => added(new Uint32Array(joined(next(), 4).buffer));
  const [startHour, probability, growth] = [doublesNext(), doublesNext(), doublesNext()];
  const [baseHour, start, hour, orderPlan, orderItem] = [1, 2, 3, 4, 5].map(wholesNext) as Five<Int32Array>;
  const [orderRatio, planCommitment, planFrom, planTo, weight] = [1, 2, 3, 4, 5].map(
    doublesNext,
  ) as Five<Float64Array>;
  const [baseHourCount, ownedCount, tail, negotiatedDiscount, discountRate, pastRepeats, sampled] = [
    ...doublesNext(),
  ] as [number, number, number, number, number, number, number];
  const [decimals, unit] = [doublesNext(), doublesNext()];
  const amount = new Uint32Array(joined(next(), 4).buffer);
  const raw = doublesNext();
  return {
    startHour,
    probability,
    baseHour,
    growth,
    baseHourCount,
    start,
    hour,
    onDemandUsd: usageOf(start, { decimals, unit, amount, raw }),
    orderPlan,
    orderItem,
    orderRatio,
    planCommitment,
    planFrom,
    planTo,
    weight,
    ownedCount,
    tail,
    negotiatedDiscount,
    discountRate,
    pastRepeats: pastRepeats === 1,
    sampled: sampled === 1,
  };
}

type Five<T> = [T, T, T, T, T];

interface Amounts {
  /** `[item]` Negative: amount times unit is rounded to so many decimals. */
  decimals: Float64Array;
  /** `[item]` 0: the item's values are in `raw`. */
  unit: Float64Array;
  /** The entries of the other items, one after the other. */
  amount: Uint32Array;
  raw: Float64Array;
}

function amountsOf(start: Int32Array, usd: Float64Array): Amounts {
  const items = start.length - 1;
  const decimals = new Float64Array(items);
  const unit = new Float64Array(items);
  const amount = new Uint32Array(usd.length);
  const raw = new Float64Array(usd.length);
  let amounts = 0;
  let raws = 0;
  for (let item = 0; item < items; item++) {
    const values = usd.subarray(start[item], start[item + 1]);
    const found = unitOf(values);
    if (found === null) {
      raw.set(values, raws);
      raws += values.length;
      continue;
    }
    decimals[item] = found.decimals;
    unit[item] = found.unit;
    for (const value of values) {
      const whole = amountOf(value, found);
      const isSame = whole < ODD && Object.is(valueOf(whole, found), value);
      amount[amounts++] = isSame ? whole : ODD;
      if (!isSame) raw[raws++] = value;
    }
  }
  return { decimals, unit, amount: amount.slice(0, amounts), raw: raw.slice(0, raws) };
}

/** In place of an amount: the value is the next of `raw`. */
const ODD = 2 ** 32 - 1;
/** More values than this share must be amounts of a unit. */
const MOST_ODD = 0.1;

interface Unit {
  decimals: number;
  unit: number;
}

const amountOf = (value: number, { decimals, unit }: Unit): number =>
  decimals < 0 ? Math.round(value / unit) : Math.round(value * 10 ** decimals) / unit;

const valueOf = (amount: number, { decimals, unit }: Unit): number =>
  decimals < 0 ? roundedTo(amount * unit, 10 ** -decimals) : (amount * unit) / 10 ** decimals;

const roundedTo = (value: number, scale: number): number => Math.round(value * scale) / scale;

const unitOf = (values: Float64Array): Unit | null => wholeUnitOf(values) ?? roundedUnitOf(values);

/** Units below this are not told from what rounding leaves. */
const LEAST_UNIT = 1e-6;
const TOLERANCE = 1e-8;
/** Values that Euclid is asked about; the others only confirm. */
const ASKED = 50;

/** The unit of which all values are amounts, rounded as bills round; null: none. */
function roundedUnitOf(values: Float64Array): Unit | null {
  const ascending = values.filter((value) => value > 0).sort();
  if (ascending.length === 0 || ascending.at(-1)! * 10 ** MOST_DECIMALS >= MOST_WHOLE) return null;
  const every = Math.max(1, Math.floor(ascending.length / ASKED));
  const largest = ascending.at(-1)!;
  let unit = largest;
  for (let n = 0; n < ascending.length; n += every) {
    const common = greatestCommonDivisor(ascending[n]!, unit, TOLERANCE);
    // A part of the largest value: what rounding leaves must not grow from division to division.
    unit = largest / Math.round(largest / common);
  }
  if (unit < LEAST_UNIT) return null;
  // The larger a value, the better it tells the unit; all of them together leave an interval for it.
  const half = 0.51 / 10 ** MOST_DECIMALS;
  let [low, high] = [0, Infinity];
  for (const value of ascending) {
    const amount = Math.round(value / unit);
    if (amount === 0) return null;
    low = Math.max(low, (value - half) / amount);
    high = Math.min(high, (value + half) / amount);
    if (low > high) return null;
    unit = Math.min(high, Math.max(low, value / amount));
  }
  const found = { decimals: -MOST_DECIMALS, unit: (low + high) / 2 };
  const odd = values.filter((value) => valueOf(amountOf(value, found), found) !== value).length;
  return odd <= MOST_ODD * values.length ? found : null;
}

/**
 * The coarsest decimal unit of which all values are whole amounts below 2³², and come out as the
 * same doubles; null: none.
 */
function wholeUnitOf(values: Float64Array): Unit | null {
  for (let decimals = 0; decimals <= MOST_DECIMALS; decimals++) {
    const scale = 10 ** decimals;
    const isWhole = (value: number): boolean => {
      const whole = Math.round(value * scale);
      return whole < MOST_WHOLE && whole / scale === value && !Object.is(value, -0);
    };
    if (!values.every(isWhole)) continue;
    let unit = 0;
    let most = 0;
    for (const value of values) {
      const whole = Math.round(value * scale);
      unit = greatestCommonDivisor(whole, unit);
      most = Math.max(most, whole);
    }
    unit ||= 1;
    return most / unit < ODD ? { decimals, unit } : null;
  }
  return null;
}

/** What is left of a division within `tolerance` of nothing, or of all, is nothing. */
function greatestCommonDivisor(a: number, b: number, tolerance = 0): number {
  let [large, small] = [a, b];
  while (small > tolerance) {
    const left = large % small;
    [large, small] = [small, small - left <= tolerance ? 0 : left];
  }
  return large;
}

function usageOf(start: Int32Array, { decimals, unit, amount, raw }: Amounts): Float64Array {
  const usd = new Float64Array(start.at(-1)!);
  let amounts = 0;
  let raws = 0;
  for (let item = 0; item < unit.length; item++) {
    const found = { decimals: decimals[item]!, unit: unit[item]! };
    for (let n = start[item]!; n < start[item + 1]!; n++) {
      const whole = found.unit === 0 ? ODD : amount[amounts++]!;
      usd[n] = whole === ODD ? raw[raws++]! : valueOf(whole, found);
    }
  }
  return usd;
}

const doubles = (values: Float64Array): Uint8Array =>
  planes(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), 8);

/** Differences, the sign in the lowest bit. */
function wholes(values: Int32Array): Uint8Array {
  const differences = new Uint32Array(values.length);
  let before = 0;
  for (let n = 0; n < values.length; n++) {
    const difference = values[n]! - before;
    differences[n] = difference < 0 ? -2 * difference - 1 : 2 * difference;
    before = values[n]!;
  }
  return planes(new Uint8Array(differences.buffer), 4);
}

function added(differences: Uint32Array): Int32Array {
  const values = new Int32Array(differences.length);
  let before = 0;
  for (let n = 0; n < values.length; n++) {
    const each = differences[n]!;
    before += each % 2 === 1 ? -(each + 1) / 2 : each / 2;
    values[n] = before;
  }
  return values;
}

/** Byte b of number n stands at b · count + n. */
function planes(bytes: Uint8Array, width: number): Uint8Array {
  const count = bytes.length / width;
  return bytes.map((_, at) => bytes[(at % count) * width + Math.floor(at / count)]!);
}

function joined(bytes: Uint8Array, width: number): Uint8Array<ArrayBuffer> {
  const count = bytes.length / width;
  const numbers = new Uint8Array(bytes.length);
  for (let n = 0; n < count; n++) {
    for (let b = 0; b < width; b++) numbers[n * width + b] = bytes[b * count + n]!;
  }
  return numbers;
}
