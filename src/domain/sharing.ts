/**
 * Who shares a Savings Plan with whom (AWS, "Sharing Reserved Instances and Savings Plans discounts"; billing
 * preferences). `open`: the owner's account, then all others of the organization; `off`: the owner's account alone;
 * `prioritized`: the owner's account, then its group, then the rest; `restricted`: the owner's account, then its group,
 * nobody else. An account in no group, as the payer is, shares with no group.
 */
export const SHARING_MODES = ["open", "off", "prioritized", "restricted"] as const;
export type SharingMode = (typeof SHARING_MODES)[number];

export interface Sharing {
  mode: SharingMode;
  /** Account → its group. */
  groups: ReadonlyMap<string, string>;
}

export const OPEN_SHARING: Sharing = { mode: "open", groups: new Map() };
export const NO_SHARING: Sharing = { mode: "off", groups: new Map() };

/** When the usage of an account has its turn with the plans of an owner: 1 first; null: never. */
export function turnOf({ mode, groups }: Sharing, owner: string, account: string): number | null {
  if (account === owner) return 1;
  const group = groups.get(owner);
  if (
    group !== undefined &&
    groups.get(account) === group &&
    (mode === "prioritized" || mode === "restricted")
  )
    return 2;
  return mode === "open" || mode === "prioritized" ? 3 : null;
}
