import type { Params } from "../list-params";

/** Columns beside the customer, in their order; the last is not shown unless asked for. */
export const COLUMNS = {
  plan: "Plan",
  status: "Status",
  price: "Price",
  monthly: "MRR",
  next: "Next",
  pays: "Pays with",
  since: "Since",
  due: "Balance due",
} as const;

export type Column = keyof typeof COLUMNS;

const ALL = Object.keys(COLUMNS).filter((name): name is Column => name in COLUMNS);

const USUAL: readonly Column[] = ALL.filter((name) => name !== "due");

/** Where a browser remembers the choice; a link that names columns goes before it. */
export const COLUMNS_COOKIE = "quadrant-subscription-columns";

/** What to show: as the link says, else as was chosen last, else the usual ones. */
export function columnsOf(params: Params, remembered: string | undefined): readonly Column[] {
  const said = [params["columns"] ?? remembered ?? ""].flat().join(",").split(/[,.]/);
  const known = ALL.filter((name) => said.includes(name));
  return known.length > 0 ? known : USUAL;
}

/** Where a column stands when a row is a card; the others are left out there. */
export const SLOTS: Partial<Record<Column, "sub" | "side" | "side-2">> = {
  plan: "sub",
  status: "side-2",
  price: "side",
};
