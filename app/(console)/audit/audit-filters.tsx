import Link from "next/link";
import { FilterBar } from "@/components/data-table/filter-bar";
import { FilterMenu } from "@/components/data-table/filter-menu";
import { Chip } from "@/components/ui/chip";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { AUDIT, ranges, type AuditQuery } from "./list-query";

const FIELDS = [
  { name: "actor", label: "Actor", hint: "the id of a person", type: "text" },
  { name: "subject", label: "About", hint: "the id of a person", type: "text" },
  { name: "request_id", label: "Request", hint: "the reference of an answer", type: "text" },
  { name: "from", label: "Since, UTC", hint: undefined, type: "date" },
  { name: "to", label: "Until, UTC", hint: undefined, type: "date" },
];

/** Range, chips and + Filter of the log. */
export function AuditFilters({ query }: { query: AuditQuery }) {
  const { given, chips, ignored, href } = query;
  const { kind, noun, action, outcome, origin, target, limit } = given;
  return (
    <FilterBar
      search={<Segmented label="Time range" segments={ranges(query, new Date())} />}
      chips={
        <>
          {chips.map(({ name, ...chip }) => (
            <Chip key={name} {...chip} />
          ))}
          {ignored.map(({ name, value }) => (
            <Chip key={name} field={name} operator="ignored" value={value} removeHref={href({})} />
          ))}
          <FilterMenu action={AUDIT} keep={{ kind, noun, action, outcome, origin, target, limit }}>
            <div className="grid gap-2.5 py-1.5">
              {FIELDS.map(({ name, label, hint, type }) => (
                <Field key={name} label={label} note={hint}>
                  {(control) => (
                    <Input
                      {...control}
                      type={type}
                      name={name}
                      defaultValue={shown(given[name], type)}
                      autoComplete="off"
                    />
                  )}
                </Field>
              ))}
            </div>
          </FilterMenu>
          {chips.length > 0 ? (
            <Link href={AUDIT} scroll={false} className="px-1.5 font-medium text-text-2 hover:text-text">
              Clear
            </Link>
          ) : null}
        </>
      }
    />
  );
}

function shown(value: string | undefined, type: string): string | undefined {
  return type === "date" ? value?.slice(0, 10) : value;
}
