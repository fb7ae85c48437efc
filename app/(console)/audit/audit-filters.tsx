import { ListFilters } from "@/components/data-table/list-filters";
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
  return (
    <ListFilters
      action={AUDIT}
      query={query}
      search={<Segmented label="Time range" segments={ranges(query, new Date())} />}
      fields={FIELDS.map(({ name }) => name)}
    >
      <div className="grid gap-2.5 py-1.5">
        {FIELDS.map(({ name, label, hint, type }) => (
          <Field key={name} label={label} note={hint}>
            {(control) => (
              <Input
                {...control}
                type={type}
                name={name}
                defaultValue={shown(query.given[name], type)}
                autoComplete="off"
              />
            )}
          </Field>
        ))}
      </div>
    </ListFilters>
  );
}

function shown(value: string | undefined, type: string): string | undefined {
  return type === "date" ? value?.slice(0, 10) : value;
}
