const FIELDS = ["display_name", "email", "locale", "time_zone", "country"] as const;

/** The fields of a person that can be edited, as text; "" stands for none. */
export type Edits = Record<(typeof FIELDS)[number], string>;

export function editsOf(record: Record<string, unknown>): Edits {
  const text = (field: keyof Edits) => (typeof record[field] === "string" ? record[field] : "");
  return {
    display_name: text("display_name"),
    email: text("email"),
    locale: text("locale"),
    time_zone: text("time_zone"),
    country: text("country"),
  };
}

/** Only what I changed is sent, so that nothing else is written over. */
export function changed(base: Edits, mine: Edits): Partial<Edits> {
  const fields = FIELDS.filter((field) => mine[field].trim() !== base[field]);
  return Object.fromEntries(fields.map((field) => [field, mine[field].trim()]));
}

/** My changes on top of the newest record. */
export function rebased(base: Edits, mine: Edits, newest: Edits): Edits {
  return { ...newest, ...changed(base, mine) };
}
