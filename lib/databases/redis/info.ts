// What INFO says. A field that is absent belongs to an older server: it is null, never 0.
import "server-only";

export type Info = {
  text(field: string): string | null;
  number(field: string): number | null;
  /** 1 when the field has this value, 0 when it has another, null when it is absent. */
  is(field: string, value: string): number | null;
  hasSection(name: string): boolean;
  /** Fields that begin with `prefix`, without it, and their `a=1,b=2` as numbers. */
  groups(prefix: string): { name: string; fields: Record<string, number> }[];
  kilobytes: number;
};

export function parseInfo(answer: string): Info {
  const fields = new Map<string, string>();
  const sections = new Set<string>();
  for (const line of answer.split(/\r?\n/)) {
    if (line.startsWith("# ")) sections.add(line.slice(2).toLowerCase());
    const colon = line.indexOf(":");
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 1));
  }
  const text = (field: string) => fields.get(field) ?? null;
  return {
    text,
    number: (field) => numberOf(text(field)),
    is: (field, value) => (text(field) === null ? null : Number(text(field) === value)),
    hasSection: (name) => sections.has(name),
    groups: (prefix) =>
      [...fields].flatMap(([field, value]) =>
        field.startsWith(prefix) ? [{ name: field.slice(prefix.length), fields: pairsOf(value) }] : [],
      ),
    kilobytes: Math.ceil(answer.length / 1024),
  };
}

function numberOf(text: string | null): number | null {
  if (text === null || text.trim() === "") return null;
  const value = Number.parseFloat(text);
  return Number.isFinite(value) ? value : null;
}

function pairsOf(text: string): Record<string, number> {
  const pairs = text.split(",").map((pair) => pair.split("="));
  return Object.fromEntries(pairs.flatMap(([key = "", value = ""]) => (key ? [[key, Number(value) || 0]] : [])));
}
