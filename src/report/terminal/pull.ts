/** What came of asking AWS, for a person. */
import type { PullAnswer, PullResult } from "../../domain/documents/pull.ts";
import { USUAL_CURRENCY } from "../../domain/currency.ts";
import { clean } from "../document/clean.ts";
import { findingsText } from "../document/findings-text.ts";
import { count } from "../document/format.ts";
import { moneyIn } from "../document/money.ts";
import { paint, textWidth } from "../document/style.ts";
import type { Style } from "../document/style.ts";
import { right, table } from "../document/table.ts";

const SAID: Record<PullAnswer["status"], string> = {
  planned: "would ask",
  written: "written",
  kept: "kept from before",
  failed: "failed",
  open: "not whole",
};

/** What AWS charges for its API is in dollars, whatever the bill. */
const CHARGED = { currency: USUAL_CURRENCY };
const { cents } = moneyIn(CHARGED);

export function pullText(r: PullResult, style: Style): string {
  const isPlan = r.answers.every(({ status }) => status === "planned");
  return [
    headline(r, isPlan),
    ...(isPlan ? r.answers.map(planLines) : [answersTable(r, style)]),
    ...(isPlan || r.answers.length === 0 ? [] : [nextText(r)]),
    findingsText({ ...CHARGED, findings: r.findings }, style),
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

function headline({ answers, requests, usd: cost, isComplete }: PullResult, isPlan: boolean): string {
  if (isPlan) {
    const least = answers.reduce((sum, { usdPerRequest }) => sum + usdPerRequest, 0);
    return `Dry run: nothing was asked. These ${count(answers.length, "question")} would cost ${cents(least)} or more: each page of an answer is a request.`;
  }
  const done = answers.filter(({ status }) => status === "written" || status === "kept").length;
  return `${isComplete ? "All" : `${done} of`} ${count(answers.length, "answer")} in place: ${count(requests, "request")}, at most ${cents(cost)}.`;
}

const planLines = ({ service, operation, parameters, file, command }: PullAnswer): string =>
  [
    `${service} ${operation} -> ${clean(file)}`,
    `  ${clean(JSON.stringify(parameters))}`,
    `  the same by hand: ${clean(command)}`,
  ].join("\n");

const answersTable = ({ answers }: PullResult, style: Style): string =>
  table(
    [{ title: "Asked" }, { title: "" }, right("Requests"), right("At most"), { title: "File" }],
    answers.map(({ operation, status, requests, usd: cost, file }) => [
      operation,
      SAID[status],
      String(requests),
      cents(cost),
      clean(file),
    ]),
    textWidth(style),
    (line, row) =>
      row >= 0 && (answers[row]!.status === "failed" || answers[row]!.status === "open")
        ? paint(style, "red", line)
        : line,
  ).join("\n");

/** How to go on with what is in place. */
function nextText({ answers }: PullResult): string {
  const placed = answers.filter(({ status }) => status === "written" || status === "kept");
  const fileOf = (operation: string): string | undefined =>
    placed.find((each) => each.operation === operation)?.file;
  const option = (name: string, file: string | undefined): string =>
    file === undefined ? "" : ` ${name} ${clean(file)}`;
  const rates = fileOf("DescribeSavingsPlansOfferingRates");
  const plans = fileOf("DescribeSavingsPlans");
  if (rates === undefined && plans === undefined) return "";
  return `Go on with: sageplan recommend ./exports${option("--rates", rates)}${option("--owned", plans)}`;
}
