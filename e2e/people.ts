// People the specs make for themselves, and what the stores hold about them, read with the administrator's rights.
import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { hash } from "@node-rs/argon2";
import type { Role } from "@/lib/auth/permissions";
import { platformEnv } from "./platform";

export type Person = { id: string; email: string; name: string };
export type Staff = Person & { password: string };

/** For statements of a spec; the platform itself never uses these rights. */
export const database = postgres(platformEnv().ADMIN_DATABASE_URL ?? "", {
  max: 2,
  idle_timeout: 5,
  onnotice: () => {},
});

/** Letters only, so that a search for the name finds this person and hardly anybody else. */
function unique(): string {
  return [...randomUUID().replaceAll("-", "").slice(0, 10)]
    .map((digit) => "abcdefghijklmnop"[parseInt(digit, 16)])
    .join("");
}

/** An active person known to no other spec, marked for the search index. */
export async function person(status: "active" | "suspended" = "active"): Promise<Person> {
  const word = unique();
  const name = `Zora ${word.charAt(0).toUpperCase()}${word.slice(1)}`;
  const email = `zora.${word}@example.com`;
  const reason = status === "suspended" ? "Reported by three customers" : null;
  const [row] = await database<{ id: string }[]>`
    insert into app.users (email, display_name, status, suspended_reason)
    values (${email}, ${name}, ${status}, ${reason}) returning id`;
  if (!row) throw new Error("Nobody was written.");
  await database`select system.mark_dirty('user', array[${row.id}]::text[], array[1]::bigint[], 'upsert', 'e2e')`;
  return { id: row.id, email, name };
}

/** A person of staff who can sign in. */
export async function staff(role: Role): Promise<Staff> {
  const someone = await person();
  const password = `a long password for ${role}`;
  const passwordHash = await hash(password, { memoryCost: 47_104, timeCost: 1, parallelism: 1 });
  await database`insert into app.user_roles (user_id, role_code) values (${someone.id}, ${role})`;
  await database`insert into system.credentials (user_id, password_hash) values (${someone.id}, ${passwordHash})`;
  return { ...someone, password };
}

/** The row as it is in PostgreSQL now. */
export async function rowOf(
  id: string,
): Promise<{ status: string; version: number; display_name: string; email: string }> {
  const [row] = await database<{ status: string; version: number; display_name: string; email: string }[]>`
    select status, version, display_name, email from app.users where id = ${id}`;
  if (!row) throw new Error(`There is no person ${id}.`);
  return row;
}

/** The actions audited about a person, oldest first. */
export async function eventsAbout(id: string): Promise<string[]> {
  const rows = await database<{ action: string }[]>`
    select action from system.audit_events where subject_id = ${id} order by at, id`;
  return rows.map(({ action }) => action);
}
