import "server-only";
import { noteOf, signNote, storedHeads } from "@/lib/core/audit-checkpoint";
import { auditSource } from "@/lib/core/audit-source";
import { type Verification, sayBroken, verifyAudit } from "@/lib/core/audit-verify";
import { hexBytes } from "@/lib/core/doors";
import type { Stores } from "@/lib/core/stores";

const CHECKPOINT_AFTER_MS = 60_000;
const CHECKPOINT_AFTER_EVENTS = 1_000;
const FULL_CHECK_EVERY_MS = 3_600_000;

export type CheckpointKeys = { privateKey: string; publicKey: string };

type Last = { n: number; age_ms: number };

/**
 * Checks what is new since the newest signed checkpoint and signs the heads it arrived at; once an hour, and again as
 * long as something is broken, everything from the first event. Nothing is signed that was not checked.
 */
export async function checkAudit(stores: Stores, { privateKey, publicKey }: CheckpointKeys, signal: AbortSignal) {
  const [events, checkpoint, full, broken] = await lastChecks(stores);
  const isFullDue = broken || full === null || full >= FULL_CHECK_EVERY_MS;
  const fresh = events - (checkpoint?.n ?? 0);
  const isNewDue =
    fresh >= CHECKPOINT_AFTER_EVENTS || (fresh > 0 && (checkpoint?.age_ms ?? Infinity) >= CHECKPOINT_AFTER_MS);
  const isBrokenNews = broken && full !== null && full < CHECKPOINT_AFTER_MS;
  if ((!isFullDue && !isNewDue) || isBrokenNews) return;
  const source = auditSource((work) => stores.postgres.auditor.read(work, "audit-check"));
  const mode = isFullDue ? "full" : "incremental";
  const from = isFullDue ? "start" : "checkpoint";
  const found = await verifyAudit(source, stores.keys, publicKey, { from, signal });
  if (found.ok && !found.complete) return;
  await note(stores, mode, found);
  if (found.broken) {
    stores.log.error({ what: sayBroken(found.broken) }, "The audit does not hold.");
    return;
  }
  if (found.upto_n > (checkpoint?.n ?? 0)) await addCheckpoint(stores, found, privateKey);
}

async function addCheckpoint({ postgres, keys }: Stores, { heads, upto_n: n }: Verification, privateKey: string) {
  const text = noteOf(heads);
  await postgres.system.query(
    "select system.add_checkpoint($1::bigint, $2::text::jsonb, $3::text, $4::smallint, $5::text::bytea)",
    [n, JSON.stringify(storedHeads(heads)), text, keys.id, hexBytes(signNote(text, privateKey))],
  );
}

async function note({ postgres }: Stores, mode: "full" | "incremental", found: Verification): Promise<void> {
  const { broken, events } = found;
  const detail = broken ? { events, ...broken, message: sayBroken(broken) } : { events };
  await postgres.system.query(
    `insert into system.audit_verifications (mode, upto_n, ok, detail, duration_ms)
     values ($1, $2::bigint, $3::boolean, $4::text::jsonb, $5::integer)`,
    [mode, found.upto_n, found.ok, JSON.stringify(detail), found.duration_ms],
  );
}

/** Events in all, the newest checkpoint, the age of the last full check in milliseconds, and whether that was broken. */
async function lastChecks({ postgres }: Stores): Promise<[number, Last | null, number | null, boolean]> {
  const [row] = await postgres.system.query<{
    events: string;
    n: string | null;
    checkpoint_ms: number | null;
    full_ms: number | null;
    ok: boolean | null;
  }>(
    `select (select sum(seq) from system.audit_heads)::bigint as events, c.n,
       (extract(epoch from now() - c.at) * 1000)::float8 as checkpoint_ms,
       (select extract(epoch from now() - max(at)) * 1000 from system.audit_verifications where mode = 'full')::float8
         as full_ms,
       (select ok from system.audit_verifications order by id desc limit 1) as ok
     from (select 1) as one
     left join lateral (select n, at from system.audit_checkpoints order by n desc limit 1) c on true`,
  );
  if (!row) throw new Error("The audit has no heads.");
  const last = row.n === null ? null : { n: Number(row.n), age_ms: row.checkpoint_ms ?? 0 };
  return [Number(row.events), last, row.full_ms, row.ok === false];
}
