import { Users } from "lucide-react";
import { ListFooter } from "@/components/data-table/list-footer";
import { Pager } from "@/components/data-table/pager";
import { Empty } from "@/components/ui/empty";
import { Count, formatMs, formatNumber } from "@/components/ui/number";
import { Segmented } from "@/components/ui/segmented";
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

const FRAME = "-mx-5 grid min-h-0 flex-1 border-t max-md:-mx-4";
const SIZES = [25, 50, 100];

export async function UsersList({ query, list, may }: UsersListProps) {
  const result = await list;
  if (!result.ok) {
    return (
      <div className={FRAME}>
        <FailureState failure={result.failure} what="people" href={query.href({})} clearHref={query.href({})} />
      </div>
    );
  }
  const { data, page, source } = result.value;
  const filtered = query.input.q !== undefined || query.chips.length > 0;
  return (
    <>
      {data.length > 0 ? (
        <UsersTable query={query} page={result.value} may={may} />
      ) : (
        <div className={FRAME}>
          {filtered ? (
            <NoUsers query={query} may={may} />
          ) : (
            <Empty icon={Users} title="No people yet" role="status">
              They appear here when they sign up.
            </Empty>
          )}
        </div>
      )}
      <ListFooter
        source={{
          tile: source.store === "postgres" ? "Pg" : "Es",
          text: sourceText(source),
          degraded: source.degraded,
        }}
        aside={<PageSize query={query} />}
        pager={
          <Pager
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

function PageSize({ query }: { query: UsersQuery }) {
  const sizes = SIZES.map((size) => ({
    label: String(size),
    href: query.href({ limit: size }),
    active: query.input.limit === size,
  }));
  return (
    <span className="flex items-center gap-2 max-md:hidden">
      Rows <Segmented small label="Rows on a page" segments={sizes} />
    </span>
  );
}

function sourceText({ store, degraded, ms }: ListSource): string {
  if (degraded) {
    return `PostgreSQL in place of Elasticsearch, ${formatMs(ms)}`;
  }
  return `${store === "postgres" ? "PostgreSQL" : "Elasticsearch"}, ${formatMs(ms)}`;
}
