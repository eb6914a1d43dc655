/** A recommendation or a simulation as one page that needs nothing but itself: no network, no other file. */
import { createHash } from "node:crypto";
import type { HourlyUse } from "../../domain/hourly-use.ts";
import { OFFERINGS } from "../../domain/offering.ts";
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import type { WhatIf } from "../../domain/what-if.ts";
import { hasRisk, isSimulation, offeringName, tailName } from "../document/answer.ts";
import { documentPage } from "../document/document-page.ts";
import { moneyIn } from "../document/money.ts";
import { curveInside, loadInside, svg } from "./curve.ts";
import type { PageData } from "./data.ts";
import { escaped, jsonInPage } from "./escape.ts";
import { expiriesChart } from "./expiries.ts";
import { frontierChart } from "./frontier.ts";
import { heatCells, heatMap, hoursOfWeek } from "./heat.ts";
import { provenanceHtml } from "./provenance.ts";
import { answerHtml, findingsHtml, sectionsHtml } from "./sections.ts";
import { tableBehind } from "./tables.ts";
import { pageDataOf } from "./what-if.ts";
import { termOf, termRows, whatIfRows } from "./what-if-rows.ts";
import { right, type Cells } from "../document/table.ts";

/** The page's own code and style, as they were built. */
export interface PageAssets {
  script: string;
  style: string;
}

