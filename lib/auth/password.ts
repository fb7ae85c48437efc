// Password hashes: argon2id by the OWASP parameters, never more than four at once.
import "server-only";
import { hash, verify } from "@node-rs/argon2";
import { bulkhead, BulkheadRejectedError } from "cockatiel";
import { AppError } from "@/lib/core/errors";

// 46 MiB, one pass, one lane: OWASP Password Storage Cheat Sheet. 2 is argon2id; the enum is const and not importable.
const PARAMETERS = { algorithm: 2, memoryCost: 47_104, timeCost: 1, parallelism: 1 };

/** Longer ones would only cost time: NIST SP 800-63B asks for at least 64. */
const PASSWORD_MAX_BYTES = 512;

const RUNNING = 4;
const WAITING = 16;
const slots = bulkhead(RUNNING, WAITING);

// Made when first needed, so that an unknown account costs the same as a known one.
let stranger: Promise<string> | undefined;

/** Throws AppError `busy` when too many sign-ins wait already. */
export async function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(normal(password), PARAMETERS));
}

/** Without a stored hash a dummy one is checked for the same time, and the answer is false. Throws AppError `busy`. */
export async function verifyPassword(stored: string | null, password: string | undefined): Promise<boolean> {
  stranger ??= hash("no password has this hash", PARAMETERS);
  const against = stored ?? (await stranger);
  const usable = password !== undefined && Buffer.byteLength(password) <= PASSWORD_MAX_BYTES;
  const matches = await inTurn(() => verify(against, usable ? normal(password) : ""));
  return matches && usable && stored !== null;
}

/** The same letters in other bytes (a Mac composes them differently) are the same password. */
function normal(password: string): string {
  return password.normalize("NFKC");
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await slots.execute(work);
  } catch (error) {
    if (error instanceof BulkheadRejectedError) {
      throw new AppError("busy", "Too many people are signing in. Try again in a moment.", {}, { cause: error });
    }
    throw error;
  }
}
