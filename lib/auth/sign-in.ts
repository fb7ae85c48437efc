// A try to sign in, from the form to the audit log. Whatever the reason of a refusal, the answer is the same.
import "server-only";
import { appendSecurityEvent } from "@/lib/core/audit";
import type { Stores } from "@/lib/core/stores";
import { toAppError } from "@/lib/core/translate";
import type { Transaction } from "@/lib/databases/postgres/transaction";
import { type Account, judge, type Verdict } from "./lockout";
import { verifyPassword } from "./password";
import { createSession } from "./sessions";
import { limitTries } from "./tries";

export type SignInTry = {
  email: string | undefined;
  password: string | undefined;
  requestId: string;
  ip_prefix: string | undefined;
  /** Such as "Chrome 141 on macOS". */
  ua_label: string | null;
};

export type SignedIn = { sid: string; user_id: string };

/** Matches no account, so that an unknown address costs the same statements as a known one. */
const NOBODY = "00000000-0000-0000-0000-000000000000";

/**
 * The new session, or null for every kind of refusal. Throws AppError `rate_limited`, `busy` or `unavailable`; a try
 * that cannot be written to the audit log is such a failure, whatever the password.
 */
export async function signIn(attempt: SignInTry, stores: Stores): Promise<SignedIn | null> {
  try {
    await limitTries(attempt, stores);
    const known = await identify(attempt.email, stores);
    const matches = await verifyPassword(known?.password_hash ?? null, attempt.password);
    const settled = await settle(attempt, known?.id ?? NOBODY, matches, stores);
    await stores.cache.dropSessions(settled.ended);
    return settled.signedIn;
  } catch (error) {
    throw toAppError(error);
  }
}

type Known = { id: string; password_hash: string | null };

async function identify(email: string | undefined, stores: Stores): Promise<Known | undefined> {
  const address = (email ?? "").trim().normalize("NFC").toLowerCase();
  const usable = address.length <= 254 && address.isWellFormed() && !address.includes("\0");
  const rows = await stores.postgres.systemReader.query<Known>(
    `SELECT i.id, c.password_hash
     FROM app.login_identity($1) i
     LEFT JOIN system.credentials c ON c.user_id = i.id`,
    [usable ? address : ""],
  );
  return rows[0];
}

type Settled = { signedIn: SignedIn | null; ended: string[] };

/** Judges, counts, opens the session and writes the event in one transaction: none of it happens without the rest. */
async function settle(attempt: SignInTry, userId: string, matches: boolean, stores: Stores): Promise<Settled> {
  const transaction = await stores.postgres.system.begin("sign-in");
  try {
    const account = await lockAccount(transaction, userId);
    const verdict = account && judge(account, matches, account.now);
    const isIn = account !== null && verdict?.outcome === "signed-in";
    const subject = userId === NOBODY ? undefined : userId;
    const outcome = verdict?.outcome ?? (subject ? "no-password" : "unknown-account");
    // One flight, whatever the verdict: the time of the answer does not tell how many statements there were.
    const [opened] = await Promise.all([
      isIn ? createSession(transaction, { ...attempt, user_id: userId, epoch: account.epoch }) : null,
      verdict ? count(transaction, userId, verdict) : null,
      appendSecurityEvent(transaction, stores.keys, {
        action: "session.sign-in",
        outcome,
        actor: isIn ? userId : undefined,
        subject,
        target_type: subject && "user",
        target_id: subject,
        ip_prefix: attempt.ip_prefix,
        request_id: attempt.requestId,
      }),
    ]);
    await transaction.commit();
    return { signedIn: opened && { sid: opened.sid, user_id: userId }, ended: opened?.ended ?? [] };
  } finally {
    await transaction.rollback();
    transaction.finish();
  }
}

type LockedAccount = Account & { epoch: number; now: Date };
type AccountRow = Omit<LockedAccount, "locked_until" | "now"> & { locked_until: string | null; now: string };

/** Tries on one account queue here, so that parallel guesses are counted one by one. */
async function lockAccount(transaction: Transaction, userId: string): Promise<LockedAccount | null> {
  const [row] = await transaction.query<AccountRow>(
    `SELECT c.failed_count, c.locked_until, now() AS now, i.status, i.epoch, cardinality(i.permissions) > 0 AS staff
     FROM system.credentials c, app.identity(c.user_id) i
     WHERE c.user_id = $1 AND c.password_hash IS NOT NULL
     FOR UPDATE OF c`,
    [userId],
  );
  return row === undefined
    ? null
    : { ...row, locked_until: row.locked_until === null ? null : new Date(row.locked_until), now: new Date(row.now) };
}

async function count(transaction: Transaction, userId: string, verdict: Verdict): Promise<void> {
  await transaction.query(
    "UPDATE system.credentials SET failed_count = $2, locked_until = $3::timestamptz WHERE user_id = $1",
    [userId, verdict.failed_count, verdict.locked_until?.toISOString() ?? null],
  );
}
