/** The page in a browser: its slider and box move what it shows. Only numbers become markup here; words become text. */
import { OFFERINGS } from "../domain/offering.ts";
import { offeringName, tailName } from "../report/document/answer.ts";
import { moneyIn } from "../report/document/money.ts";
import { axesOfCurve, axesOfLoad, curveInside, loadInside, type CurvePlace } from "../report/html/curve.ts";
import type { PageData } from "../report/html/data.ts";
import { termRows, whatIfRows } from "../report/html/what-if-rows.ts";
import { figuresOf, type FiguresAt, type Shown } from "./figures.ts";

function element<T extends Element>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${id}`);
  return found;
}

const data = JSON.parse(element("data", HTMLScriptElement).text) as PageData;
const money = moneyIn(data);
const { cents, perHour } = money;
const isRisky = data.scenarios > 1;
const tail = tailName(data.risk.tail);
const rows = whatIfRows(tail, isRisky, money).map((row) => ({
  ...row,
  cell: element(`now-${row.id}`, HTMLElement),
}));
const termCells = termRows(data.discountRate, money).map((row) => ({
  ...row,
  cell: element(`now-${row.id}`, HTMLElement),
}));
const form = element("controls", HTMLFormElement);
const select = element("offering", HTMLSelectElement);
const box = element("box", HTMLInputElement);
const slider = element("slider", HTMLInputElement);
const status = element("status", HTMLElement);
const title = element("now-title", HTMLElement);
const command = element("command", HTMLElement);
const curve = element("curve", SVGSVGElement);
const load = element("load", SVGSVGElement);

/** How long a reader's hand rests before a screen reader is told, in milliseconds. */
const RESTS_MS = 500;
/** And before the figures of the term are settled, which take as long again as the others. */
const PAUSES_MS = 80;
/** Points of a curve that is drawn here. */
const CURVE_POINTS = 50;

let offering = data.offering;
let points: readonly CurvePlace[] = data.grid;
let wanted = data.commitments[offering]!;
let wantedFrom: HTMLInputElement | null = null;
let frameDue = false;
let saying: ReturnType<typeof setTimeout> | undefined;
let settling: ReturnType<typeof setTimeout> | undefined;

/** Once a frame, however often the hand moves; the last one counts. */
function want(commitment: number, at: FiguresAt, from: HTMLInputElement | null): void {
  wanted = commitment;
  wantedFrom = from;
  if (frameDue) return;
  frameDue = true;
  requestAnimationFrame(() => {
    frameDue = false;
    show(at(offering, wanted), wantedFrom);
  });
}

function show(shown: Shown, from: HTMLInputElement | null): void {
  const { commitmentUsdPerHour, figures } = shown;
  const text = String(commitmentUsdPerHour);
  if (from !== box) box.value = text;
  if (from !== slider) slider.value = text;
  slider.setAttribute("aria-valuetext", `${perHour(commitmentUsdPerHour)} an hour`);
  for (const { cell, text: textOf } of rows) cell.textContent = textOf(figures);
  title.textContent = `${perHour(commitmentUsdPerHour)}/h`;
  command.textContent = commandOf(commitmentUsdPerHour);
  for (const { cell } of termCells) cell.textContent = "…";
  moveMarkers(shown);
  clearTimeout(saying);
  saying = setTimeout(() => say(shown), RESTS_MS);
  clearTimeout(settling);
  settling = setTimeout(() => showTerm(shown), PAUSES_MS);
}

function showTerm({ commitmentUsdPerHour, term }: Shown): void {
  const settled = term();
  for (const { cell, text } of termCells) cell.textContent = text(settled);
  document.body.dataset["shown"] = String(commitmentUsdPerHour);
}

function say({ commitmentUsdPerHour, figures: { expected, risk } }: Shown): void {
  const worst = isRisky ? `, ${tail} ${cents(-risk.cvarLossUsd)}` : "";
  const snapped =
    Math.abs(wanted - commitmentUsdPerHour) > 1e-9 ? `${perHour(wanted)} is not in this page. ` : "";
  status.textContent = `${snapped}At ${perHour(commitmentUsdPerHour)} an hour: net saving ${cents(expected.netSavingsUsd)}${worst}.`;
}

/** What to type to have the tool say the same. */
function commandOf(commitmentUsdPerHour: number): string {
  const named = OFFERINGS.flatMap(({ term, paymentOption }, k) => {
    const amount = k === offering ? commitmentUsdPerHour : data.commitments[k]!;
    return amount > 0 || k === offering ? [`${term}-${paymentOption}=${amount}`] : [];
  });
  return `sageplan simulate … --commitment ${[...named, ...data.queue].join(" ")}`;
}

function moveMarkers({ commitmentUsdPerHour, figures }: Shown): void {
  const { most } = data.slider[offering]!;
  const { x, y } = axesOfCurve(points, most);
  const isOn = commitmentUsdPerHour <= most;
  const across = isOn ? x.place(commitmentUsdPerHour).toFixed(1) : "-99";
  set(curve, ".moving", { x1: across, x2: across });
  set(curve, ".moving-dot", { cx: across, cy: y.place(figures.expected.netSavingsUsd).toFixed(1) });
  const axes = axesOfLoad(data.usable[offering]!, most);
  const up = commitmentUsdPerHour <= axes.y.high ? axes.y.place(commitmentUsdPerHour).toFixed(1) : "-99";
  set(load, ".moving", { y1: up, y2: up });
}

function set(chart: SVGSVGElement, what: string, attributes: Record<string, string>): void {
  for (const [name, value] of Object.entries(attributes))
    chart.querySelector(what)?.setAttribute(name, value);
}

/** The curve of another offering is settled point by point, between frames. */
function drawCurve(at: FiguresAt): void {
  const drawn = offering;
  const { most } = data.slider[drawn]!;
  const settled: CurvePlace[] = [];
  const next = (): void => {
    if (offering !== drawn) return;
    settled.push(at(drawn, (most * settled.length) / CURVE_POINTS));
    if (settled.length <= CURVE_POINTS) {
      setTimeout(next);
      return;
    }
    points = settled;
    curve.innerHTML = curveInside(points, most, isRisky, money);
    moveMarkers(at(offering, wanted));
  };
  next();
}

function choose(k: number, at: FiguresAt): void {
  offering = k;
  const { most, step } = data.slider[k]!;
  slider.max = String(most);
  slider.step = String(step);
  element("most", HTMLElement).textContent = String(most);
  element("curve-title", HTMLElement).textContent =
    `Commitment against net saving, ${offeringName(OFFERINGS[k]!)}`;
  load.innerHTML = loadInside(data.usable[k]!, most, money);
  wanted = data.commitments[k]!;
  if (k === data.offering) {
    points = data.grid;
    curve.innerHTML = curveInside(points, most, isRisky, money);
  } else drawCurve(at);
  show(at(k, wanted), null);
}

async function start(): Promise<void> {
  const at = await figuresOf(data);
  slider.addEventListener("input", () => want(slider.valueAsNumber, at, slider));
  box.addEventListener("input", () => {
    if (Number.isFinite(box.valueAsNumber)) want(box.valueAsNumber, at, box);
  });
  // What was typed is replaced by what it stands for when the hand leaves.
  box.addEventListener("change", () =>
    want(Number.isFinite(box.valueAsNumber) ? box.valueAsNumber : wanted, at, null),
  );
  select.addEventListener("change", () => choose(Number(select.value), at));
  form.addEventListener("submit", (event) => event.preventDefault());
  element("back", HTMLButtonElement).addEventListener("click", () => {
    select.value = String(data.offering);
    choose(data.offering, at);
  });
  form.hidden = false;
  show(at(offering, wanted), null);
}

start().catch((error: unknown) => {
  status.textContent = `This browser cannot recompute (${String(error)}); the figures and charts stand.`;
});
