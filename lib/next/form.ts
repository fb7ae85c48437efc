import "server-only";
import { AppError } from "@/lib/core/errors";
import type { Strict } from "@/lib/core/operation";
import type { Options } from "@/lib/core/job";

/** The fields of a form as an input, and its `_plan` and `_key`. */
export function readForm(form: FormData, schema: Strict): { input: object; options: Options } {
  const fields = new Map<string, string[]>();
  for (const [name, value] of form) {
    if (name.startsWith("$ACTION")) continue;
    if (typeof value !== "string") throw new AppError("malformed", "Files cannot be sent here.");
    fields.set(name, [...(fields.get(name) ?? []), value]);
  }
  const options = { plan: taken(fields, "_plan"), key: taken(fields, "_key") };
  const entries = [...fields].flatMap(([name, values]) => {
    const value = values.length === 1 ? meant(schema, name, values[0] ?? "") : values;
    return value === undefined ? [] : [[name, value] as const];
  });
  return { input: Object.fromEntries(entries), options };
}

/** An empty field means "none" where the schema has a word for it, "not given" where it may be left out. */
function meant(schema: Strict, name: string, value: string): string | null | undefined {
  const field = schema.shape[name];
  if (value !== "" || field === undefined) return value;
  if (field.safeParse(null).success) return null;
  return field.safeParse(undefined).success ? undefined : value;
}

function taken(fields: Map<string, string[]>, name: string): string | undefined {
  const [value] = fields.get(name) ?? [];
  fields.delete(name);
  return value || undefined;
}
