import "server-only";
import type { Pool } from "@/lib/databases/postgres/pool";

/** Requests nobody decided within their time: what they would have run is forgotten. */
export async function expireApprovals(system: Pool): Promise<void> {
  await system.query(
    `update system.approvals
     set status = 'expired', decided_at = now(), input = null, preview = preview - 'diffs', version = version + 1
     where status = 'waiting' and expires_at <= now()`,
  );
}
