import type { Metadata } from "next";
import { Suspense } from "react";
import { Page, PageTitle } from "@/components/shell/page";
import { attempt } from "@/lib/next/load";
import { listUsers } from "@/lib/users/queries";
import type { Params } from "../list-params";
import { viewer } from "../viewer";
import { usersQuery } from "./list-query";
import { SearchMode } from "./search-mode";
import { UserCount } from "./user-count";
import { UserFilters } from "./user-filters";
import { UsersList } from "./users-list";
import { UsersSkeleton } from "./users-skeleton";

export const metadata: Metadata = { title: "Users" };

export default async function UsersPage({ searchParams }: { searchParams: Promise<Params> }) {
  const query = usersQuery(await searchParams);
  const { may } = await viewer();
  const list = attempt(listUsers, query.input);
  return (
    <Page list crumbs={[{ label: "Users" }]}>
      <PageTitle title="Users">
        <Suspense>
          <UserCount query={query} list={list} mayCount={may("users.count")} />
        </Suspense>
      </PageTitle>
      <UserFilters query={query}>
        <Suspense>
          <SearchMode query={query} list={list} />
        </Suspense>
      </UserFilters>
      <Suspense fallback={<UsersSkeleton />}>
        <UsersList query={query} list={list} may={may} />
      </Suspense>
    </Page>
  );
}
