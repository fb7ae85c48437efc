import type { z } from "zod";
import type { Href, ListChip } from "@/components/data-table/params";

export type Params = Record<string, string | string[] | undefined>;

type ListSchema = z.ZodType<unknown, unknown> & { shape: Record<string, z.ZodType> };

/** A parameter the list does not know or cannot use; an old link still opens and shows it as ignored. */
export type Ignored = { name: string; value: string };

type ListParams<S extends ListSchema> = { input: z.output<S>; given: Record<string, string>; ignored: Ignored[] };

/** Reads the URL of a list: what its schema accepts is the input, the rest is ignored and said so. */
export function readList<S extends ListSchema>(schema: S, params: Params, own: readonly string[] = []): ListParams<S> {
  const entries = Object.entries(flat(params)).filter(([name]) => !own.includes(name));
  const usable = ([name, value]: [string, string]) => schema.shape[name]?.safeParse(value).success === true;
  const given = Object.fromEntries(entries.filter(usable));
  if (given["after"] && given["before"]) {
    delete given["before"];
  }
  const ignored = entries.filter((entry) => !usable(entry)).map(([name, value]) => ({ name, value }));
  return { input: schema.parse(given), given, ignored };
}

/** Values that stand more than once (checkboxes) become a comma list; empty ones go. */
export function flat(params: Params): Record<string, string> {
  const entries = Object.entries(params).map(
    ([name, value]) => [name, [value].flat().filter(Boolean).join(",")] as const,
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== ""));
}

/** The values of a comma list. */
export function valuesOf(list: string | undefined): string[] {
  return list ? list.split(",") : [];
}

/** The comma list with one value added, or taken out when it is in; null when none is left. */
export function toggled(list: string | undefined, value: string): string | null {
  const values = valuesOf(list);
  const next = values.includes(value) ? values.filter((item) => item !== value) : [...values, value];
  return next.join(",") || null;
}

/** The filters that are set, in the order of their labels; each links to the list without it. */
export function chipsOf(
  given: Record<string, string>,
  href: Href,
  labels: Record<string, string>,
  wordOf: (name: string, value: string) => string,
): ListChip[] {
  return Object.entries(labels).flatMap(([name, field]) => {
    const values = valuesOf(given[name]);
    if (values.length === 0) return [];
    return {
      name,
      field,
      operator: values.length > 1 ? "is any of" : "is",
      value: values.map((value) => wordOf(name, value)).join(", "),
      removeHref: href({ [name]: null }),
    };
  });
}
