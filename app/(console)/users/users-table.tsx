import { ClockAlert } from "lucide-react";
import Link from "next/link";
import { Th } from "@/components/data-table/head-cell";
import { Row, Table, Td } from "@/components/data-table/table";
import { Avatar } from "@/components/ui/avatar";
import { formatNumber } from "@/components/ui/number";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { USER_STATUS, type UserPage, type UserRow } from "@/lib/users/schema";
import type { May } from "../viewer";
import { sortOf, type UsersQuery } from "./list-query";
import { Marked } from "./marked";
import { mayOf, targetOf } from "./user-target";
import { UserRowMenu } from "./user-row-menu";
import { roleLabel } from "./user-words";

type UsersTableProps = { query: UsersQuery; page: UserPage; may: May };

export function UsersTable({ query, page: { data, page }, may }: UsersTableProps) {
  const offered = mayOf(may);
  return (
    <Table caption={`People, ${formatNumber(data.length)} of ${formatNumber(page.estimated_total)}`} cards>
      <thead>
        <tr>
          <Th sort={sortOf(query, "name", "-name")}>Name</Th>
          <Th sort={sortOf(query, "email", "-email")}>E-mail</Th>
          <Th>Status</Th>
          <Th from="lg">Roles</Th>
          <Th sort={sortOf(query, "-seen", "seen", "seen")}>Last seen</Th>
          <Th from="lg" sort={sortOf(query, "oldest", "newest", "newest")}>
            Created
          </Th>
          <Th width={50}>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {data.map((user) => (
          <Row key={user.id}>
            <NameCell user={user} />
            <Td slot="sub" muted>
              <Marked text={user.highlight?.email ?? user.email} />
            </Td>
            <Td slot="side-2">
              <Status status={USER_STATUS[user.status]} />
            </Td>
            <Td from="lg">{user.roles.map(roleLabel).join(", ") || <span className="text-text-3">–</span>}</Td>
            <Td slot="side" muted>
              <Time value={user.last_seen_at} />
            </Td>
            <Td from="lg" muted>
              <Time value={user.created_at} mode="day" />
            </Td>
            <Td slot="menu" className="text-right">
              <UserRowMenu user={targetOf(user)} may={offered} />
            </Td>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function NameCell({ user }: { user: UserRow }) {
  return (
    <Td slot="title">
      <span className="flex min-w-0 items-center gap-2">
        <Avatar id={user.id} name={user.display_name} className="card-avatar" />
        <Link href={`/users/${user.id}`} prefetch={false} data-row-link="" className="truncate rounded-xs font-medium">
          <Marked text={user.highlight?.display_name ?? user.display_name} />
        </Link>
        {user.index_behind ? (
          <span title="Just changed: the search index still has the old entry" className="status text-warn">
            <ClockAlert size={13} aria-hidden />
            <span className="sr-only">The search index still has the old entry</span>
          </span>
        ) : null}
      </span>
    </Td>
  );
}
