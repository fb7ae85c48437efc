import { ScrollText } from "lucide-react";
import { ListFooter } from "@/components/data-table/list-footer";
import { FilteredAway } from "@/components/data-table/list-state";
import { Pager } from "@/components/data-table/pager";
import { Empty } from "@/components/ui/empty";
import { Count, formatMs, formatNumber } from "@/components/ui/number";
import type { AuditPage } from "@/lib/audit/schema";
import type { Attempt } from "@/lib/next/load";
import { FailureState } from "../failure-state";
import { AuditTable } from "./audit-table";
import { AUDIT, type AuditQuery } from "./list-query";

const WORDS = { previous: "Newer", next: "Older" };

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
        source={{ tile: "Pg", text: `PostgreSQL, ${formatMs(ms)}` }}
        pager={
          <Pager
            words={WORDS}
            first={query.input.after || query.input.before ? query.href({}) : null}
            previous={page.previous ? query.href({ before: page.previous }) : null}
            next={page.next ? query.href({ after: page.next }) : null}
          />
        }
      >
        <b className="font-medium text-text">{formatNumber(data.length)}</b> of{" "}
        <Count value={page.estimated_total} exact={page.exact} />
      </ListFooter>
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
