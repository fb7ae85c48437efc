// The keys of the people a transaction concerns: asked once, and kept for a minute only after a commit.
import "server-only";
import { subjectKey } from "./doors";
import type { Transaction } from "@/lib/databases/postgres/transaction";
import type { Keys } from "./keys";
import { newSubjectKey, unwrapSubjectKey } from "./seal";

const KEPT_MS = 60_000;
const MOST_KEPT = 5000;

type Kept = Map<string, { key: Buffer; until: number }>;

const keptBy = new WeakMap<Keys, Kept>();

export class SubjectKeys {
  readonly #transaction: Transaction;
  readonly #keys: Keys;
  readonly #asked = new Map<string, Promise<Buffer | null>>();

  constructor(transaction: Transaction, keys: Keys) {
    this.#transaction = transaction;
    this.#keys = keys;
  }

  /** Null for someone who was erased. */
  get(subject: string): Promise<Buffer | null> {
    const known = keptBy.get(this.#keys)?.get(subject);
    if (known && known.until > Date.now()) return Promise.resolve(known.key);
    const asked = this.#asked.get(subject) ?? this.#ask(subject);
    this.#asked.set(subject, asked);
    return asked;
  }

  /** After the commit: a key made by a transaction that was rolled back would seal what nobody can open. */
  async keep(): Promise<void> {
    const kept: Kept = keptBy.get(this.#keys) ?? new Map();
    keptBy.set(this.#keys, kept);
    if (kept.size > MOST_KEPT) kept.clear();
    for (const [subject, asked] of this.#asked) {
      const key = await asked;
      if (key) kept.set(subject, { key, until: Date.now() + KEPT_MS });
    }
  }

  async #ask(subject: string): Promise<Buffer | null> {
    const fresh = newSubjectKey(this.#keys, subject);
    const wrapped = await subjectKey(this.#transaction, subject, fresh.wrapped, this.#keys.id);
    return wrapped && unwrapSubjectKey(this.#keys, wrapped, subject);
  }
}
