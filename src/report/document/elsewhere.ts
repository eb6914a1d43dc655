/** What to buy in accounts that the answer's plans do not reach. */
import type { Recommendation } from "../../domain/documents/recommendation.ts";
import type { ElsewherePurchase } from "../../domain/documents/worth.ts";
import { hasRisk, shortName } from "./answer.ts";
import { clean } from "./clean.ts";
import { percent } from "./format.ts";
import { moneyIn } from "./money.ts";
import { purchaseCommands } from "./purchase-command.ts";
import { commandsPart, tables, texts, type SectionPart } from "./section.ts";
import { right, type Cells } from "./table.ts";

export const ELSEWHERE_TITLE = "To buy in other accounts";

const NOTE =
  "The plans above do not cover these accounts. Each purchase is decided alone and covers its own account or group; what it saves " +
  "comes on top. Buy each with that account's credentials.";

export const elsewhereParts = (r: Recommendation): SectionPart[] =>
  r.elsewhere.length === 0
    ? []
    : [
        ...tables(elsewhereCells(r)),
        ...texts(NOTE),
        ...commandsPart(
          r.elsewhere.flatMap((each) => [`# In account ${clean(each.account)}`, ...purchaseCommands([each])]),
        ),
      ];

function elsewhereCells(r: Recommendation): Cells {
  const { perHour, whole } = moneyIn(r);
  const row = ({ account, commitmentUsdPerHour, worth, ...offering }: ElsewherePurchase): string[] => [
    clean(account),
    shortName(offering),
    `${perHour(commitmentUsdPerHour)}/h`,
    whole(worth.netSavingsUsd),
    ...(hasRisk(r) ? [whole(worth.p5), whole(worth.p95), percent(worth.probabilityOfLoss)] : []),
  ];
  return {
    head: [
      { title: "Account" },
      { title: "Plan" },
      right("Commitment"),
      right("Net saving"),
      ...(hasRisk(r) ? [right("P5"), right("P95"), right("P(loss)")] : []),
    ],
    rows: r.elsewhere.map(row),
  };
}
