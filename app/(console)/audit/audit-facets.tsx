import { SlidersHorizontal } from "lucide-react";
import { Facet, FacetValue } from "@/components/data-table/facets";
import type { AuditFacets as Facets } from "@/lib/audit/schema";
import type { Attempt } from "@/lib/next/load";
import { toggled, valuesOf } from "../list-params";
import type { AuditQuery } from "./list-query";
import { KIND_LABELS, ORIGIN_LABELS, outcomeLabel } from "./words";

type FacetName = "outcome" | "kind" | "noun" | "action" | "origin";

const FACETS: readonly { name: FacetName; title: string; many: boolean; word: (value: string) => string }[] = [
  { name: "outcome", title: "Outcome", many: false, word: outcomeLabel },
  { name: "kind", title: "Kind", many: true, word: (value) => KIND_LABELS[value] ?? value },
  { name: "action", title: "Action", many: false, word: (value) => value },
  { name: "noun", title: "Record", many: false, word: (value) => value },
  { name: "origin", title: "From", many: true, word: (value) => ORIGIN_LABELS[value] ?? value },
];

/** Links that narrow the log, each with how many events it would leave. */
export async function AuditFacets({ query, facets }: { query: AuditQuery; facets: Promise<Attempt<Facets>> }) {
  const found = await facets;
  if (!found.ok) {
    return <div className="border-r max-lg:hidden" />;
  }
  const lists = (
    <>
      {FACETS.map(({ name, title, many, word }) => (
        <Facet key={name} title={title}>
          {found.value[name]
            .filter(({ value }) => value !== "")
            .map(({ value, count }) => {
              const active = valuesOf(query.given[name]).includes(value);
              const next = many ? toggled(query.given[name], value) : active ? null : value;
              return (
                <FacetValue
                  key={value}
                  label={word(value)}
                  count={count}
                  active={active}
                  href={query.href({ [name]: next })}
                />
              );
            })}
        </Facet>
      ))}
      {found.value.exact ? null : <p className="py-2.5 text-sm text-text-3">Counted over the newest 10,000 events.</p>}
    </>
  );
  return (
    <>
      <aside aria-label="Narrow the log" className="overflow-y-auto border-r pr-4 pl-5 max-lg:hidden">
        {lists}
      </aside>
      <details className="border-b px-5 max-md:px-4 lg:hidden">
        <summary className="flex min-h-11 list-none items-center gap-2 font-medium">
          <SlidersHorizontal size={14} aria-hidden />
          Narrow the log
        </summary>
        {lists}
      </details>
    </>
  );
}
