import { hrefWith } from "@/components/data-table/params";
import { ListAudit } from "@/lib/audit/schema";
import { flat, readList, valuesOf, type Params } from "../list-params";
import { FILTER_LABELS, KIND_LABELS, ORIGIN_LABELS, outcomeLabel, shortId } from "./words";

export const AUDIT = "/audit";

/** The same log with some parameters changed; null removes one. */
type Href = (patch: Record<string, string | null>) => string;

const DAY_MS = 86_400_000;

/** What the URL says of the log: filters, the open row and how its values are shown. */
export function auditQuery(params: Params) {
  const { input, given, ignored } = readList(ListAudit, params, ["event", "view"]);
  const { event, view } = flat(params);
  const href: Href = (patch) => hrefWith(AUDIT, given, patch);
  /** The same page of the list with a row opened, or closed again. */
  const eventHref = (id: string | null, as?: "json") =>
    hrefWith(AUDIT, given, { ...cursors(given), event: id, view: as });
  return { input, given, ignored, href, eventHref, event, view, chips: chipsOf(given, href) };
}

export type AuditQuery = ReturnType<typeof auditQuery>;

function cursors({ after, before }: Record<string, string>) {
  return { after, before };
}

function chipsOf(given: Record<string, string>, href: Href) {
  return Object.keys(FILTER_LABELS)
    .filter((name) => given[name])
    .map((name) => ({
      name,
      field: FILTER_LABELS[name] ?? name,
      operator: valuesOf(given[name]).length > 1 ? "is any of" : "is",
      value: valuesOf(given[name])
        .map((value) => wordOf(name, value))
        .join(", "),
      removeHref: href({ [name]: null }),
    }));
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
