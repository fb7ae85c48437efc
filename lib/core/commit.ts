// Whether a COMMIT took effect whose answer was lost.
import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "@/lib/databases/postgres/pool";
import { AppError } from "./errors";
import { NotCommitted } from "./job";

const ASK_FOR_MS = 3000;
const ASK_EVERY_MS = 50;

/** Returns when it is committed. Throws NotCommitted when it is not, AppError `outcome_unknown` when nobody says. */
export async function resolveCommit(pool: Pool, xid: string | null, cause: unknown): Promise<void> {
  const until = Date.now() + ASK_FOR_MS;
  while (xid !== null && Date.now() < until) {
    const state = await statusOf(pool, xid);
    if (state === "committed") return;
    if (state === "aborted") throw new NotCommitted("The server rolled the transaction back.", { cause });
    await sleep(ASK_EVERY_MS);
  }
  throw new AppError(
    "outcome_unknown",
    "We could not confirm whether this was done. Look at the record before you repeat it.",
    { retry_after_seconds: 5 },
    { cause },
  );
}

/** Null while the server cannot be asked. */
async function statusOf(pool: Pool, xid: string): Promise<string | null> {
  try {
    const [row] = await pool.query<{ status: string | null }>("select pg_xact_status($1::text::xid8) as status", [xid]);
    return row?.status ?? null;
  } catch {
    return null;
  }
}
