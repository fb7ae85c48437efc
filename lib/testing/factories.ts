// People and those who act on them, written straight into the file's own database.
import { randomBytes, randomUUID } from "node:crypto";
import { ROLE_DEFAULTS, type Role } from "@/lib/auth/permissions";
import type { Actor, Context } from "@/lib/core/operation";
import { database } from "./database";

export type Person = { id: string; version: number; email: string; display_name: string };

type Details = { email?: string; display_name?: string; status?: string; suspended_reason?: string | null };

/** An active person at version 1, whom no other test knows. */
export async function person(details: Details = {}): Promise<Person> {
  const { email = `${randomUUID()}@example.com`, display_name = "Ana Núñez", status = "active" } = details;
  const reason = details.suspended_reason ?? (status === "suspended" ? "for a reason" : null);
  const sql = await database();
  const [row] = await sql<Person[]>`
    insert into app.users (email, display_name, status, suspended_reason)
    values (${email}, ${display_name}, ${status}, ${reason})
    returning id, version, email, display_name`;
  return first(row);
}

/** A live session; answers its hash. */
export async function session(userId: string): Promise<Buffer> {
  const hash = randomBytes(32);
  const sql = await database();
  await sql`
    insert into system.sessions (id_hash, user_id, user_epoch)
    select ${hash}, id, epoch from app.users where id = ${userId}`;
  return hash;
}

/** A person of staff, signed in. */
export async function staff(role: Role = "superadmin", details: Details = {}): Promise<Actor> {
  const { id } = await person(details);
  const sql = await database();
  await sql`insert into app.user_roles (user_id, role_code) values (${id}, ${role})`;
  return { kind: "user", id, session: await session(id), epoch: 0, permissions: new Set(ROLE_DEFAULTS[role]) };
}

export function context(actor: Actor, details: Partial<Context> = {}): Context {
  return { requestId: randomUUID(), actor, origin: "ui", ...details };
}

function first<T>(row: T | undefined): T {
  if (row === undefined) throw new Error("Nothing was written.");
  return row;
}
