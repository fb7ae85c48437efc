import "server-only";
import { sql } from "drizzle-orm";
import { users } from "@/drizzle/schema/users";
import { AppError } from "@/lib/core/errors";
import type { Change } from "@/lib/core/operation";
import type { Db } from "@/lib/databases/postgres/pool";
import type { User } from "./schema";
import { missing, seenRow } from "./status";

export const EDITABLE = ["display_name", "email", "locale", "time_zone", "country"] as const;

export type Edits = Partial<Pick<User, (typeof EDITABLE)[number]>>;

const OLD = {
  display_name: sql<string>`old.display_name`,
  email: sql<string>`old.email`,
  locale: sql<string>`old.locale`,
  time_zone: sql<string>`old.time_zone`,
  country: sql<string | null>`old.country`,
};

/** Writes the given fields and answers those that really changed. Throws AppError `conflict` when none did. */
export async function saveEdits(
  tx: Db,
  target: { id: string; version: number },
  edits: Edits,
): Promise<Change<"user", User>> {
  const [row] = await tx
    .update(users)
    .set({ ...edits, version: sql`${users.version} + 1`, updated_at: sql`now()` })
    .where(seenRow(target.id, target.version))
    .returning({ version: users.version, ...OLD });
  if (!row) throw await missing(tx, target);
  const changed = EDITABLE.filter((field) => edits[field] !== undefined && edits[field] !== row[field]);
  if (changed.length === 0) throw new AppError("conflict", "Nothing to change.");
  return {
    entity: "user",
    id: target.id,
    version: row.version,
    before: pick(row, changed),
    after: pick(edits, changed),
    subject: target.id,
  };
}

function pick(record: Edits, fields: readonly (keyof Edits)[]): Edits {
  return Object.fromEntries(fields.map((field) => [field, record[field]]));
}
