import "server-only";
import { sql } from "drizzle-orm";
import { AppError } from "@/lib/core/errors";
import type { Actor } from "@/lib/core/operation";
import { toIso } from "@/lib/core/paging";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import type { Approval, AskedPreview, Status } from "./schema";

/** What waits beyond its time has expired, whether or not somebody has written that down yet. */
export const STATUS = sql`case when a.status = 'waiting' and a.expires_at <= now() then 'expired' else a.status end`;

export const COLUMNS = sql`
  a.id, a.action, a.permission, a.target_type, a.target_id,
  (select i.display_name from app.identity((a.preview #>> '{subjects,0}')::uuid) i) as subject_name, a.rule, a.reason, ${STATUS} as status,
  (
    select coalesce(jsonb_agg(jsonb_build_object('currency', m ->> 'currency', 'minor', (m ->> 'due_minor')::bigint)), '[]')
    from jsonb_array_elements(a.preview -> 'money') m
  ) as amounts,
  a.requested_by, (select i.display_name from app.identity(a.requested_by) i) as requested_by_name, a.requested_at,
  a.expires_at, a.decided_by, (select i.display_name from app.identity(a.decided_by) i) as decided_by_name,
  a.decided_at, a.decision_reason, a.version`;

export function toApproval(row: Approval): Approval {
  return {
    ...row,
    requested_at: toIso(row.requested_at),
    expires_at: toIso(row.expires_at),
    decided_at: toIso(row.decided_at),
  };
}

/** What still waits for somebody who may decide it and did not ask for it. */
export function waitsFor({ id, permissions }: Actor) {
  if (!permissions.has("approvals.decide")) return sql`false`;
  const held = `{${[...permissions].join(",")}}`;
  return sql`a.status = 'waiting' and a.expires_at > now() and a.requested_by <> ${id}::uuid
    and a.permission = any (${held}::text[])`;
}

/** A request as it is kept: what would be run is there while it waits. */
export type Held = {
  id: string;
  action: string;
  permission: string;
  input: Record<string, unknown> | null;
  preview: AskedPreview;
  status: Status;
  requested_by: string;
  version: number;
};

/** Throws `not_found`. `lock`: nobody else may decide it until the end of the transaction. */
export async function heldRequest(db: Pick<ReadDb, "execute">, id: string, lock = false): Promise<Held> {
  const [row] = await db.execute<Held>(sql`
    select a.id, a.action, a.permission, a.input, a.preview, ${STATUS} as status, a.requested_by, a.version
    from system.approvals a
    where a.id = ${id}::uuid ${lock ? sql`for update` : sql``}`);
  if (!row) throw new AppError("not_found", "There is no such request.");
  return row;
}

/** Why this person may not decide it; null when they may. */
export function refusal(
  { status, permission, requested_by }: Pick<Held, "status" | "permission" | "requested_by">,
  { id, permissions }: Actor,
): AppError | null {
  const settled = refusalOfSettled(status);
  if (settled) return settled;
  if (requested_by === id) return new AppError("forbidden", "You asked for this yourself; another person decides.");
  const held = new Set<string>(permissions);
  const missing = ["approvals.decide", permission].find((needed) => !held.has(needed));
  return missing === undefined ? null : new AppError("forbidden", `This needs the permission ${missing}.`);
}

export function refusalOfSettled(status: Status): AppError | null {
  if (status === "waiting") return null;
  return new AppError("conflict", `This request ${status === "expired" ? "has expired" : `was ${status} already`}.`);
}
