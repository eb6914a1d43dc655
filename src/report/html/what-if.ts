/** What the page opens with and recomputes from. */
import { deflateSync } from "node:zlib";
import {
  COMMITMENT_STEP_USD,
  inCommitmentSteps,
  OFFERINGS,
  offeringLabel,
  sameOffering,
} from "../../domain/offering.ts";
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { withNow } from "../../domain/portfolio.ts";
import type { WhatIf, WhatIfModel } from "../../domain/what-if.ts";
import { commitmentWord } from "../document/purchase-command.ts";
import { totalCommitment } from "../document/answer.ts";
import type { PageData } from "./data.ts";
import { packModel } from "./pack.ts";
import { niceStep } from "./scale.ts";

/** Base64 characters: what leaves a page of 2 MB room for the rest. */
const MOST_CHARACTERS = 1_750_000;
/** Entries and visits beyond which a page would be too large or a redraw too slow, before anything is packed. */
const MOST_ENTRIES = 3_000_000;
const MOST_WALKED = 3_000_000;

/** The slider has so many steps, or up to half as many more; a page without a model holds as many commitments. */
const SLIDER_STEPS = 200;
const CURVE_STEPS = 50;
const PERCENTS = 101;

export function pageDataOf(r: Recommendation, whatIf: WhatIf): PageData {
  const commitments = whatIf.subject.map(Number);
  const offering = openedWith(r, commitments.slice(0, OFFERINGS.length));
  const usable = OFFERINGS.map((_, k) => percentiles(whatIf.usableUsdPerHour(k)));
  const slider = OFFERINGS.map((_, k) => sliderOf(r, k, commitments[k]!, usable[k]!));
  const model = modelText(whatIf.model());
  const { most, step } = slider[offering]!;
  const steps = Math.round(most / step);
  const every = model === null ? 1 : Math.max(1, Math.floor(steps / CURVE_STEPS));
  const places = Array.from({ length: Math.floor(steps / every) + 1 }, (_, n) =>
    inCommitmentSteps(n * every * step),
  );
  const own = ownPlaces(r, offering).filter((place) => place <= most);
  return {
    schema: "sageplan/page/1",
    currency: r.currency,
    purchases: r.purchases,
    expected: r.expected,
    risk: r.risk,
    horizonHours: r.horizon.hours,
    scenarios: r.horizon.scenarios,
    discountRate: r.objective.discountRate,
    offering,
    commitments,
    queue: r.queued.map(commitmentWord),
    slider,
    model,
    grid: [...new Set([...places, most, commitments[offering]!, ...own])]
      .sort((a, b) => a - b)
      .map((commitmentUsdPerHour) => {
        const all = withNow(whatIf.subject, (k) => (k === offering ? commitmentUsdPerHour : commitments[k]!));
        return { commitmentUsdPerHour, figures: whatIf.at(all), term: whatIf.term(all) };
      }),
    usable,
  };
}

/** The largest purchase; where nothing is bought, the allowed offering that would save the most. */
function openedWith(r: Recommendation, commitments: readonly number[]): number {
  const largest = commitments.indexOf(Math.max(...commitments));
  if (commitments[largest]! > 0) return largest;
  const singles = r.alternatives.filter(({ kind }) => kind === "offering");
  const best = singles
    .filter(({ allowed }) => allowed)
    .toSorted((a, b) => b.expected.netSavingsUsd - a.expected.netSavingsUsd)[0];
  return Math.max(
    0,
    OFFERINGS.findIndex((each) => offeringLabel(each) === best?.label),
  );
}

/**
 * Twice what the document, or the offering alone at its best, is about; where that is nothing,
 * twice what a median hour could use.
 */
function sliderOf(
  r: Recommendation,
  k: number,
  commitment: number,
  usable: readonly number[],
): { most: number; step: number } {
  const twice = 2 * Math.max(commitment, ...ownPlaces(r, k));
  const end = twice > 0 ? twice : Math.max(0.01, 2 * usable[50]!);
  const step = Math.max(COMMITMENT_STEP_USD, niceStep(end / SLIDER_STEPS));
  return { most: inCommitmentSteps(Math.ceil(end / step - 1e-9) * step), step: inCommitmentSteps(step) };
}

/** What other parts of the document say about this offering alone. */
const ownPlaces = (r: Recommendation, k: number): number[] =>
  [...r.alternatives, ...r.frontier]
    .filter(({ purchases }) => purchases.length === 1 && sameOffering(purchases[0]!, OFFERINGS[k]!))
    .map(({ purchases }) => totalCommitment(purchases));

function percentiles(descending: Float64Array): number[] {
  const last = descending.length - 1;
  return Array.from({ length: PERCENTS }, (_, percent) =>
    Number((descending[Math.round((percent / 100) * last)] ?? 0).toPrecision(6)),
  );
}

function modelText(model: WhatIfModel): string | null {
  const items = model.start.length - 1;
  const walked = model.baseHour.length * Math.max(8, items) * (1 + Math.min(3, model.ownedCount));
  if (model.onDemandUsd.length > MOST_ENTRIES || walked > MOST_WALKED) return null;
  const text = Buffer.from(deflateSync(packModel(model), { level: 9 })).toString("base64");
  return text.length > MOST_CHARACTERS ? null : text;
}
