import Form from "next/form";
import Link from "next/link";
import type { ReactNode } from "react";
import { FilterBar } from "@/components/data-table/filter-bar";
import { FilterGroup, FilterMenu } from "@/components/data-table/filter-menu";
import { SearchField } from "@/components/data-table/search-field";
import { Checkbox } from "@/components/ui/checkbox";
import { Chip } from "@/components/ui/chip";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ROLES } from "@/lib/auth/permissions";
import { USER_STATUS, USER_STATUSES } from "@/lib/users/schema";
import { valuesOf } from "../list-params";
import { USERS, type UsersQuery } from "./list-query";
import { roleLabel } from "./user-words";

/** Search, chips and + Filter; `children` is the tag of the search mode. */
export function UserFilters({ query, children }: { query: UsersQuery; children: ReactNode }) {
  const { given, ignored, chips, href } = query;
  const { q, mode, sort, limit, status, role, created_after, created_before } = given;
  const clear = href({ status: null, role: null, created_after: null, created_before: null });
  return (
    <FilterBar
      className="pt-3.5"
      search={
        <Form action={USERS} className="max-md:w-full">
          <Keep values={{ mode, sort, limit, status, role, created_after, created_before }} />
          <SearchField label="Search people" placeholder="Name or e-mail" value={q ?? ""} mode={children} />
        </Form>
      }
      chips={
        <>
          {chips.map(({ name, ...chip }) => (
            <Chip key={name} {...chip} />
          ))}
          {ignored.map(({ name, value }) => (
            <Chip key={name} field={name} operator="ignored" value={value} removeHref={href({})} />
          ))}
          <FilterMenu action={USERS} keep={{ q, mode, sort, limit }}>
            <Choices given={given} />
          </FilterMenu>
          {chips.length > 0 ? (
            <Link href={clear} scroll={false} className="px-1.5 font-medium text-text-2 hover:text-text">
              Clear
            </Link>
          ) : null}
        </>
      }
    />
  );
}

function Keep({ values }: { values: Record<string, string | undefined> }) {
  return Object.entries(values).map(([name, value]) =>
    value ? <input key={name} type="hidden" name={name} value={value} /> : null,
  );
}

function Choices({ given }: { given: Record<string, string> }) {
  return (
    <>
      <FilterGroup legend="Status">
        {USER_STATUSES.map((value) => (
          <Checkbox
            key={value}
            name="status"
            value={value}
            label={USER_STATUS[value].word}
            defaultChecked={valuesOf(given["status"]).includes(value)}
          />
        ))}
      </FilterGroup>
      <FilterGroup legend="Role">
        {ROLES.map((value) => (
          <Checkbox
            key={value}
            name="role"
            value={value}
            label={roleLabel(value)}
            defaultChecked={valuesOf(given["role"]).includes(value)}
          />
        ))}
      </FilterGroup>
      <div className="grid grid-cols-2 gap-2 py-1.5">
        <DateField name="created_after" label="Created after" value={given["created_after"]} />
        <DateField name="created_before" label="Created before" value={given["created_before"]} />
      </div>
    </>
  );
}

function DateField({ name, label, value }: { name: string; label: string; value: string | undefined }) {
  return (
    <Field label={label}>
      {(control) => <Input {...control} type="date" name={name} defaultValue={value?.slice(0, 10)} />}
    </Field>
  );
}
