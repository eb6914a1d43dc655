/** Money and shares with the digits that people use on a screen. */
import { decimal } from "./format.ts";
import { moneyIn } from "./money.ts";

export interface PeopleMoney {
  /** `$1,300`, `$12`, `$3.40`: no more digits than are read. */
  amount: (value: number) => string;
  /** `$38.04/h` */
  anHour: (value: number) => string;
}

export function peopleMoneyIn(document: { currency: string }): PeopleMoney {
  const { signed } = moneyIn(document);
  const amount = (value: number): string => {
    const size = Math.abs(value);
    return signed(decimal(value, size >= 10 || size < 0.005 ? 0 : 2));
  };
  const anHour = (value: number): string =>
    `${signed(value !== 0 && Math.abs(value) < 0.1 ? Number(value.toPrecision(2)).toString() : decimal(value, 2))}/h`;
  return { amount, anHour };
}
