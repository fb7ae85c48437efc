import "server-only";
import { audit_events as events } from "@/drizzle/schema/audit";
import { AuditBody } from "@/lib/core/audit";
import type { AuditReader } from "@/lib/core/audit-reader";
import { toIso } from "@/lib/core/paging";
import type { AuditEvent, AuditKind, AuditUndo, Party } from "./schema";

export const eventColumns = {
  id: events.id,
  at: events.at,
  shard: events.shard,
  seq: events.seq,
  kind: events.kind,
  action: events.action,
  noun: events.noun,
  actor_id: events.actor_id,
  target_type: events.target_type,
  target_id: events.target_id,
  subject_id: events.subject_id,
  request_id: events.request_id,
  body: events.body,
};

export type EventRow = {
  id: string;
  at: string;
  shard: number;
  seq: number;
  kind: AuditKind;
  action: string;
  noun: string | null;
  actor_id: string | null;
  target_type: string | null;
  target_id: string | null;
  subject_id: string | null;
  request_id: string | null;
  body: string;
};

type Names = ReadonlyMap<string, string>;

/** Names of the people these events are by and about, in one statement for all of them. */
export function namesIn(rows: readonly EventRow[], reader: Pick<AuditReader, "names">): Promise<Names> {
  const people = rows.flatMap((row) => [row.actor_id, row.target_type === "user" ? row.target_id : null]);
  return reader.names([...new Set(people.filter((id) => id !== null))]);
}

export function toEvent(row: EventRow, names: Names, undo: AuditUndo | null): AuditEvent {
  const body = AuditBody.parse(JSON.parse(row.body));
  return {
    id: row.id,
    number: `${row.shard}-${row.seq}`,
    at: toIso(row.at),
    kind: row.kind,
    action: row.action,
    noun: row.noun ?? "",
    outcome: body.outcome ?? "done",
    actor: row.actor_id === null ? null : party(body.actor_kind ?? "user", row.actor_id, names),
    target: row.target_id === null ? null : party(row.target_type ?? "", row.target_id, names),
    subject_id: row.subject_id,
    request_id: row.request_id,
    origin: body.origin,
    fields: changedFields(body),
    undo,
  };
}

function party(kind: string, id: string, names: Names): Party {
  return { kind, id, name: names.get(id) ?? null };
}

function changedFields(body: AuditBody): string[] {
  const open = [...Object.keys(body.before ?? {}), ...Object.keys(body.after ?? {})];
  return [...new Set([...open, ...(body.fields ?? [])])].sort();
}
