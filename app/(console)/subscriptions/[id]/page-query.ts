import { flat, type Params } from "../../list-params";

/** What the address says of the page: which accounts, which part of the ledger, whether the panel is open. */
export type PageQuery = {
  view: string | undefined;
  panel: string | undefined;
  after: string | undefined;
  before: string | undefined;
  /** The same page with some of it changed; null takes a part out. */
  href: (changes: Partial<Record<"view" | "panel" | "after" | "before", string | null>>) => string;
};

const PARTS = ["view", "panel", "after", "before"] as const;

export function pageQuery(id: string, params: Params): PageQuery {
  const given = flat(params);
  const { view, panel, after, before } = given;
  return {
    view,
    panel,
    after,
    before,
    href(changes) {
      const wanted = { view, panel, after, before, ...changes };
      const entries = PARTS.flatMap((part) => (wanted[part] ? [[part, wanted[part]] as [string, string]] : []));
      const search = new URLSearchParams(entries).toString();
      return `/subscriptions/${id}${search ? `?${search}` : ""}`;
    },
  };
}
