import Link from "next/link";
import { Count, formatMs, formatNumber } from "@/components/ui/number";
import { attempt, type Attempt } from "@/lib/next/load";
import { countUsers } from "@/lib/users/queries";
import type { UserPage } from "@/lib/users/schema";
import type { UsersQuery } from "./list-query";

type UserCountProps = { query: UsersQuery; list: Promise<Attempt<UserPage>>; mayCount: boolean };

/** Estimated at once, exact on demand. */
export async function UserCount({ query, list, mayCount }: UserCountProps) {
  if (query.exactly && mayCount) {
    return <ExactCount query={query} />;
  }
  const result = await list;
  if (!result.ok) {
    return null;
  }
  const { estimated_total: total, exact } = result.value.page;
  return (
    <>
      <span className="ml-1 text-text-3">
        <Count value={total} exact={exact} />
      </span>
      {mayCount && !exact ? (
        <Link href={query.href({ count: "exact" })} scroll={false} prefetch={false} className="link ml-1 text-sm">
          Count exactly
        </Link>
      ) : null}
    </>
  );
}

async function ExactCount({ query: { input } }: { query: UsersQuery }) {
  const { sort: _sort, limit: _limit, after: _after, before: _before, ...filters } = input;
  const counted = await attempt(countUsers, filters);
  return (
    <span role="status" className="ml-1 text-text-3">
      {counted.ok
        ? `${formatNumber(counted.value.total)} exact, counted in ${formatMs(counted.value.source.ms)}`
        : `Not counted: ${counted.failure.message}`}
    </span>
  );
}
