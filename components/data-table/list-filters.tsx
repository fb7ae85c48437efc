import Form from "next/form";
import Link from "next/link";
import type { ReactNode } from "react";
import { Chip } from "../ui/chip";
import { cn } from "../ui/cn";
import { FilterMenu } from "./filter-menu";
import type { ListQuery } from "./params";
import { SearchField } from "./search-field";

type ListFiltersProps = {
  /** The page whose URL takes them. */
  action: string;
  query: ListQuery;
  /** `ListSearch`, or a range of time. */
  search: ReactNode;
  /** Between the search and the chips. */
  tabs?: ReactNode;
  /** Parameters the fields set; everything else is kept. */
  fields?: readonly string[];
  aside?: ReactNode;
  className?: string;
  /** The fields of + Filter, where a list has some. */
  children?: ReactNode;
};

/** Search, tabs, chips, + Filter, then sort or columns at the right; what the list does not know stands there as ignored. */
export function ListFilters({
  action,
  query,
  search,
  tabs,
  fields = [],
  aside,
  className,
  children,
}: ListFiltersProps) {
  const { kept, chips, ignored, href } = query;
  return (
    <div className={cn("flex flex-none flex-wrap items-center gap-2 py-2.5", className)}>
      {search}
      {tabs}
      {chips.map(({ name, ...chip }) => (
        <Chip key={name} {...chip} />
      ))}
      {ignored.map(({ name, value }) => (
        <Chip key={name} field={name} operator="ignored" value={value} removeHref={href({})} />
      ))}
      {children ? (
        <FilterMenu action={action} keep={without(kept, fields)}>
          {children}
        </FilterMenu>
      ) : null}
      {chips.length > 0 ? (
        <Link href={cleared(query)} scroll={false} className="px-1.5 font-medium text-text-2 hover:text-text">
          Clear
        </Link>
      ) : null}
      {aside ? <span className="ml-auto flex items-center gap-1">{aside}</span> : null}
    </div>
  );
}

/** The same list without any filter. */
export function cleared({ chips, href }: Pick<ListQuery, "chips" | "href">): string {
  return href(Object.fromEntries(chips.map(({ name }) => [name, null])));
}

type ListSearchProps = { action: string; query: ListQuery; label: string; placeholder: string; mode: ReactNode };

/** Works without a script too: a plain form that keeps the filters. */
export function ListSearch({ action, query: { kept }, mode, ...words }: ListSearchProps) {
  return (
    <Form action={action} className="max-md:w-full">
      {Object.entries(without(kept, ["q"])).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <SearchField {...words} value={kept["q"] ?? ""} mode={mode} />
    </Form>
  );
}

/** Cursors never stay: they belong to the old order. */
function without(kept: Record<string, string>, names: readonly string[]): Record<string, string> {
  const gone = ["after", "before", ...names];
  return Object.fromEntries(Object.entries(kept).filter(([name]) => !gone.includes(name)));
}
