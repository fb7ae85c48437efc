import { ExactCount, ListCount } from "@/components/data-table/list-count";
import { formatMs, formatNumber } from "@/components/ui/number";
import { attempt, type Attempt } from "@/lib/next/load";
import { countUsers } from "@/lib/users/queries";
import type { UserPage } from "@/lib/users/schema";
import type { UsersQuery } from "./list-query";

type UserCountProps = { query: UsersQuery; list: Promise<Attempt<UserPage>>; mayCount: boolean };

/** Estimated at once, exact on demand. */
export async function UserCount({ query, list, mayCount }: UserCountProps) {
  if (query.exactly && mayCount) {
    const { sort: _sort, limit: _limit, after: _after, before: _before, ...filters } = query.input;
    const counted = await attempt(countUsers, filters);
    return (
      <ExactCount>
        {counted.ok
          ? `${formatNumber(counted.value.total)} exact, counted in ${formatMs(counted.value.source.ms)}`
          : `Not counted: ${counted.failure.message}`}
      </ExactCount>
    );
  }
  const result = await list;
  return result.ok ? <ListCount page={result.value.page} {...(mayCount ? { href: query.href } : {})} /> : null;
}
