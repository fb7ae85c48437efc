import "server-only";
import { desc, sql } from "drizzle-orm";
import { audit_checkpoints, audit_heads, audit_verifications } from "@/drizzle/schema/audit";
import { toIso } from "@/lib/core/paging";
import type { ReadDb } from "@/lib/databases/postgres/pool";
import type { AuditStatus } from "./schema";

/** A check older than this no longer says anything about today. */
const STALE_AFTER_MS = 2 * 3_600_000;

/** What the last check of the chains found, and how much came after it. */
export async function statusOf(db: ReadDb, now: Date): Promise<AuditStatus> {
  const [heads, checkpoints, checks] = await Promise.all([
    db.select({ n: sql<number>`sum(${audit_heads.seq})::int` }).from(audit_heads),
    db
      .select({ n: audit_checkpoints.n, at: audit_checkpoints.at })
      .from(audit_checkpoints)
      .orderBy(desc(audit_checkpoints.n))
      .limit(1),
    db.select().from(audit_verifications).orderBy(desc(audit_verifications.id)).limit(1),
  ]);
  const events = heads[0]?.n ?? 0;
  const [checkpoint] = checkpoints;
  const [check] = checks;
  const fresh = check !== undefined && now.getTime() - Date.parse(check.at) < STALE_AFTER_MS;
  return {
    state: check && !check.ok ? "broken" : fresh ? "verified" : "unverified",
    events,
    verified: check?.ok ? { n: check.upto_n, at: toIso(check.at), mode: check.mode } : null,
    checkpoint: checkpoint ? { n: checkpoint.n, at: toIso(checkpoint.at) } : null,
    newer: Math.max(0, events - (check?.upto_n ?? 0)),
    problem: check && !check.ok ? String(check.detail["message"] ?? "The chains do not hold.") : null,
  };
}
