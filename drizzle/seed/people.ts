// The people of the demo platform as rows of PostgreSQL.
import type postgres from "postgres";
import { makePerson, type Person } from "./person";
import { makeStaff, type Staff } from "./staff";

export type Platform = { staff: readonly Staff[]; people: readonly Person[] };

/** `count` people in all, the staff among them. */
export function makePlatform(seed: number, count: number, today: Date): Platform {
  const taken = new Set<string>();
  const staff = makeStaff(seed, today, taken);
  const admins = staff.filter(({ role }) => role === "admin").map(({ row }) => row.id);
  const people: Person[] = [];
  for (let index = staff.length; index < count; index += 1) {
    const person = makePerson(seed, index, today, taken);
    const { row, random } = person;
    if (row.status === "invited") row.invited_by = random.pick(admins);
    if (row.status === "suspended") row.suspended_by = random.pick(admins);
    people.push(person);
  }
  return { staff, people };
}

/** Repeating it adds only what is missing. Runs as the migrator: nobody else may choose when a row was made. */
export async function insertPlatform(tx: postgres.TransactionSql, { staff, people }: Platform): Promise<void> {
  const rows = JSON.stringify([...staff, ...people].map(({ row }) => row));
  await tx`
    INSERT INTO app.users (
      id, email, display_name, status, suspended_reason, suspended_until, suspended_by, invited_by,
      email_verified_at, locale, time_zone, country, last_seen_at, epoch, version, created_at, updated_at, deleted_at
    )
    SELECT
      id, email, display_name, status, suspended_reason, suspended_until, suspended_by, invited_by,
      email_verified_at, locale, time_zone, country, last_seen_at, epoch, version, created_at, updated_at, deleted_at
    FROM jsonb_populate_recordset(NULL::app.users, ${rows}::text::jsonb)
    ON CONFLICT DO NOTHING`;
  const roles = JSON.stringify(
    staff.map(({ role, row }) => ({ user_id: row.id, role_code: role, granted_at: row.created_at })),
  );
  await tx`
    INSERT INTO app.user_roles (user_id, role_code, granted_at)
    SELECT user_id, role_code, granted_at FROM jsonb_populate_recordset(NULL::app.user_roles, ${roles}::text::jsonb)
    ON CONFLICT DO NOTHING`;
}
