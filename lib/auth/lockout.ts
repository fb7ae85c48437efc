// What a try to sign in leads to: pure, so that the whole machine can be walked with a clock of its own.
import "server-only";

/** Wrong passwords in a row until the first lock, and between one lock and the next. */
const TRIES_PER_LOCK = 5;

/** NIST SP 800-63B §3.2.2: at most 100 in a row, however slowly they come. */
export const HARD_STOP = 100;

const FIRST_LOCK_MS = 15 * 60_000;
const LONGEST_LOCK_MS = 24 * 60 * 60_000;

export type Account = {
  status: string;
  /** False for the people of the platform who hold no permission in this console. */
  staff: boolean;
  failed_count: number;
  locked_until: Date | null;
};

/** As the audit names it. */
export type Outcome = "signed-in" | "wrong-password" | "locked" | "stopped" | "not-active" | "not-staff";

export type Verdict = { outcome: Outcome; failed_count: number; locked_until: Date | null };

/** A locked account answers "locked" to the right password too, and a try during the lock does not prolong it. */
export function judge(account: Account, passwordMatches: boolean, now: Date): Verdict {
  const { failed_count, locked_until } = account;
  const unchanged = (outcome: Outcome): Verdict => ({ outcome, failed_count, locked_until });
  if (failed_count >= HARD_STOP) {
    return unchanged("stopped");
  }
  if (locked_until !== null && locked_until > now) {
    return unchanged("locked");
  }
  if (!passwordMatches) {
    const failed = failed_count + 1;
    return { outcome: "wrong-password", failed_count: failed, locked_until: lockAfter(failed, now) };
  }
  if (account.status !== "active") {
    return unchanged("not-active");
  }
  return account.staff ? { outcome: "signed-in", failed_count: 0, locked_until: null } : unchanged("not-staff");
}

/** 15 minutes after the fifth failure, twice as long after each further five, at most a day. */
function lockAfter(failures: number, now: Date): Date | null {
  if (failures % TRIES_PER_LOCK !== 0) {
    return null;
  }
  const locksBefore = failures / TRIES_PER_LOCK - 1;
  return new Date(now.getTime() + Math.min(FIRST_LOCK_MS * 2 ** locksBefore, LONGEST_LOCK_MS));
}