export function reportPage(
  r: Recommendation,
  hourlyUse: HourlyUse,
  whatIf: WhatIf,
  { script, style }: PageAssets,
): string {
  const page = documentPage(r);
  const data = pageDataOf(r, whatIf);
  const title = `${isSimulation(r) ? "Simulation" : "Recommendation"}: SageMaker AI Savings Plans`;
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#try">To the commitment slider</a>
<main>
${answerHtml(title, page)}
${keyFigures(r)}
${tryHtml(r, data)}
${loadAndHeat(r, hourlyUse, data)}
${sectionsHtml(page, { frontier: () => frontierChart(r), expiries: () => expiriesChart(r) })}
${findingsHtml(page)}
${provenanceHtml(r)}
</main>
<script type="application/json" id="data">${jsonInPage(data)}</script>
<script>${script}</script>
</body>
</html>
`;
}

const hashOf = (text: string): string => `sha256-${createHash("sha256").update(text).digest("base64")}`;

/** The few numbers that a reader came for. */
function keyFigures(r: Recommendation): string {
  if (r.purchases.length === 0) return "";
  const rows = whatIfRows(tailName(r.risk.tail), hasRisk(r), moneyIn(r));
  const shown = ["net-saving", "worst", "p-loss", "utilization", "coverage"].flatMap((id) =>
    rows.filter((row) => row.id === id),
  );
  return `<dl class="key">${shown
    .map((row) => `<div><dt>${escaped(row.label)}</dt><dd>${escaped(row.text(r))}</dd></div>`)
    .join("")}</dl>`;
}

/** The slider, the box, the figures and the curve. */
function tryHtml(r: Recommendation, data: PageData): string {
  const money = moneyIn(r);
  const who = isSimulation(r) ? "Your commitments" : r.purchases.length === 0 ? "Buy nothing" : "The answer";
  const { most, step } = data.slider[data.offering]!;
  const open = data.commitments[data.offering]!;
  const options = OFFERINGS.flatMap((offering, k) =>
    data.model === null && k !== data.offering
      ? []
      : [`<option value="${k}"${k === data.offering ? " selected" : ""}>${offeringName(offering)}</option>`],
  );
  const how =
    data.model === null
      ? `The scenarios are too many numbers for one page, so it holds the figures of ${data.grid.length} commitments, ${money.perHour(step)}/h apart and those that this document names, each settled by the tool itself. The slider and the box snap to the nearest; for others, run the command below.`
      : "Every commitment is settled here by the code of the tool itself, over the same scenarios: to the cent what the command below gives.";
  const term = termOf(r.cashFlow[0]!);
  const cells = [
    ...whatIfRows(tailName(r.risk.tail), hasRisk(r), money).map((row) => ({ ...row, shown: row.text(r) })),
    ...termRows(r.objective.discountRate, money).map((row) => ({ ...row, shown: row.text(term) })),
  ].map(({ shown, ...row }) => ({ ...row, shown: escaped(shown) }));
  const rows = cells.map(
    ({ id, label, shown }) =>
      `<tr><th scope="row">${escaped(label)}</th><td class="number" id="now-${id}">${shown}</td><td class="number">${shown}</td></tr>`,
  );
  const held = data.commitments.some((usdPerHourOf, k) => k !== data.offering && usdPerHourOf > 0);
  return `<section id="try" tabindex="-1"><h2>Try another commitment</h2>
<form id="controls" hidden novalidate>
<div class="field"><label for="offering">Offering</label><select id="offering">${options.join("")}</select></div>
<div class="field"><label for="box">Commitment, ${money.sign}/h</label><input id="box" type="number" inputmode="decimal" min="0" step="0.001" value="${open}" autocomplete="off"></div>
<div class="field"><label for="slider">Commitment, slider to ${money.sign}<span id="most">${most}</span>/h</label><input id="slider" type="range" min="0" max="${most}" step="${step}" value="${open}" autocomplete="off"></div>
<button type="button" id="back">Back to ${who.toLowerCase()}</button>
</form>
<noscript><p class="note">Without JavaScript the page shows its figures and charts; the slider needs it.</p></noscript>
<p id="status" role="status" class="note"></p>
<div class="two"><div>
<div class="scroll" role="region" tabindex="0" aria-label="Figures at the commitment"><table><thead><tr><td></td><th scope="col" class="number"><span id="now-title">${money.perHour(open)}/h</span></th><th scope="col" class="number">${who}</th></tr></thead><tbody>${rows.join("")}</tbody></table></div>
<p class="note">${how}${held ? " The other offerings are held at what they are." : ""} The owned plans stay as they are.</p>
<pre><code id="command">--commitment</code></pre>
</div><figure>
<figcaption id="curve-title">Commitment against net saving, ${offeringName(OFFERINGS[data.offering]!)}</figcaption>
${svg("curve", `Net saving by commitment. The table below has the numbers.`, curveInside(data.grid, most, hasRisk(r), money))}
<p class="legend"><span class="key-mean">${hasRisk(r) ? "mean of the scenarios" : "net saving"}</span>${hasRisk(r) ? ` <span class="key-band">5th to 95th percentile</span> <span class="key-worst">mean of the ${tailName(r.risk.tail)}</span>` : ""} <span class="key-moving">this commitment</span></p>
${tableBehind(curveCells(r, data), "commitment against net saving")}
</figure></div></section>`;
}

function curveCells(r: Recommendation, { grid }: PageData): Cells {
  const risky = hasRisk(r);
  const money = moneyIn(r);
  const shown = whatIfRows("", true, money);
  return {
    head: [
      { title: `${money.sign}/h` },
      right("Net saving"),
      ...(risky
        ? [right(tailName(r.risk.tail)), right("5th percentile"), right("95th percentile"), right("P(loss)")]
        : []),
      right("Used"),
      right("Covers"),
    ],
    rows: grid.map(({ commitmentUsdPerHour, figures }) => {
      const text = (id: string): string => shown.find((row) => row.id === id)!.text(figures);
      return [
        money.perHour(commitmentUsdPerHour),
        text("net-saving"),
        ...(risky ? [text("worst"), text("p5"), text("p95"), text("p-loss")] : []),
        text("utilization"),
        text("coverage"),
      ];
    }),
  };
}

function loadAndHeat(r: Recommendation, hourlyUse: HourlyUse, data: PageData): string {
  const whose = r.horizon.futures === "file" ? "the mean of the scenarios" : "the history";
  const usable = data.usable[data.offering]!;
  const money = moneyIn(r);
  const means = hoursOfWeek(hourlyUse);
  const owned =
    r.ownedPlans.length > 0
      ? " Usage that owned plans cover counts where this plan would take it first."
      : "";
  return `<div class="two"><section><h2>Load-duration curve</h2><figure>
<figcaption>Hours of ${whose}, the busiest first: the commitment that each could use, at Savings Plans rates. Where the curve is below the line, commitment is paid and not used.${owned}</figcaption>
${svg("load", "Load-duration curve with the commitment as a line across. The table below has the numbers.", loadInside(usable, data.slider[data.offering]!.most, money))}
${tableBehind(
  {
    head: [{ title: "Share of the hours" }, right(`can use at least, ${money.sign}/h`)],
    rows: usable.flatMap((each, percent) =>
      percent % 5 === 0 ? [[`${percent}%`, money.perHour(each)]] : [],
    ),
  },
  `load-duration of the ${offeringName(OFFERINGS[data.offering]!)} plan`,
)}
</figure></section><section><h2>Eligible usage by hour of the week</h2><figure>
<figcaption>Mean of ${whose}, On-Demand ${money.name} an hour, UTC.</figcaption>
${heatMap(means, money)}
${tableBehind(heatCells(means), "eligible usage by hour of the week")}
</figure></section></div>`;
}
