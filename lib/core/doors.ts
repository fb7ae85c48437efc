// The database functions a command calls beside its own statements, one TypeScript function each.
import "server-only";
import type { Transaction } from "@/lib/databases/postgres/transaction";
import { paramsHash } from "./approval";
import type { ApprovalUse, Job } from "./job";
import type { Change, Context, Fields } from "./operation";

/** What `pg` reads as bytea; the driver would send an array of buffers as one. */
export function hexBytes(bytes: Uint8Array): string {
  return `\\x${Buffer.from(bytes).toString("hex")}`;
}

export function hexByteArray(items: readonly (Uint8Array | null)[]): string {
  return `{${items.map((item) => (item === null ? "NULL" : `"\\\\x${Buffer.from(item).toString("hex")}"`)).join(",")}}`;
}

/** Throws 28000 unless the actor still is who the snapshot says; answers the transaction id. */
export async function guardActor(transaction: Transaction, { actor, requestId }: Context): Promise<string> {
  const [row] = await transaction.query<{ xid: string }>(
    `select system.guard_actor($1::text::bytea, $2::uuid, $3::integer) as xid,
       set_config('application_name', $4, true)`,
    [actor.session && hexBytes(actor.session), actor.id, actor.epoch, `q:${requestId}`.slice(0, 63)],
  );
  return required(row).xid;
}

export type StoredAnswer = { fresh: boolean; same: boolean; status: number | null; response: unknown };
export type KeyUse = { actor: string; action: string; key: string; hash: Buffer };

/** The same question to a pool or to a transaction. */
type Asks = Pick<Transaction, "query">;

export async function beginIdempotent(on: Asks, { actor, action, key, hash }: KeyUse): Promise<StoredAnswer> {
  const [row] = await on.query<StoredAnswer>(
    "select * from system.idem_begin($1::text, $2::text, $3::text, $4::text::bytea)",
    [actor, action, key, hexBytes(hash)],
  );
  return required(row);
}

/** The same without using the key, for who comes after: null while nobody has used it. */
export async function readIdempotent(on: Asks, { actor, action, key, hash }: KeyUse): Promise<StoredAnswer | null> {
  const [row] = await on.query<StoredAnswer>(
    `select false as fresh, body_hash = $4::text::bytea as same, status, response from system.idempotency_keys
     where actor = $1::text and route = $2::text and key = $3::text`,
    [actor, action, key, hexBytes(hash)],
  );
  return row ?? null;
}

/** Keeps the answer of a request for those who send it again. */
export async function finishIdempotent(on: Asks, { actor, action, key }: KeyUse, answer: string): Promise<void> {
  await on.query("select system.idem_finish($1::text, $2::text, $3::text, 200::smallint, $4::text::jsonb)", [
    actor,
    action,
    key,
    answer,
  ]);
}

/** Takes an undo record once; answers the event it undoes, or null when it was taken before or is too old. */
export async function takeUndo(transaction: Transaction, record: string, actor: string): Promise<string | null> {
  const [row] = await transaction.query<{ audit_id: string }>(
    "select audit_id from system.take_undo($1::uuid, $2::uuid)",
    [record, actor],
  );
  return row?.audit_id ?? null;
}

/**
 * Uses a waiting request up, once, for all that this transaction books; answers who asked for it. Null when it was
 * decided or has expired, asks for something else or is one's own, and when whoever asked may not do it any more.
 */
export async function takeApproval(
  transaction: Transaction,
  { command, input, ctx }: Pick<Job, "command" | "input" | "ctx">,
  { id }: ApprovalUse,
): Promise<string | null> {
  const [row] = await transaction.query<{ requested_by: string | null }>(
    `select system.use_approval($1::uuid, $2::text, $3::text::bytea, $4::uuid) as requested_by,
       set_config('quadrant.approval', $1::text, true)`,
    [id, command.action, hexBytes(paramsHash(command.action, input)), ctx.actor.id],
  );
  return row?.requested_by ?? null;
}

/** The wrapped key of a person, made of `fresh` at first use; null for someone who was erased. */
export async function subjectKey(on: Asks, subject: string, fresh: Buffer, keyId: number): Promise<Buffer | null> {
  const [row] = await on.query<{ wrapped: Buffer }>(
    "select wrapped from system.subject_key($1::uuid, $2::text::bytea, $3::smallint)",
    [subject, hexBytes(fresh), keyId],
  );
  return row?.wrapped ?? null;
}

export async function endSessions(transaction: Transaction, user: string, reason: string): Promise<string[]> {
  const rows = await transaction.query<{ hash: string }>(
    "select encode(hash, 'hex') as hash from system.end_sessions($1::uuid, $2::text) as hash",
    [user, reason],
  );
  return rows.map(({ hash }) => hash);
}

export async function endSession(transaction: Transaction, idHash: string, reason: string): Promise<string[]> {
  const rows = await transaction.query<{ hash: string }>(
    "select encode(hash, 'hex') as hash from system.end_session($1::text::bytea, $2::text) as hash",
    [`\\x${idHash}`, reason],
  );
  return rows.map(({ hash }) => hash);
}

/** Tells the relay that these records changed. */
export async function markDirty(
  transaction: Transaction,
  noun: string,
  changes: readonly Change<string, Fields>[],
  requestId: string,
): Promise<void> {
  await transaction.query("select system.mark_dirty($1::text, $2::text[], $3::bigint[], 'upsert', $4::text)", [
    noun,
    changes.map(({ id }) => id),
    changes.map(({ version }) => version),
    requestId,
  ]);
}

function required<T>(row: T | undefined): T {
  if (row === undefined) throw new Error("A door answered no row.");
  return row;
}
