import { hrefWith, type Href } from "@/components/data-table/params";
import { ListAudit } from "@/lib/audit/schema";
import { chipsOf, flat, readList, type Params } from "../list-params";
import { FILTER_LABELS, KIND_LABELS, ORIGIN_LABELS, outcomeLabel, shortId } from "./words";

export const AUDIT = "/audit";

const DAY_MS = 86_400_000;

/** What the URL says of the log: filters, the open row and how its values are shown. */
export function auditQuery(params: Params) {
  const { input, given, ignored } = readList(ListAudit, params, ["event", "view"]);
  const { event, view } = flat(params);
  const href: Href = (patch) => hrefWith(AUDIT, given, patch);
  /** The same page of the list with a row opened, or closed again. */
  const eventHref = (id: string | null, as?: "json") =>
    hrefWith(AUDIT, given, { ...cursors(given), event: id, view: as });
  const chips = chipsOf(given, href, FILTER_LABELS, wordOf);
  return { input, given, kept: given, ignored, href, eventHref, event, view, chips };
}

export type AuditQuery = ReturnType<typeof auditQuery>;

function cursors({ after, before }: Record<string, string>) {
  return { after, before };
}

function wordOf(name: string, value: string): string {
  switch (name) {
    case "kind":
      return KIND_LABELS[value] ?? value;
    case "origin":
      return ORIGIN_LABELS[value] ?? value;
    case "outcome":
      return outcomeLabel(value);
    case "from":
    case "to":
      return value.slice(0, 10);
    default:
      return shortId(value);
  }
}

/** Ranges that end now; a day as their start keeps the link the same until midnight UTC. */
export function ranges({ given, href }: AuditQuery, now: Date) {
  const since = (days: number) => new Date(now.getTime() - days * DAY_MS).toISOString().slice(0, 10);
  const choices = [
    { label: "All", from: null },
    { label: "2 d", from: since(1) },
    { label: "7 d", from: since(6) },
    { label: "30 d", from: since(29) },
  ];
  return choices.map(({ label, from }) => ({
    label,
    href: href({ from, to: null }),
    active: (given["from"] ?? null) === from && !given["to"],
  }));
}
