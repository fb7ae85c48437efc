import { ScrollText } from "lucide-react";
import { ListFooter } from "@/components/data-table/list-footer";
import { FilteredAway } from "@/components/data-table/list-state";
import { Empty } from "@/components/ui/empty";
import { formatMs } from "@/components/ui/number";
import type { AuditPage } from "@/lib/audit/schema";
import type { Attempt } from "@/lib/next/load";
import { FailureState } from "../failure-state";
import { AuditTable } from "./audit-table";
import { AUDIT, type AuditQuery } from "./list-query";

export async function AuditList({ query, list }: { query: AuditQuery; list: Promise<Attempt<AuditPage>> }) {
  const result = await list;
  if (!result.ok) {
    return <FailureState failure={result.failure} what="the audit log" href={query.href({})} clearHref={AUDIT} />;
  }
  const { data, page, ms } = result.value;
  return (
    <>
      {data.length > 0 ? <AuditTable query={query} page={result.value} /> : <Nothing query={query} />}
      <ListFooter
        query={query}
        shown={data.length}
        page={page}
        order="newest"
        source={{ tile: "Pg", text: `PostgreSQL, ${formatMs(ms)}` }}
      />
    </>
  );
}

function Nothing({ query }: { query: AuditQuery }) {
  const [only] = query.chips;
  return (
    <div className="grid flex-1 border-t">
      {only ? (
        <FilteredAway
          title="No event fits these filters"
          remove={{ field: only.field, href: only.removeHref }}
          clearHref={AUDIT}
        >
          The audit keeps every event; another range or fewer filters will show some.
        </FilteredAway>
      ) : (
        <Empty icon={ScrollText} title="Nothing happened yet" role="status">
          Every change and every sign-in appears here.
        </Empty>
      )}
    </div>
  );
}
