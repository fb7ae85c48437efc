import "server-only";
import { appendSecurityEvent } from "@/lib/core/audit";
import { endSession } from "@/lib/core/doors";
import type { Stores } from "@/lib/core/stores";
import { toAppError } from "@/lib/core/translate";
import type { SessionSnapshot } from "./sessions";

/** Ends a person's own session and writes it to the audit. Throws AppError when that cannot be done. */
export async function signOut(
  session: SessionSnapshot,
  request: { requestId: string; ip_prefix: string | undefined },
  stores: Stores,
): Promise<void> {
  try {
    const transaction = await stores.postgres.system.begin("sign-out");
    try {
      await endSession(transaction, session.id_hash, "signed out");
      await appendSecurityEvent(transaction, stores.keys, {
        action: "session.sign-out",
        outcome: "signed-out",
        actor: session.user_id,
        subject: session.user_id,
        target_type: "user",
        target_id: session.user_id,
        ip_prefix: request.ip_prefix,
        request_id: request.requestId,
      });
      await transaction.commit();
    } finally {
      await transaction.rollback();
      transaction.finish();
    }
  } catch (error) {
    throw toAppError(error);
  }
  await stores.cache.dropSessions([session.id_hash]);
}
