import type { ReactNode } from "react";
import { FilterChoices, FilterDays } from "@/components/data-table/filter-fields";
import { ListFilters, ListSearch } from "@/components/data-table/list-filters";
import { ROLES } from "@/lib/auth/permissions";
import { USER_STATUS, USER_STATUSES } from "@/lib/users/schema";
import { USERS, type UsersQuery } from "./list-query";
import { FILTER_LABELS, roleLabel } from "./user-words";

const STATUSES = USER_STATUSES.map((value) => ({ value, label: USER_STATUS[value].word }));
const ALL_ROLES = ROLES.map((value) => ({ value, label: roleLabel(value) }));

/** Search, chips and + Filter; `children` is the tag of the search mode. */
export function UserFilters({ query, children }: { query: UsersQuery; children: ReactNode }) {
  const { given } = query;
  return (
    <ListFilters
      action={USERS}
      query={query}
      className="pt-3.5"
      search={
        <ListSearch action={USERS} query={query} label="Search people" placeholder="Name or e-mail" mode={children} />
      }
      fields={Object.keys(FILTER_LABELS)}
    >
      <FilterChoices legend="Status" name="status" given={given} choices={STATUSES} />
      <FilterChoices legend="Role" name="role" given={given} choices={ALL_ROLES} />
      <FilterDays
        given={given}
        from={{ name: "created_after", label: "Created after" }}
        to={{ name: "created_before", label: "Created before" }}
      />
    </ListFilters>
  );
}
