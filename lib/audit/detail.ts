import "server-only";
import { and, eq, gte, lte } from "drizzle-orm";
import { audit_events as events } from "@/drizzle/schema/audit";
import { AuditBody } from "@/lib/core/audit";
import type { Revealed } from "@/lib/core/audit-reader";
import { AppError } from "@/lib/core/errors";
import type { ReadScope } from "@/lib/core/operation";
import { eventColumns, namesIn, toEvent } from "./rows";
import type { AuditDetail } from "./schema";

/** The id is made in the same moment as `at`, so that it says where in the partitions to look. */
const CLOCK_SLACK_MS = 5000;

export async function eventDetail(scope: ReadScope<"audit">, id: string): Promise<AuditDetail> {
  const row = await find(scope, id);
  const mayRead = scope.ctx.actor.permissions.has("users.read");
  const [names, undos, revealed] = await Promise.all([
    namesIn([row], scope),
    scope.undoOf([id]),
    mayRead && row.target_id !== null ? scope.reveal({ ...row, target_id: row.target_id }) : null,
  ]);
  const body = AuditBody.parse(JSON.parse(row.body));
  return {
    ...toEvent(row, names, undos.get(id) ?? null),
    reason: body.reason ?? revealed?.reason ?? null,
    before: { ...body.before, ...revealed?.before },
    after: { ...body.after, ...revealed?.after },
    personal: { fields: body.fields ?? [], state: personalState(row.sealed !== null, mayRead, revealed) },
    version: body.version ?? null,
    undoes: body.undoes ?? null,
    approval: body.approval ?? null,
    ip_prefix: body.ip_prefix ?? null,
    hash: row.hash.toString("hex"),
  };
}

async function find({ db }: ReadScope<"audit">, id: string) {
  const at = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
  const near = (offsetMs: number) => new Date(at + offsetMs).toISOString();
  const [row] = await db
    .select({ ...eventColumns, sealed: events.sealed, hash: events.hash })
    .from(events)
    .where(and(eq(events.id, id), gte(events.at, near(-CLOCK_SLACK_MS)), lte(events.at, near(CLOCK_SLACK_MS))));
  if (!row) throw new AppError("not_found", "There is no such event.");
  return row;
}

function personalState(sealed: boolean, mayRead: boolean, revealed: Revealed | null): AuditDetail["personal"]["state"] {
  if (!sealed) return "none";
  if (!mayRead) return "hidden";
  return revealed ? "shown" : "erased";
}
