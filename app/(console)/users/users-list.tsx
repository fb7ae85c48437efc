import { Users } from "lucide-react";
import { ListFooter, PAGE_SIZES } from "@/components/data-table/list-footer";
import { ListFrame } from "@/components/data-table/list-state";
import { Empty } from "@/components/ui/empty";
import { formatMs } from "@/components/ui/number";
import type { Attempt } from "@/lib/next/load";
import type { ListSource, UserPage } from "@/lib/users/schema";
import { FailureState } from "../failure-state";
import type { May } from "../viewer";
import type { UsersQuery } from "./list-query";
import { NoUsers } from "./no-users";
import { UsersTable } from "./users-table";

type UsersListProps = {
  query: UsersQuery;
  list: Promise<Attempt<UserPage>>;
  may: May;
};

export async function UsersList({ query, list, may }: UsersListProps) {
  const result = await list;
  if (!result.ok) {
    return (
      <ListFrame>
        <FailureState failure={result.failure} what="people" href={query.href({})} clearHref={query.href({})} />
      </ListFrame>
    );
  }
  const { data, page, source } = result.value;
  const filtered = query.input.q !== undefined || query.chips.length > 0;
  return (
    <>
      {data.length > 0 ? (
        <UsersTable query={query} page={result.value} may={may} />
      ) : (
        <ListFrame>
          {filtered ? (
            <NoUsers query={query} may={may} />
          ) : (
            <Empty icon={Users} title="No people yet" role="status">
              They appear here when they sign up.
            </Empty>
          )}
        </ListFrame>
      )}
      <ListFooter
        query={query}
        shown={data.length}
        page={page}
        sizes={PAGE_SIZES}
        source={{
          tile: source.store === "postgres" ? "Pg" : "Es",
          text: sourceText(source),
          degraded: source.degraded,
        }}
      />
    </>
  );
}

function sourceText({ store, degraded, ms }: ListSource): string {
  if (degraded) {
    return `PostgreSQL in place of Elasticsearch, ${formatMs(ms)}`;
  }
  return `${store === "postgres" ? "PostgreSQL" : "Elasticsearch"}, ${formatMs(ms)}`;
}
