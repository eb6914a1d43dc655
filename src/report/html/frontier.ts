/**
 * The efficient frontier: mean saving against the worst futures, one dot for each purchase that is
 * the best at some risk aversion.
 */
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import { isSimulation, tailName } from "../document/answer.ts";
import { moneyIn } from "../document/money.ts";
import { frame, line, svg } from "./curve.ts";
import { across, shortMoney, upwards } from "./scale.ts";

export function frontierChart(r: Recommendation): string {
  const places = [
    ...new Map(
      r.frontier
        .toSorted((a, b) => a.riskAversion - b.riskAversion)
        .map((point) => [`${point.cvarLossUsd} ${point.netSavingsUsd}`, point]),
    ).values(),
  ].toSorted((a, b) => a.cvarLossUsd - b.cvarLossUsd);
  const subject = { worst: -r.risk.cvarLossUsd, mean: r.expected.netSavingsUsd };
  const worst = [...places.map(({ cvarLossUsd }) => -cvarLossUsd), subject.worst];
  const mean = [...places.map(({ netSavingsUsd }) => netSavingsUsd), subject.mean];
  const x = across(Math.min(...worst), Math.max(...worst));
  const y = upwards(Math.min(...mean), Math.max(...mean));
  const dots = places.map((point) => ({
    cx: x.place(-point.cvarLossUsd),
    cy: y.place(point.netSavingsUsd),
  }));
  const money = moneyIn(r);
  const who = isSimulation(r) ? "your commitments" : "the answer";
  return svg(
    "frontier-chart",
    `Mean net saving against the net saving in the ${tailName(r.risk.tail)}, for the best purchase at ${places.length} levels of risk aversion; ${who}: mean ${money.cents(subject.mean)}, ${tailName(r.risk.tail)} ${money.cents(subject.worst)}. The table has the numbers.`,
    frame({
      x,
      y,
      xName: `net saving in the ${tailName(r.risk.tail)}`,
      yName: "mean net saving",
      xText: shortMoney(money),
      yText: shortMoney(money),
    }) +
      `<path class="mean" d="${line(dots.map(({ cx, cy }) => [cx, cy]))}"/>` +
      dots
        .map(({ cx, cy }) => `<circle class="dot" cx="${cx.toFixed(1)}" cy="${cy.toFixed(1)}" r="3"/>`)
        .join("") +
      `<circle class="answer-dot" cx="${x.place(subject.worst).toFixed(1)}" cy="${y.place(subject.mean).toFixed(1)}" r="5.5"/>`,
  );
}
