import { describe, expect, test } from "vitest";
import { NO_SHARING, OPEN_SHARING, type Sharing } from "../../src/domain/sharing.ts";
import { buyerOf } from "../../src/history/buyer.ts";
import { demandOf } from "../oracle/instance.ts";

/** $2 an hour of the payer's own, $5 and $4 of two research accounts, $8 of an account in no group. */
const demand = demandOf(
  ["payer", "A", "B", "alone"].map((account) => ({ account, sku: 0 })),
  [[2], [5], [4], [8]],
);
const research = new Map([
  ["A", "research"],
  ["B", "research"],
]);
const as = (mode: Sharing["mode"]): Sharing => ({ mode, groups: research });

describe("who should buy", () => {
  test("the payer, where plans reach every account in the end", () => {
    expect(buyerOf(demand, OPEN_SHARING, "payer")).toBe("payer");
    expect(buyerOf(demand, as("prioritized"), "payer")).toBe("payer");
  });

  test("the account that uses the most, where a plan serves one", () => {
    expect(buyerOf(demand, NO_SHARING, "payer")).toBe("alone");
  });

  test("where groups are closed, the largest account of the group that uses the most; never the payer for the members", () => {
    expect(buyerOf(demand, as("restricted"), "payer")).toBe("A");
    const members = demandOf(
      ["A", "B"].map((account) => ({ account, sku: 0 })),
      [[5], [4]],
    );
    expect(buyerOf(members, as("restricted"), "payer")).toBe("A");
  });
});
